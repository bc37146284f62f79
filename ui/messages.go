package ui

import "github.com/attestree/attestree/model"

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

// spinnerTickedMsg moves the one spinner of the screen.
type spinnerTickedMsg struct{}

// payloadParsedMsg brings the outline of a payload.
type payloadParsedMsg struct {
	key     contentKey
	payload payloadDocument
}

// huntEndedMsg brings what a search in bytes found.
type huntEndedMsg struct {
	key   contentKey // with no width: it matters to no search
	query string
	found []int
}

// rawWrappedMsg brings the row starts of raw bytes.
type rawWrappedMsg struct {
	key    contentKey
	starts []int32
}
