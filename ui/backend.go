package ui

import (
	"context"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/ui/audit"
	"github.com/attestree/attestree/ui/breaking"
	"github.com/attestree/attestree/ui/diff"
	"github.com/attestree/attestree/ui/doctor"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/screen"
)

// Backend is what the screen needs from outside. It is safe for concurrent use.
type Backend interface {
	audit.Backend
	diff.Backend
	export.Backend
	export.Pager
	doctor.Backend
	breaking.Backend
	// Open discovers and verifies the source. The channel is closed by the sender when all is done or when ctx ends.
	// Batches are few enough to draw each of them (about thirty a second).
	Open(ctx context.Context) <-chan []model.Event
	// Verify judges the named nodes again, all of them when ids is nil. The channel is as that of Open.
	Verify(ctx context.Context, ids []string) <-chan []model.Event
	// Signers are all entries that decide now, in order, disabled ones included.
	Signers() []model.TrustedSigner
	// Propose is the narrowest entry that would trust the proven signer of a node: exact identity, source repository,
	// this predicate type, this repository. Its error says in a sentence why there is none.
	Propose(e *model.Entry) (model.TrustedSigner, error)
	// Pin trusts an entry for this run. Nothing is written.
	Pin(s model.TrustedSigner) error
	// SetEnabled and Unpin change an entry of this run's list. Nothing is written.
	SetEnabled(name string, enabled bool) error
	Unpin(name string) error
	// Save writes an entry to the user's policy file and says where.
	Save(s model.TrustedSigner) (path string, err error)
	// Roots are the trusted roots that decide now.
	Roots() []model.TrustRoot
	// UpdateRoot asks for the newest trusted root, only ever because somebody wanted it, and says in a sentence what came
	// of it. When it fails, the roots stay as they were. It ends with ctx.
	UpdateRoot(ctx context.Context) (change string, err error)
	// Policy is the policy's answer for a judged tree, which it only reads.
	Policy(t *model.Tree) model.PolicyAnswer
	// Changed delivers a value when the policy file on disk changed and was read again, or an error when it could not
	// be. It is never closed before the program ends, and may be nil.
	Changed() <-chan error
}

// Info is what the header says of the run. Source may be anything that was typed; all of it is sanitised when drawn.
type Info struct {
	Tool      string // name and version, e.g. "attestree 0.1.0"
	Source    string // as it was asked for
	Offline   bool
	Demo      bool
	TrustNote string // one sentence about where trust comes from, "" for none
	// Sender is who made the evidence pack; nil for any other source.
	Sender *page.Sender
	// Commands is what the commands of other programs depend on in this run.
	Commands equivalent.Context
	Now      time.Time // when the run began, to tell the age of the trusted roots by; zero where that does not matter
}

// Options are how the screen is drawn, and what of it is kept.
type Options struct {
	screen.Drawing
	Tour      Tour              // that begins at once, or is offered
	Sizes     Sizes             // of the panes at first
	KeepSizes func(Sizes) error // called at the end with others, where they changed; nil to forget them
	// Stirred is called whenever something happens, since large payloads may be read for a moment then. It returns at
	// once. Nil where that is nobody's business.
	Stirred func()
}
