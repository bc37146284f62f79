package detail

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/document"
	"github.com/attestree/attestree/ui/content"
)

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
	return func() tea.Msg { return huntEndedMsg{key.anyWidth(), query, content.Find(raw, query, mostMatches)} }
}

// askPayload asks a payload, and outlines the answer.
func askPayload(key contentKey, doc *document.Document, text string) tea.Cmd {
	return func() tea.Msg {
		answer := doc.Query(question(text))
		if !answer.Found() {
			return queryAnsweredMsg{key, text, answer, payloadDocument{problem: "Nothing in the payload answers this query."}}
		}
		return queryAnsweredMsg{key, text, answer, newPayloadDocument(answer.Raw)}
	}
}

// findCompletions finds what a query may go on as.
func findCompletions(key contentKey, doc *document.Document, text string) tea.Cmd {
	return func() tea.Msg { return completionsFoundMsg{key, text, completions(doc, text)} }
}

// wrapRaw finds the row starts of raw bytes.
func wrapRaw(key contentKey, raw []byte) tea.Cmd {
	return func() tea.Msg { return rawWrappedMsg{key, content.Wrap(raw, key.width)} }
}
