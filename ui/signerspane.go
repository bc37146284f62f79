package ui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// signersPane is the overlay with everybody who is trusted in this run.
type signersPane struct {
	keys  keyMap
	list  []model.TrustedSigner
	full  map[string]bool // names of the entries that are shown with all fields; never changed in place
	board board
}

func (p signersPane) prepare(list []model.TrustedSigner, note string, w, h int, s *theme.Styles) signersPane {
	p.list = list
	page := sheet{width: boardRoom(w), styles: s}
	var stops []block
	if len(list) == 0 {
		page.sentence("Nobody is pinned: a signature that holds is valid, and none is trusted.", s.Text, 0)
		page.sentence("Trust the signer of a verified node with "+p.keys.Trust.Keys()[0]+", or name one with a flag or in the policy file.", s.Quiet, 0)
	}
	for i, t := range list {
		if i > 0 {
			page.gap()
		}
		if page.full() {
			page.sentence("and "+strconv.Itoa(len(list)-i)+" more", s.Quiet, 0)
			break
		}
		first := len(page.lines)
		page.pinned(t, p.full[t.Name])
		stops = append(stops, block{first, len(page.lines)})
	}
	if note != "" {
		page.gap()
		page.sentence(note, s.Quiet, 0)
	}
	p.board.hints = []hint{hintFor(p.keys.Back, safe.Const("closes"))}
	if len(list) > 0 {
		p.board.hints = append(p.board.hints, hintFor(p.keys.Toggle, safe.Const("on or off")), hintFor(p.keys.Unpin, safe.Const("remove")),
			hintFor(p.keys.Enter, safe.Const("all fields")), hintFor(p.keys.Save, safe.Const("save to the policy file")))
	}
	title := safe.Const("Trusted signers")
	if len(list) > 0 {
		title = safe.Format("%s (%s)", title, safe.Int(len(list)))
	}
	p.board = p.board.set(title, page.lines, stops, w, h, boardWidth)
	return p
}

// pinned is an entry in a few rows, or in full.
func (s *sheet) pinned(t model.TrustedSigner, full bool) {
	mark, word := s.styles.Glyphs.Check, safe.Const("on")
	style := s.styles.Good
	if !t.Enabled {
		mark, word, style = s.styles.Glyphs.Dash, safe.Const("off"), s.styles.Quiet
	}
	var l line
	l.add(style, safe.Concat(mark, safe.Spaces(1), word).PadRight(6))
	l.add(s.styles.Strong, safe.LineMax(t.Name, s.width))
	l.end(s.styles.Quiet, safe.Format("  %s %s %s ", safe.LineMax(shortKind(t.Kind), s.width), s.styles.Glyphs.Bullet, safe.LineMax(t.Origin, s.width)))
	s.add(l)
	if full {
		s.trusted(t)
		return
	}
	s.sentence(identity(t), s.styles.Text, 6)
	s.sentence(limits(t), s.styles.Quiet, 6)
	if mixedEntry(t) {
		s.sentence("mixes letters of several scripts: it may only look like the name you know", s.styles.Warning, 6)
	}
	for _, f := range t.Findings {
		mark := s.styles.Severity(f.Severity)
		s.entry(safe.Concat(safe.Spaces(4), mark.Glyph), f.Message, "", mark.Style, 0, 6)
	}
}

// current is the entry under the cursor.
func (p signersPane) current() (model.TrustedSigner, bool) {
	if p.board.at < 0 || p.board.at >= len(p.list) {
		return model.TrustedSigner{}, false
	}
	return p.list[p.board.at], true
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
		a.signers.board = a.signers.board.key(a.keys, k)
	}
	return a, nil
}
