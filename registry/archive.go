package registry

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/attestree/attestree/model"
)

// maxMembers bounds the number of files in an archive.
const maxMembers = 200_000

// archive is a tar, plain or compressed with gzip, read in place: nothing is extracted. Of a plain one only the
// positions of its members are kept; of a compressed one the small members too, since going back to one means
// decompressing from the start.
type archive struct {
	members map[string]member
	source  io.ReaderAt
	size    int64 // bytes of the archive as it is stored
	gzip    bool
	limit   int64 // bytes once decompressed
	stop    func() error
	again   atomic.Int64 // bytes decompressed once more to come back to a member
}

type member struct {
	offset, size int64 // bytes, once decompressed
	kept         []byte
}

// openArchive walks through the whole archive once.
func openArchive(ctx context.Context, source io.ReaderAt, size int64, compressed bool, limits Limits) (*archive, error) {
	a := &archive{
		members: map[string]member{}, source: source, size: size, gzip: compressed, limit: limits.Archive, stop: ctx.Err,
	}
	stream, position, err := a.stream()
	if err != nil {
		return nil, err
	}
	reader := tar.NewReader(stream)
	room, unpacked := limits.Memory/2, newUnpacking()
	for count := 0; ; count++ {
		header, err := reader.Next()
		switch {
		case errors.Is(err, io.EOF):
			return a, unpacked.replaced(a.members)
		case err != nil:
			return nil, brokenArchive(err)
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case count >= maxMembers:
			return nil, failed(KindTooLarge, "the archive has more than %d members", maxMembers)
		}
		if err := unpacked.member(header); err != nil {
			return nil, err
		}
		name, ok := memberName(header)
		if !ok {
			continue
		}
		m := member{offset: position(), size: header.Size}
		if compressed && m.size <= min(limits.Manifest, room) {
			if m.kept, err = readAtMost(reader, m.size); err != nil {
				return nil, brokenArchive(err)
			}
			room -= m.size
		}
		a.members[name] = m
	}
}

// memberName is the name of a member if it is a plain file inside the archive's own folder. Links are not followed, and
// sparse files, whose bytes do not stand in the archive as they are, are left out.
func memberName(h *tar.Header) (string, bool) {
	if h.Typeflag != tar.TypeReg {
		return "", false
	}
	for record := range h.PAXRecords {
		if strings.HasPrefix(record, "GNU.sparse.") {
			return "", false
		}
	}
	name := path.Clean(h.Name)
	return name, fs.ValidPath(name)
}

func brokenArchive(err error) error {
	var f *failure
	if errors.As(err, &f) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return failed(KindBroken, "the archive cannot be read: %s", damage(err))
}

// stream reads the archive from its start; position is how many bytes of it have been read, once decompressed.
func (a *archive) stream() (stream io.Reader, position func() int64, err error) {
	section := io.NewSectionReader(a.source, 0, a.size)
	if !a.gzip {
		return section, func() int64 {
			at, _ := section.Seek(0, io.SeekCurrent) // a section's position is always known
			return at
		}, nil
	}
	unzipped, err := gzip.NewReader(section)
	if err != nil {
		return nil, nil, brokenArchive(err)
	}
	m := &meter{inner: unzipped, limit: a.limit, stop: a.stop}
	return m, func() int64 { return m.read }, nil
}

// meter counts what is read, and stops at a limit or when nobody wants it any more.
type meter struct {
	inner       io.Reader
	read, limit int64
	stop        func() error
}

// Read is io.Reader.
func (m *meter) Read(p []byte) (int, error) {
	if err := m.stop(); err != nil {
		return 0, err
	}
	n, err := m.inner.Read(p)
	m.read += int64(n)
	if m.read > m.limit {
		return 0, failed(KindTooLarge, "the archive is more than %s once decompressed", bytesText(m.limit))
	}
	return n, err
}

// open is files.open.
func (a *archive) open(name string) (io.ReadCloser, int64, error) {
	m, found := a.members[name]
	switch {
	case !found:
		return nil, 0, fs.ErrNotExist
	case m.kept != nil:
		return io.NopCloser(bytes.NewReader(m.kept)), m.size, nil
	case !a.gzip:
		return io.NopCloser(io.NewSectionReader(a.source, m.offset, m.size)), m.size, nil
	}
	if a.again.Add(m.offset) > a.limit {
		return nil, 0, failed(KindTooLarge, "more than %s would have to be decompressed to read it again and again", bytesText(a.limit))
	}
	stream, _, err := a.stream()
	if err != nil {
		return nil, 0, err
	}
	if _, err := io.CopyN(io.Discard, stream, m.offset); err != nil {
		return nil, 0, brokenArchive(err)
	}
	return io.NopCloser(io.LimitReader(stream, m.size)), m.size, nil
}

// blobs is files.blobs.
func (a *archive) blobs(limit int) ([]model.Digest, error) {
	var digests []model.Digest
	for _, name := range slices.Sorted(maps.Keys(a.members)) {
		rest, found := strings.CutPrefix(name, "blobs/")
		if !found {
			continue
		}
		if d := model.Digest(strings.Replace(rest, "/", ":", 1)); d.Valid() {
			digests = append(digests, d)
		}
		if len(digests) > limit {
			return digests[:limit], failed(KindTooLarge, "it has more than %d blobs", limit)
		}
	}
	return digests, nil
}

func (a *archive) has(name string) bool {
	_, found := a.members[name]
	return found
}
