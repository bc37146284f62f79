package keymap

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"

	"github.com/attestree/attestree/ui/safe"
)

// Hint is a key and what it does, for the status line.
type Hint struct{ Keys, Does safe.Text }

// HintFor is a hint for one key.
func HintFor(b key.Binding, does safe.Text) Hint {
	return Hint{FirstKey(b), does}
}

// HintsFor is a hint for keys that belong together.
func HintsFor(does safe.Text, bindings ...key.Binding) Hint {
	names := make([]safe.Text, len(bindings))
	for i, b := range bindings {
		names[i] = FirstKey(b)
	}
	return Hint{safe.Join(safe.Spaces(1), names...), does}
}

// TabsHint names the keys of the tabs.
func (m Map) TabsHint() Hint {
	tabs := m.Tabs()
	return Hint{safe.Format("%s-%s", FirstKey(tabs[0]), FirstKey(tabs[len(tabs)-1])), safe.Const("tabs")}
}

// FirstKey is the first key of a binding.
func FirstKey(b key.Binding) safe.Text { return safe.Line(b.Keys()[0]) }

// Leading is the first key of a binding at the beginning of a sentence: names of keys have a capital there, characters stay
// as they are, since A is not a.
func Leading(b key.Binding) string {
	name := b.Keys()[0]
	if _, size := utf8.DecodeRuneInString(name); size == len(name) {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// Tabs are the keys of the tabs, in their order.
func (m Map) Tabs() []key.Binding {
	return []key.Binding{m.Summary, m.Checks, m.Signer, m.Payload, m.Raw, m.Learn}
}
