package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/document"
)

// Every side effect of the screen. A command changes no state: what it finds out comes back as a message.

// openSource starts discovery and waits for its first batch.
func openSource(ctx context.Context, b Backend, stream int) tea.Cmd {
	return func() tea.Msg { return nextBatch(stream, b.Open(ctx)) }
}

// verifyNodes has nodes judged again, all of them when ids is nil, and waits for the first batch.
func verifyNodes(ctx context.Context, b Backend, stream int, ids []string) tea.Cmd {
	return func() tea.Msg { return nextBatch(stream, b.Verify(ctx, ids)) }
}

// awaitEvents waits for the next batch of a stream.
func awaitEvents(stream int, from <-chan []model.Event) tea.Cmd {
	return func() tea.Msg { return nextBatch(stream, from) }
}

func nextBatch(stream int, from <-chan []model.Event) tea.Msg {
	events, more := <-from
	if !more {
		return streamEndedMsg{stream}
	}
	return eventsArrivedMsg{stream, events, from}
}

// spinnerInterval is slow enough to look calm and to cost nothing.
const spinnerInterval = 120 * time.Millisecond

// tickSpinner moves the spinner after a while.
func tickSpinner() tea.Cmd {
	return tea.Tick(spinnerInterval, func(time.Time) tea.Msg { return spinnerTickedMsg{} })
}

// parsePayload outlines a payload.
func parsePayload(key contentKey, raw []byte) tea.Cmd {
	return func() tea.Msg { return payloadParsedMsg{key, newPayloadDocument(raw)} }
}

// findValues searches a payload.
func findValues(key contentKey, doc *document.Document, query string) tea.Cmd {
	return func() tea.Msg { return huntEndedMsg{key.anyWidth(), query, doc.Find(query, mostMatches)} }
}

// findBytes searches raw bytes.
func findBytes(key contentKey, raw []byte, query string) tea.Cmd {
	return func() tea.Msg { return huntEndedMsg{key.anyWidth(), query, findText(raw, query, mostMatches)} }
}

// wrapRaw finds the row starts of raw bytes.
func wrapRaw(key contentKey, raw []byte) tea.Cmd {
	return func() tea.Msg { return rawWrappedMsg{key, wrapBytes(raw, key.width)} }
}
