package run

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
)

// artifactKept is how much of an artifact is kept in memory, in bytes. Only a pure Ed25519 signature needs more than
// the digests, and nobody signs a larger file with one in a single piece.
const artifactKept = 64 << 20

// Subject is what --artifact or --digest say that a file source should be about.
func (f *Flags) Subject() (session.Artifact, error) {
	if f.Digest != "" {
		return session.Artifact{Digest: model.Digest(f.Digest)}, nil
	}
	if f.Artifact == "" {
		return session.Artifact{}, nil
	}
	return readArtifact(f.Artifact, pipeBounds)
}

// bounds are how much is read of what does not say how much there is, and for how long.
type bounds struct {
	bytes int64
	time  time.Duration
}

// pipeBounds are those of a pipe, such as a shell's process substitution.
var pipeBounds = bounds{bytes: 64 << 30, time: 30 * time.Minute}

// readArtifact reads a file, or what comes through a pipe, once. A device has no end, and is refused.
func readArtifact(path string, pipe bounds) (session.Artifact, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return session.Artifact{}, exit.Usage(fmt.Errorf("--artifact: %w", err))
	case info.Mode().IsRegular():
		return hashFile(path, info.Size())
	case info.Mode()&fs.ModeNamedPipe != 0:
		return hashPipe(path, pipe)
	}
	return session.Artifact{}, exit.Usage(fmt.Errorf("--artifact: %s is neither a file nor a pipe: save what it gives to a file first", path))
}

func hashFile(path string, size int64) (session.Artifact, error) {
	file, err := os.Open(path)
	if err != nil {
		return session.Artifact{}, exit.Usage(fmt.Errorf("--artifact: %w", err))
	}
	defer func() { _ = file.Close() }() // only read from
	a, n, err := hashed(io.LimitReader(file, size+1))
	if err == nil && n != size {
		err = errors.New("it is not as large as the system says: it changes while it is read")
	}
	if err != nil {
		return session.Artifact{}, fmt.Errorf("read --artifact: %w", err)
	}
	return a, nil
}

// hashPipe leaves behind a reader for whom nothing comes: opening a pipe already waits until somebody writes to it.
func hashPipe(path string, most bounds) (session.Artifact, error) {
	type answer struct {
		artifact session.Artifact
		err      error
	}
	answers := make(chan answer, 1)
	go func() {
		file, err := os.Open(path)
		if err != nil {
			answers <- answer{err: err}
			return
		}
		defer func() { _ = file.Close() }() // only read from
		a, n, err := hashed(io.LimitReader(file, most.bytes+1))
		if err == nil && n > most.bytes {
			err = fmt.Errorf("more than %d bytes came through the pipe: save them to a file first", most.bytes)
		}
		answers <- answer{a, err}
	}()
	late := time.NewTimer(most.time)
	defer late.Stop()
	select {
	case got := <-answers:
		if got.err != nil {
			return session.Artifact{}, fmt.Errorf("read --artifact: %w", got.err)
		}
		return got.artifact, nil
	case <-late.C:
		return session.Artifact{}, fmt.Errorf("read --artifact: the pipe did not end within %s", most.time)
	}
}

// hashed reads to the end, and says how many bytes there were.
func hashed(r io.Reader) (session.Artifact, int64, error) {
	short, long := sha256.New(), sha512.New()
	head := &bytes.Buffer{}
	n, err := io.Copy(io.MultiWriter(short, long, &capped{head, artifactKept}), r)
	a := session.Artifact{
		Digest: model.Digest("sha256:" + hex.EncodeToString(short.Sum(nil))),
		Also:   []model.Digest{model.Digest("sha512:" + hex.EncodeToString(long.Sum(nil)))},
	}
	if n <= artifactKept {
		a.Bytes = head.Bytes()
	}
	return a, n, err
}

// aboutFiles refuses --artifact and --digest for a source that turns out to be an image. Ignoring them would let a
// person believe that they were compared with it.
func (f *Flags) aboutFiles(discover session.Discover) session.Discover {
	if f.Artifact == "" && f.Digest == "" {
		return discover
	}
	return func(ctx context.Context, emit func(model.Event)) error {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		var misused error
		err := discover(ctx, func(e model.Event) {
			if n, is := e.(model.NodeFound); is && misused == nil && !slices.Contains(n.Node.Found, model.FoundFile) {
				misused = exit.Usage(errors.New("--artifact and --digest are for a bundle, envelope or statement given as a file; for an image write IMAGE@sha256:…"))
				cancel()
			}
			if misused == nil {
				emit(e)
			}
		})
		if misused != nil {
			return misused
		}
		return err
	}
}

// capped writes to w what fits into left bytes and drops the rest.
type capped struct {
	w    io.Writer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	keep := min(len(p), c.left)
	c.left -= keep
	if _, err := c.w.Write(p[:keep]); err != nil {
		return 0, err
	}
	return len(p), nil
}
