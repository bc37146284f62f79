package registry

import (
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/attestree/attestree/model"
)

// files is what a layout is kept in: a folder or an archive. Names are slash-separated. Its methods may be called from
// many goroutines.
type files interface {
	// open gives the bytes of a regular file and its size. The caller closes it.
	open(name string) (io.ReadCloser, int64, error)
	// blobs lists the digests of the files under blobs/, at most limit of them.
	blobs(limit int) ([]model.Digest, error)
}

// blobPath is where a layout keeps what has that digest (image-spec, image-layout.md).
func blobPath(d model.Digest) string { return "blobs/" + d.Algorithm() + "/" + d.Hex() }

// folder is a layout in a file system.
type folder struct{ fsys fs.FS }

// open refuses everything that is not a regular file before it is opened: opening a pipe would wait for ever.
func (f folder) open(name string) (io.ReadCloser, int64, error) {
	info, err := fs.Stat(f.fsys, name)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, failed(KindBroken, "%s is not a regular file", path.Base(name))
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// blobs is files.blobs.
func (f folder) blobs(limit int) ([]model.Digest, error) {
	var digests []model.Digest
	for _, algorithm := range []string{"sha256", "sha512"} {
		entries, err := fs.ReadDir(f.fsys, "blobs/"+algorithm)
		if errors.Is(err, fs.ErrNotExist) {
			continue // there need not be such a folder
		}
		if err != nil {
			return digests, failed(pathFailure(err).kind, "its folder of %s blobs could not be listed: %s", algorithm, damage(err))
		}
		for _, entry := range entries {
			if d := model.Digest(algorithm + ":" + entry.Name()); d.Valid() {
				digests = append(digests, d)
			}
			if len(digests) > limit {
				return digests[:limit], failed(KindTooLarge, "it has more than %d blobs", limit)
			}
		}
	}
	return digests, nil
}

// readFile reads a whole small file.
func readFile(f files, name string, limit int64) ([]byte, error) {
	file, _, err := f.open(name)
	if err != nil {
		return nil, pathFailure(err)
	}
	defer func() { _ = file.Close() }()
	raw, err := readAtMost(file, limit)
	if err != nil {
		return nil, pathFailure(err)
	}
	return raw, nil
}
