package start

import (
	"context"
	"time"
)

// Shelf is what the start screen needs from outside. It is safe for concurrent use.
type Shelf interface {
	// Opened are the sources that were opened before, the newest first; few enough to list them all.
	Opened() ([]Opened, error)
	// Forget has one of them be forgotten for good.
	Forget(source string) error
	// Nearby are images in the current folder, of which nothing but names was read; all says whether it saw everything.
	// It ends with ctx.
	Nearby(ctx context.Context) (offers []Offered, all bool)
}

// Opened is a source that was opened before.
type Opened struct {
	Source string // to open it by
	At     time.Time
}

// Offered is an image that could be opened.
type Offered struct {
	Source string // to open it by
	Name   string // as a person calls it
	What   string // what holds it
}

// About is what the start screen says of the run.
type About struct {
	Tool    string // name and version
	Offline bool
	Demo    string    // the source of the demo image
	Now     time.Time // when the run began, to tell how long ago something was
}
