package detail

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// at is the first byte in sight.
func (t rawTab) at() int {
	switch row := t.window.Offset(); {
	case t.hex:
		return row * t.perRow()
	case row < len(t.starts):
		return int(t.starts[row])
	}
	return 0
}

// search starts to look for a text from where the search began. Looking for nothing goes back there.
func (t rawTab) search(query string) (rawTab, tea.Cmd) {
	t.hunt = hunt{query: query, before: t.hunt.before}
	if query == "" {
		return t.reveal(t.hunt.before), nil
	}
	return t, findBytes(t.key, t.content.Bytes, query)
}

// hunted takes what was found, unless something else is looked for by now.
func (t rawTab) hunted(msg huntEndedMsg) rawTab {
	if msg.key != t.key.anyWidth() || !t.hunt.takes(msg) {
		return t
	}
	t.hunt.found, t.hunt.ready = msg.found, true
	at, any := t.hunt.first(t.hunt.before)
	if !any {
		at = t.hunt.before
	}
	return t.reveal(at)
}

// reveal scrolls to a byte, and puts the cursor on its row.
func (t rawTab) reveal(offset int) rawTab {
	row := offset / t.perRow()
	if !t.hex {
		at, on := slices.BinarySearch(t.starts, int32(offset))
		if row = at; !on {
			row = at - 1
		}
	}
	t.hunt.at = offset
	t.window = t.window.Wheel(row - t.window.Offset()).To(row)
	return t
}

// next goes to the next match.
func (t rawTab) next(step int) rawTab {
	if offset, any := t.hunt.next(t.hunt.at, step); any {
		return t.reveal(offset)
	}
	return t
}
