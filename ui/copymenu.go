package ui

import (
	"encoding/base64"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// copyPane is the menu of what can be copied where the focus is. What is under the cursor is the first of it, so that the
// key that opens it copies that when it is pressed again.
type copyPane struct {
	keys  keymap.Map
	items []copyItem
	board widget.Board
}

// copyItem is one thing to copy.
type copyItem struct {
	key    string // that copies it at once
	what   string
	text   string
	note   string // said of it before it is copied
	raw    bool   // it goes out as it is, and not as it is shown
	hidden string // which characters nobody sees in it, "" where there is none
}

// openCopy opens the menu.
func (a App) openCopy() App {
	e := a.aimed()
	if e == nil {
		return a
	}
	var items []copyItem
	add := func(i copyItem) {
		for _, have := range items {
			if have.key == i.key || have.text == i.text && have.what == i.what {
				return
			}
		}
		if i.text != "" {
			items = append(items, i)
		}
	}
	direct := scene.CopyText{What: "digest", Text: string(e.Node.Digest)}
	if len(a.scenes) == 0 {
		direct = a.direct("y")
	}
	first := copyItem{key: "v", what: direct.What, text: direct.Text}
	if direct.Text == string(e.Node.Digest) || a.focus == paneTree {
		first.key = "d"
	}
	add(first)
	if a.inPane(paneDetail) && a.detail.Tab() == scene.TabPayload {
		add(copyItem{key: "p", what: "path", text: a.direct("Y").Text})
		add(copyItem{key: "n", what: "key", text: a.detail.KeyName()})
	}
	add(copyItem{key: "d", what: "digest", text: string(e.Node.Digest)})
	add(copyItem{key: "r", what: "reference", text: a.referenceOf(e)})
	if c, found := a.bestCommand(e); found {
		add(copyItem{key: "c", what: "command", text: c.Line, note: c.Tool + ": " + c.Does + ". " + c.Note})
	}
	add(a.rawItem(e, direct))
	a.copying = copyPane{keys: a.keys, items: items}
	a.overlay = overlayCopy
	return a
}

// direct is what a key of the pane with the focus copies.
func (a App) direct(name string) scene.CopyText {
	var i scene.Intent
	k := keymap.Press(name)
	switch a.focus {
	case paneTree:
		_, i = a.nodes.key(a.tree, k)
	case paneLedger:
		_, i = a.ledger.key(k)
	case paneDetail:
		_, i = a.detail.Key(k)
	}
	c, _ := i.(scene.CopyText)
	return c
}

// referenceOf names a node in its repository, "" where there is none. A layer is part of its manifest.
func (a App) referenceOf(e *model.Entry) string {
	if !strings.Contains(a.tree.Reference, "@") || e.Node.Digest == "" {
		return ""
	}
	d := e.Node.Digest
	if e.Node.Manifest != "" {
		d = e.Node.Manifest
	}
	return phrase.Reference(a.tree, d)
}

// bestCommand is the command that verifies a node with another program, else the first that shows it.
func (a App) bestCommand(e *model.Entry) (best equivalent.Command, found bool) {
	for _, c := range equivalent.For(a.tree, e, a.info.Commands) {
		switch {
		case c.Line == "" || found && (best.Purpose == equivalent.Verify || c.Purpose != equivalent.Verify):
		default:
			best, found = c, true
		}
	}
	return best, found
}

// rawItem is what stands behind what is shown, byte by byte: the value under the cursor where there is one, else the
// node's own bytes. It says first what in it nobody would see.
func (a App) rawItem(e *model.Entry, direct scene.CopyText) copyItem {
	text, what := direct.Text, "raw "+direct.What
	if a.focus == paneTree || a.showsRaw() || text == string(e.Node.Digest) {
		c := content.Raw(e)
		text, what = "", "raw "+c.Name
		if c.Bytes != nil && fitsClipboard(len(c.Bytes)) {
			text = string(c.Bytes)
		} else if c.Bytes != nil {
			return copyItem{}
		}
	}
	if !fitsClipboard(len(text)) {
		return copyItem{}
	}
	i := copyItem{key: "w", what: what, text: text, raw: true, note: "The exact bytes. Nothing in them is hidden."}
	if said := hiddenIn(text); said != "" {
		i.note, i.hidden = "The exact bytes, with what is shown as signs here: "+said+". A terminal or a shell may obey them when they are pasted.", said
	}
	return i
}

func fitsClipboard(n int) bool { return base64.StdEncoding.EncodedLen(n) <= mostCopied }

// onCopyKey chooses and copies.
func (a App) onCopyKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	p := a.copying
	switch {
	case key.Matches(k, a.keys.Back):
		a.overlay = overlayNone
		return a, nil
	case key.Matches(k, a.keys.Copy, a.keys.Enter):
		return a.chooseCopy()
	}
	for i, item := range p.items {
		if k.String() != item.key {
			continue
		}
		seen := p.board.At == i
		a.copying.board = p.board.To(i)
		if item.hidden != "" && !seen {
			return a, nil // what is in it is said now; once more, and it is copied
		}
		return a.chooseCopy()
	}
	a.copying.board = p.board.Key(a.keys, k)
	return a, nil
}

// chooseCopy copies what is selected.
func (a App) chooseCopy() (App, tea.Cmd) {
	p := a.copying
	if p.board.At < 0 || p.board.At >= len(p.items) {
		return a, nil
	}
	a.overlay = overlayNone
	item := p.items[p.board.At]
	if !item.raw {
		return a.copy(scene.CopyText{What: item.what, Text: item.text})
	}
	a.note = note{text: safe.Format("sent to the terminal's clipboard, as it is: %s, %s", safe.LineMax(item.what, phrase.MostName), safe.Line(phrase.Bytes(int64(len(item.text)))))}
	return a, tea.SetClipboard(item.text)
}
