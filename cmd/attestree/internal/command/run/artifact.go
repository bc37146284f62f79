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
	"os"
	"slices"

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
	file, err := os.Open(f.Artifact)
	if err != nil {
		return session.Artifact{}, exit.Usage(fmt.Errorf("--artifact: %w", err))
	}
	defer func() { _ = file.Close() }() // only read from
	short, long := sha256.New(), sha512.New()
	head := &bytes.Buffer{}
	n, err := io.Copy(io.MultiWriter(short, long, &capped{head, artifactKept}), file)
	if err != nil {
		return session.Artifact{}, fmt.Errorf("read --artifact: %w", err)
	}
	a := session.Artifact{
		Digest: model.Digest("sha256:" + hex.EncodeToString(short.Sum(nil))),
		Also:   []model.Digest{model.Digest("sha512:" + hex.EncodeToString(long.Sum(nil)))},
	}
	if n <= artifactKept {
		a.Bytes = head.Bytes()
	}
	return a, nil
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
