package registry

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"github.com/attestree/attestree/model"
)

// discoverFile finds out what a file is from its first bytes.
func discoverFile(ctx context.Context, at located, opts Options, emit func(model.Event)) error {
	info, err := os.Stat(at.path)
	if err != nil {
		return fileError("", err)
	}
	if info.IsDir() {
		return usage("", "a file", "for a folder leave out the prefix, or write oci:", "it is a folder")
	}
	if !info.Mode().IsRegular() {
		// A pipe, for instance of a shell's process substitution: read like standard input.
		return discoverStream(ctx, &pipe{path: at.path}, at, opts, emit)
	}
	f, err := os.Open(at.path)
	if err != nil {
		return fileError("", err)
	}
	defer func() { _ = f.Close() }()
	return discoverBytes(ctx, f, info.Size(), at, opts, emit)
}

// pipe is opened by the first read: opening one waits until somebody writes to it.
type pipe struct {
	path string
	file *os.File
}

// Read is io.Reader. The file is closed at its end.
func (p *pipe) Read(b []byte) (int, error) {
	if p.file == nil {
		file, err := os.Open(p.path)
		if err != nil {
			return 0, err
		}
		p.file = file
	}
	n, err := p.file.Read(b)
	if err != nil {
		_ = p.file.Close()
	}
	return n, err
}

func discoverStdin(ctx context.Context, at located, opts Options, emit func(model.Event)) error {
	if opts.Stdin == nil {
		return usage("", "", "", "there is no standard input")
	}
	return discoverStream(ctx, opts.Stdin, at, opts, emit)
}

// discoverStream keeps in memory what can be read only once.
func discoverStream(ctx context.Context, r io.Reader, at located, opts Options, emit func(model.Event)) error {
	type answer struct {
		raw []byte
		err error
	}
	// Reading may block for ever; whoever gives up leaves the reader behind.
	answers := make(chan answer, 1)
	go func() {
		raw, err := readAtMost(r, opts.Limits.Memory)
		answers <- answer{raw, err}
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case a := <-answers:
		var f *failure
		if errors.As(a.err, &f) {
			return &SourceError{Kind: f.kind, Hint: "save it to a file first", Err: f}
		}
		if a.err != nil {
			return a.err
		}
		return discoverBytes(ctx, bytes.NewReader(a.raw), int64(len(a.raw)), at, opts, emit)
	}
}

// shape is what the first bytes of a file say that it is.
type shape int

const (
	shapeDocument shape = iota
	shapeTar
	shapeGzip
	shapeZstd
)

// sniff tells by the marks of gzip (RFC 1952), zstd (RFC 8878) and tar (POSIX ustar, at byte 257).
func sniff(start []byte) shape {
	switch {
	case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
		return shapeGzip
	case bytes.HasPrefix(start, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return shapeZstd
	case len(start) >= 262 && string(start[257:262]) == "ustar":
		return shapeTar
	}
	return shapeDocument
}

func discoverBytes(ctx context.Context, source io.ReaderAt, size int64, at located, opts Options, emit func(model.Event)) error {
	start := make([]byte, 512)
	n, err := source.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	kind := sniff(start[:n])
	switch {
	case size == 0:
		return failed(KindBroken, "it is empty")
	case kind == shapeZstd:
		return &SourceError{Kind: KindUnsupported, Hint: "decompress it first", Err: failed(KindUnsupported, "it is compressed with zstd")}
	case at.only == "file" || (kind == shapeDocument && at.only != "archive"):
		if limit := min(opts.Limits.Memory, 2*opts.Limits.Blob); size > limit {
			return failed(KindTooLarge, "larger than %s, which is as much as is read", bytesText(limit))
		}
		raw, err := opts.Shelf.Read(io.NewSectionReader(source, 0, size), size)
		if err != nil {
			return err
		}
		return discoverDocuments(raw, at, opts, emit)
	}
	ctx, cancel := context.WithTimeout(ctx, opts.Limits.Overall)
	defer cancel()
	a, err := openArchive(ctx, source, size, kind == shapeGzip, opts.Limits)
	if err != nil && kind == shapeDocument {
		return noArchive(err)
	}
	if err != nil {
		return err
	}
	return discoverArchive(ctx, a, at, opts, emit)
}

// noArchive is for what was said to be an archive, does not begin like one and cannot be read as one. Tars from before
// POSIX have no mark, so it was tried.
func noArchive(err error) error {
	var f *failure
	if !errors.As(err, &f) || f.kind != KindBroken {
		return err
	}
	return &SourceError{Kind: f.kind, Hint: "for a bundle, envelope or statement leave out the prefix, or write file:", Err: f}
}

func discoverArchive(ctx context.Context, a *archive, at located, opts Options, emit func(model.Event)) error {
	switch {
	case a.has("index.json"):
		return discoverLayout(ctx, a, at.reference, opts, emit)
	case a.has("manifest.json"):
		return discoverDockerSave(a, at.reference, opts, emit)
	}
	return &SourceError{
		Kind: KindUnsupported, Tried: "an OCI layout and a docker save archive",
		Hint: "make one with docker save, skopeo copy … oci-archive:… or cosign save",
		Err:  failed(KindUnsupported, "the archive holds neither index.json nor manifest.json"),
	}
}
