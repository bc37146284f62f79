package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// Every message that is the result of one of our own commands. Those that belong to something that may have been
// given up since carry its number, and are dropped when it is not current any more.

// eventsArrivedMsg brings what became known in one stream of events, and where the next batch comes from.
type eventsArrivedMsg struct {
	stream int
	events []model.Event
	from   <-chan []model.Event
}

// streamEndedMsg says that a stream of events is at its end.
type streamEndedMsg struct{ stream int }

// trustChangedMsg says that somebody else is trusted than before, or why that could not be done.
type trustChangedMsg struct {
	what    safe.Text // what was done, or tried
	err     error
	changed bool // something did change although there is an error
	await   bool // it came from the policy file, which may change again
	saved   bool // the policy file was written
}

// signerSavedMsg says that an entry was written to the policy file, or why not.
type signerSavedMsg struct {
	what safe.Text
	err  error
}

// rootUpdatedMsg says what came of asking for a newer trusted root.
type rootUpdatedMsg struct {
	change string
	err    error
}

// spinnerTickedMsg moves the one spinner of the screen.
type spinnerTickedMsg struct{}
