package ui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// signersPane is the overlay with everybody who is trusted in this run.
type signersPane struct {
	keys  keymap.Map
	list  []model.TrustedSigner
	full  map[string]bool // names of the entries that are shown with all fields; never changed in place
	board widget.Board
}

func (p signersPane) prepare(list []model.TrustedSigner, note string, w, h int, s *theme.Styles) signersPane {
	p.list = list
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	var stops []widget.Block
	if len(list) == 0 {
		sheet.Sentence("Nobody is pinned: a signature that holds is valid, and none is trusted.", s.Text, 0)
		sheet.Sentence("Trust the signer of a verified node with "+p.keys.Trust.Keys()[0]+", or name one with a flag or in the policy file.", s.Quiet, 0)
	}
	for i, t := range list {
		if i > 0 {
			sheet.Gap()
		}
		if sheet.Full() {
			sheet.Sentence("and "+strconv.Itoa(len(list)-i)+" more", s.Quiet, 0)
			break
		}
		first := len(sheet.Lines)
		page.Pinned(&sheet, t, p.full[t.Name])
		stops = append(stops, widget.Block{First: first, End: len(sheet.Lines)})
	}
	if note != "" {
		sheet.Gap()
		sheet.Sentence(note, s.Quiet, 0)
	}
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Back, safe.Const("closes"))}
	if len(list) > 0 {
		p.board.Hints = append(p.board.Hints, keymap.HintFor(p.keys.Toggle, safe.Const("on or off")), keymap.HintFor(p.keys.Unpin, safe.Const("remove")),
			keymap.HintFor(p.keys.Enter, safe.Const("all fields")), keymap.HintFor(p.keys.Save, safe.Const("save to the policy file")))
	}
	title := safe.Const("Trusted signers")
	if len(list) > 0 {
		title = safe.Format("%s (%s)", title, safe.Int(len(list)))
	}
	p.board = p.board.Set(title, sheet.Lines, stops, w, h, widget.BoardWidth)
	return p
}

// current is the entry under the cursor.
func (p signersPane) current() (model.TrustedSigner, bool) {
	if p.board.At < 0 || p.board.At >= len(p.list) {
		return model.TrustedSigner{}, false
	}
	return p.list[p.board.At], true
}

// onSignersKey changes the list.
func (a App) onSignersKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	entry, any := a.signers.current()
	switch {
	case key.Matches(k, a.keys.Back, a.keys.Signers):
		a.overlay = overlayNone
	case any && key.Matches(k, a.keys.Toggle):
		return a, enableSigner(a.backend, entry.Name, !entry.Enabled)
	case any && key.Matches(k, a.keys.Unpin):
		return a, unpinSigner(a.backend, entry.Name)
	case any && key.Matches(k, a.keys.Enter):
		a.signers.full = opened(a.signers.full, a.signers.full[entry.Name], entry.Name)
	case any && key.Matches(k, a.keys.Save):
		return a.askToSave(entry, false), nil
	default:
		a.signers.board = a.signers.board.Key(a.keys, k)
	}
	return a, nil
}
