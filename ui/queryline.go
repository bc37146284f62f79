package ui

import (
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// beginQuery opens the query line on the payload.
func (a App) beginQuery() (next App, cmd tea.Cmd) {
	a.overlay, a.search.place = overlaySearch, searchQuery
	a.detail.payload, cmd = a.detail.payload.beginQuery()
	return a, cmd
}

// onQueryKey edits the question, goes over its answer, and ends on a value of it.
func (a App) onQueryKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	t := &a.detail.payload
	text := t.query.text
	if !t.query.live { // its payload has gone
		a.overlay = overlayNone
		return a, nil
	}
	switch {
	case key.Matches(k, a.keys.Back):
		a.overlay = overlayNone
		return a.endSearch(searchQuery), nil
	case key.Matches(k, a.keys.Enter):
		return a.finishQuery(), nil
	case k.String() == "tab":
		return a.completeQuery(1)
	case k.String() == "shift+tab":
		return a.completeQuery(-1)
	case k.String() == "up":
		t.window = t.window.Move(-1)
	case k.String() == "down":
		t.window = t.window.Move(1)
	case k.String() == "backspace":
		_, size := utf8.DecodeLastRuneInString(text)
		return a.searchFor(text[:len(text)-size])
	case k.String() == "ctrl+u":
		return a.searchFor("")
	case k.Text != "":
		return a.searchFor(text + k.Text)
	}
	return a, nil
}

// finishQuery goes to the value under the cursor. What was computed has no place in the payload and stays where it is.
func (a App) finishQuery() App {
	t := a.detail.payload
	switch {
	case question(t.query.text) == "":
		a.overlay = overlayNone
		return a.endSearch(searchQuery)
	case !t.query.ready || t.query.problem != "" || !t.query.answer.Found():
		return a // there is nothing to go to, and the line says why
	}
	a.overlay = overlayNone
	a.detail.payload = t.jump()
	return a
}

// completeQuery puts the next key into the query, or has the keys looked for that it may go on with.
func (a App) completeQuery(step int) (App, tea.Cmd) {
	t, text, found := a.detail.payload.complete(step)
	if !found {
		doc := t.whole().view.Document()
		if doc == nil {
			return a, nil
		}
		return a, findCompletions(t.key, doc, t.query.text)
	}
	chosen := t.query.choices
	a.detail.payload = t
	a, cmd := a.searchFor(text)
	if len(chosen.texts) > 1 {
		a.detail.payload.query.choices = chosen
	}
	return a, cmd
}

// onCompletions takes the choices, unless something else was typed by now.
func (a App) onCompletions(msg completionsFoundMsg) (App, tea.Cmd) {
	t := &a.detail.payload
	if msg.key != t.key || msg.text != t.query.text || !t.query.live || len(msg.choices) == 0 ||
		a.overlay != overlaySearch || a.search.place != searchQuery {
		return a, nil
	}
	t.query.choices = choices{msg.choices, len(msg.choices) - 1} // from where the first is next
	return a.completeQuery(1)
}
