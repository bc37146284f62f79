package page

import (
	"time"

	"github.com/attestree/attestree/ui/widget"
)

// About is what a run says of itself on the pages.
type About struct {
	TrustNote string    // one sentence about where trust comes from, "" for none
	Sender    *Sender   // who made the evidence pack; nil for any other source
	Now       time.Time // when the run began, to tell the age of the trusted roots by; zero where that does not matter
	Newer     string    // the key that asks for a newer root
}

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
