package registry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/attestree/attestree/model"
)

// Bounds of a scan.
const (
	scanBlobs = 100_000
	scanBytes = 1 << 30
)

// scan reads every blob of a layout that can be a manifest, and groups those that name a subject by it. Tools that copy
// images into layouts often do not list what is attached (cosign save leaves out bundles).
func scan(ctx context.Context, f files, limits Limits) (map[model.Digest][]model.Descriptor, *failure) {
	of := map[model.Digest][]model.Descriptor{}
	digests, err := f.blobs(scanBlobs)
	bad := asFailure(err)
	total := 0
	for _, digest := range digests {
		if ctx.Err() != nil {
			return of, asFailure(ctx.Err())
		}
		if total > scanBytes {
			return of, failed(KindTooLarge, "it has more than %s of small blobs: not all were looked at", bytesText(scanBytes))
		}
		raw, read, err := candidate(f, digest, limits.Manifest)
		total += read
		if err != nil {
			trouble := pathFailure(err)
			if trouble.kind == KindTooLarge {
				return of, trouble
			}
			if bad == nil {
				bad = failed(KindBroken, "%s could not be looked at: %s", digest.Short(), trouble.Error())
			}
		}
		if raw == nil || !digest.Matches(raw) {
			continue
		}
		if m, err := model.ParseManifest(raw); err == nil && m.Subject != nil {
			entry := model.Descriptor{MediaType: m.MediaType, Digest: digest, Size: int64(len(raw))}
			of[m.Subject.Digest] = append(of[m.Subject.Digest], entry)
		}
	}
	return of, bad
}

// candidate reads a blob if it can be a manifest that names a subject; raw is nil if it cannot. read is how many bytes it
// took to know.
func candidate(f files, digest model.Digest, limit int64) (raw []byte, read int, err error) {
	file, size, err := f.open(blobPath(digest))
	if err != nil {
		return nil, 0, err
	}
	defer func() { _ = file.Close() }()
	if size > limit {
		return nil, 0, nil
	}
	start := make([]byte, 64)
	n, err := io.ReadFull(file, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, n, err
	}
	start = start[:n]
	if !bytes.HasPrefix(bytes.TrimLeft(start, " \t\r\n"), []byte("{")) {
		return nil, n, nil
	}
	rest, err := readAtMost(file, limit)
	if err != nil {
		return nil, n, err
	}
	raw = slices.Concat(start, rest)
	if !bytes.Contains(raw, []byte(`"subject"`)) {
		return nil, len(raw), nil
	}
	return raw, len(raw), nil
}
