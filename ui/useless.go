package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

// keysGo is where the keys go that mean something else in every pane.
func (a App) keysGo() keymap.Place {
	switch {
	case a.focus == paneTree:
		return keymap.InTree
	case a.focus == paneLedger:
		return keymap.InLedger
	case a.detail.Tab() == scene.TabPayload:
		return keymap.InPayload
	case a.detail.Tab() == scene.TabRaw:
		return keymap.InRaw
	}
	return keymap.InDetail
}

// useless says of a key that it does nothing here, so that nobody wonders whether it was heard. Those that move say it
// by themselves: nothing moves.
func (a App) useless(k tea.KeyPressMsg) App {
	m := a.keys
	if key.Matches(k, m.Up, m.Down, m.HalfUp, m.HalfDown, m.PageUp, m.PageDown, m.PageOn, m.Top, m.Bottom, m.Left, m.Right) {
		return a
	}
	name, help := safe.LineMax(k.String(), 12), keymap.FirstKey(m.Help)
	a.note = note{text: safe.Format("%s does nothing here: %s shows the keys", name, help)}
	if len(a.scenes) > 0 {
		a.note = note{text: safe.Format("%s does nothing in this view: %s goes back, %s shows the keys", name, keymap.FirstKey(m.Back), help)}
	}
	return a
}

// early says why a key that is about what was found does nothing as long as nothing was. taken is false for any other.
func (a App) early(k tea.KeyPressMsg) (next App, taken bool) {
	m := a.keys
	if a.tree.Root() != nil || !a.concernsNode(k) && !key.Matches(k, m.Audit, m.Packages, m.Compare, m.Doctor, m.VerifyAll, m.Jump, m.Search, m.Sieve, m.Mark, m.NextMatch, m.PrevMatch) {
		return a, false
	}
	a.note = note{text: safe.Const("nothing was found yet: it is still being looked for")}
	if a.tree.Found || a.tree.Err != nil {
		a.note = note{text: safe.Format("there is nothing here: %s", safe.Line(a.waysOn()))}
	}
	return a, true
}
