package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// savePane asks before an entry is written to the policy file: from then on it decides without anybody having looked.
type savePane struct {
	keys  keymap.Map
	entry model.TrustedSigner
	pin   bool    // trust it for this run too
	from  overlay // where to go back to
	board widget.Board
}

// askToSave opens the question.
func (a App) askToSave(t model.TrustedSigner, pin bool) App {
	a.save = savePane{keys: a.keys, entry: t, pin: pin, from: a.overlay}
	a.overlay = overlaySave
	return a
}

func (p savePane) prepare(w, h int, s *theme.Styles) savePane {
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	sheet.Sentence("Write this to your policy file?", s.Strong, 0)
	sheet.Sentence("It then decides in every run, about every image that it matches, until it is taken out.", s.Warning, 0)
	sheet.Gap()
	page.Entry(&sheet, p.entry)
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Enter, safe.Const("write it")), keymap.HintFor(p.keys.Back, safe.Const("back"))}
	p.board = p.board.Set(safe.Const("Policy file"), sheet.Lines, nil, w, h, widget.BoardWidth)
	return p
}

func (a App) onSaveKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	switch {
	case key.Matches(k, a.keys.Back):
		a.overlay = a.save.from
	case key.Matches(k, a.keys.Enter):
		a.overlay = overlayNone
		if a.save.from == overlaySigners {
			a.overlay = overlaySigners
		}
		return a, saveSigner(a.backend, a.save.entry, a.save.pin)
	default:
		a.save.board = a.save.board.Key(a.keys, k)
	}
	return a, nil
}
