package ui

import (
	"charm.land/bubbles/v2/key"

	"github.com/attestree/attestree/ui/safe"
)

// hint is a key and what it does, for the status line.
type hint struct{ keys, does safe.Text }

func hintFor(b key.Binding, does safe.Text) hint {
	return hint{firstKey(b), does}
}

// hintsFor is a hint for keys that belong together.
func hintsFor(does safe.Text, bindings ...key.Binding) hint {
	names := make([]safe.Text, len(bindings))
	for i, b := range bindings {
		names[i] = firstKey(b)
	}
	return hint{safe.Join(safe.Spaces(1), names...), does}
}

// tabsHint names the keys of the tabs.
func (m keyMap) tabsHint() hint {
	tabs := m.tabs()
	return hint{safe.Format("%s-%s", firstKey(tabs[0]), firstKey(tabs[len(tabs)-1])), safe.Const("tabs")}
}

// firstKey is the first key of a binding.
func firstKey(b key.Binding) safe.Text { return safe.Line(b.Keys()[0]) }

// tabs are the keys of the tabs, in their order.
func (m keyMap) tabs() []key.Binding {
	return []key.Binding{m.Summary, m.Checks, m.Signer, m.Payload, m.Raw, m.Learn}
}
