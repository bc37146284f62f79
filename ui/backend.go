package ui

import (
	"context"

	"github.com/attestree/attestree/model"
)

// Backend is what the screen needs from outside. Both channels are closed by the sender: when all is done, or when ctx
// ends. Batches are few enough to draw each of them (about thirty a second).
type Backend interface {
	// Open discovers and verifies the source.
	Open(ctx context.Context) <-chan []model.Event
	// Verify judges the named nodes again, all of them when ids is nil.
	Verify(ctx context.Context, ids []string) <-chan []model.Event
}

// Info is what the header says of the run. Source may be anything that was typed; all of it is sanitised when drawn.
type Info struct {
	Tool      string // name and version, e.g. "attestree 0.1.0"
	Source    string // as it was asked for
	Roots     []model.TrustRoot
	Signers   []string // names of the pinned signers; empty when nobody is pinned
	Offline   bool
	Demo      bool
	TrustNote string // one sentence about where trust comes from, "" for none
}

// Options are how the screen is drawn.
type Options struct {
	ASCII       bool   // no glyph outside ASCII
	NoColor     bool   // bold and reverse only
	NoAnimation bool   // words instead of spinners
	NoMouse     bool   // leave the mouse to the terminal
	Theme       string // "auto" (or ""), "dark", "light" or "mono"
}
