package detail

import tea "charm.land/bubbletea/v2"

// searchable reports whether there is an outline to search in.
func (t payloadTab) searchable() bool { return t.payload.view.Len() > 0 }

// at is the value under the cursor, -1 where there is none.
func (t payloadTab) at() int {
	if !t.searchable() {
		return -1
	}
	return t.payload.view.Node(t.window.Cursor())
}

// search starts to look for a text from where the search began. Looking for nothing goes back there.
func (t payloadTab) search(query string) (payloadTab, tea.Cmd) {
	t.hunt = hunt{query: query, before: t.hunt.before}
	if query == "" {
		return t.reveal(t.hunt.before), nil
	}
	return t, findValues(t.key, t.payload.view.Document(), query)
}

// hunted takes what was found, unless something else is looked for by now.
func (t payloadTab) hunted(msg huntEndedMsg) payloadTab {
	if msg.key != t.key.anyWidth() || !t.hunt.takes(msg) || !t.searchable() {
		return t
	}
	t.hunt.found, t.hunt.ready = msg.found, true
	if i, any := t.hunt.first(t.hunt.before); any {
		return t.reveal(i)
	}
	return t.reveal(t.hunt.before)
}

// reveal puts the cursor on a value, opening what holds it.
func (t payloadTab) reveal(i int) payloadTab {
	if i < 0 || !t.searchable() || i >= t.payload.view.Document().Len() {
		return t
	}
	return t.with(t.payload.view.Reveal(i), i)
}

// next goes to the next match.
func (t payloadTab) next(step int) payloadTab {
	if i, any := t.hunt.next(t.at(), step); any {
		return t.reveal(i)
	}
	return t
}
