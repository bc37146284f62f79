package ui

import (
	"encoding/base64"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

// openCopy opens the menu.
func (a App) openCopy() App {
	e := a.aimed()
	if e == nil {
		return a
	}
	var items []export.Item
	add := func(i export.Item) {
		for _, have := range items {
			if have.Key == i.Key || have.Text == i.Text && have.What == i.What {
				return
			}
		}
		if i.Text != "" {
			items = append(items, i)
		}
	}
	direct := scene.CopyText{What: "digest", Text: string(e.Node.Digest)}
	if len(a.scenes) == 0 {
		direct = a.direct(a.keys.Copy)
	}
	first := export.Item{Key: "v", What: direct.What, Text: direct.Text}
	if direct.Text == string(e.Node.Digest) || a.focus == paneTree {
		first.Key = "d"
	}
	add(first)
	if a.inPane(paneDetail) && a.detail.Tab() == scene.TabPayload {
		add(export.Item{Key: "p", What: "path", Text: a.direct(a.keys.CopyPath).Text})
		add(export.Item{Key: "n", What: "key", Text: a.detail.KeyName()})
	}
	add(export.Item{Key: "d", What: "digest", Text: string(e.Node.Digest)})
	add(export.Item{Key: "r", What: "reference", Text: a.referenceOf(e)})
	if c, found := a.bestCommand(e); found {
		add(export.Item{Key: "c", What: "command", Text: c.Line, Note: c.Tool + ": " + c.Does + ". " + c.Note})
	}
	add(a.rawItem(e, direct))
	a.copying = export.Menu{Keys: a.keys, Items: items}
	a.overlay = overlayCopy
	return a
}

// direct is what a key of the pane with the focus copies.
func (a App) direct(b key.Binding) scene.CopyText {
	var i scene.Intent
	k := keymap.Press(b.Keys()[0])
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
func (a App) rawItem(e *model.Entry, direct scene.CopyText) export.Item {
	text, what := direct.Text, "raw "+direct.What
	if a.focus == paneTree || a.showsRaw() || text == string(e.Node.Digest) {
		c := content.Raw(e)
		text, what = "", "raw "+c.Name
		if c.Bytes != nil && fitsClipboard(len(c.Bytes)) {
			text = string(c.Bytes)
		} else if c.Bytes != nil {
			return export.Item{}
		}
	}
	if !fitsClipboard(len(text)) {
		return export.Item{}
	}
	i := export.Item{Key: "w", What: what, Text: text, Raw: true, Note: "The exact bytes. Nothing in them is hidden."}
	if said := export.HiddenIn(text); said != "" {
		i.Note, i.Hidden = "The exact bytes, with what is shown as signs here: "+said+". A terminal or a shell may obey them when they are pasted.", said
	}
	return i
}

func fitsClipboard(n int) bool { return base64.StdEncoding.EncodedLen(n) <= mostCopied }

// onCopyKey chooses and copies.
func (a App) onCopyKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	next, asks := a.copying.Key(k)
	a.copying = next
	switch asks {
	case export.Close:
		a.overlay = overlayNone
	case export.Start:
		return a.chooseCopy()
	case export.Nothing:
	}
	return a, nil
}

// chooseCopy copies what is selected.
func (a App) chooseCopy() (App, tea.Cmd) {
	item, any := a.copying.Selected()
	if !any {
		return a, nil
	}
	a.overlay = overlayNone
	if !item.Raw {
		return a.copy(scene.CopyText{What: item.What, Text: item.Text})
	}
	a.note = note{text: safe.Format("sent to the terminal's clipboard, as it is: %s, %s", safe.LineMax(item.What, phrase.MostName), safe.Line(phrase.Bytes(int64(len(item.Text)))))}
	return a, tea.SetClipboard(item.Text)
}
