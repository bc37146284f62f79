package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// ledgerPane says how everything was found for the selected node's nearest digest: where was looked, and how it ended.
// Without the focus it is a few words per look-up; with it, a row for each and the reason.
type ledgerPane struct {
	keys    keymap.Map
	digest  model.Digest
	lookups []model.Lookup
	found   bool // discovery has ended
	window  rows.Window
	version int
	node    string
}

// prepare finds the look-ups of a node.
func (p ledgerPane) prepare(tree *model.Tree, version int, node string, room widget.Area) ledgerPane {
	if p.version != version || p.node != node {
		digest, lookups := nearestLookups(tree, node)
		if digest != p.digest {
			p.window = rows.Window{}
		}
		p.digest, p.lookups, p.found = digest, lookups, tree.Found
		p.version, p.node = version, node
	}
	p.window = p.window.SetCount(len(p.lookups)).Resize(room.H)
	return p
}

// wanted is how many rows the pane would like to have.
func (p ledgerPane) wanted(focused bool) int {
	if focused {
		return 2 * max(1, len(p.lookups))
	}
	return (len(p.lookups) + 1) / 2
}

func (p ledgerPane) key(k tea.KeyPressMsg) (ledgerPane, scene.Intent) {
	if w, moved := p.keys.Move(p.window, k); moved {
		p.window = w
		return p, nil
	}
	switch {
	case key.Matches(k, p.keys.Copy):
		return p, scene.CopyText{What: "digest", Text: string(p.digest)}
	case key.Matches(k, p.keys.Left):
		return p, scene.LeavePane{}
	}
	return p, nil
}

func (p ledgerPane) click(y int) ledgerPane {
	p.window, _ = p.window.Click(y)
	return p
}

func (p ledgerPane) wheel(step int) ledgerPane {
	p.window = p.window.Wheel(step)
	return p
}

func (p ledgerPane) title() safe.Text {
	if p.digest == "" {
		return safe.Const("How it was found")
	}
	return safe.Format("How it was found · %s", safe.Line(p.digest.Short()))
}

func (p ledgerPane) view(room widget.Area, look widget.Look) []string {
	b := widget.Drawer(room.W, look.Styles)
	var out []string
	for _, l := range p.lines(room, look) {
		row := theme.Style{}
		if look.Marks(l) {
			row = look.Selection()
		}
		out = append(out, l.Draw(b, row))
		if len(out) == room.H {
			break
		}
	}
	return out
}

func (p ledgerPane) lines(room widget.Area, look widget.Look) []widget.Line {
	switch {
	case len(p.lookups) == 0 && p.found:
		return p.said(look, safe.Const("nothing was looked up for this"))
	case len(p.lookups) == 0:
		return p.said(look, safe.Const("looking"))
	case look.Focused:
		return p.rows(room, look)
	}
	return p.flow(room, look)
}

func (p ledgerPane) said(look widget.Look, text safe.Text) []widget.Line {
	var l widget.Line
	l.Add(look.Styles.Quiet, safe.Concat(safe.Spaces(1), text))
	return []widget.Line{l}
}

// flow puts the look-ups behind each other, as many to a row as fit.
func (p ledgerPane) flow(room widget.Area, look widget.Look) []widget.Line {
	s := look.Styles
	var out []widget.Line
	var l widget.Line
	for _, lookup := range p.lookups {
		name, mark := phrase.Mechanism(lookup.Mechanism), s.Lookup(lookup.Status)
		result := phrase.LookupResult(lookup)
		need := 4 + name.Width() + result.Width() // the bullet and the blanks
		if used := widget.Width(l.Left); used > 0 && used+need > room.W {
			out = append(out, l)
			l = widget.Line{}
		}
		lead := safe.Spaces(1)
		if len(l.Left) > 0 {
			lead = safe.Format(" %s ", s.Glyphs.Bullet)
		}
		l.Add(s.Faint, lead)
		l.Add(s.Quiet, safe.Concat(name, safe.Spaces(1)))
		l.Add(mark.Style, result)
	}
	return append(out, l)
}

// rows gives each look-up a row, and the selected one its reason below. It begins so that the reason is in sight.
func (p ledgerPane) rows(room widget.Area, look widget.Look) []widget.Line {
	s := look.Styles
	var out []widget.Line
	end := 0
	for i, lookup := range p.lookups {
		mark, selected := s.Lookup(lookup.Status), i == p.window.Cursor()
		var l widget.Line
		l.Add(s.Marker, look.Marker(selected))
		l.Add(s.Text, safe.Concat(phrase.Mechanism(lookup.Mechanism)).PadRight(15))
		l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1), mark.Word).PadRight(14))
		if lookup.Status == model.LookupFound || lookup.Status == model.LookupTruncated {
			l.Add(s.Text, safe.Int(lookup.Count))
		}
		if lookup.Repository != "" {
			l.Add(s.Quiet, safe.Format(" in %s", safe.LineMax(lookup.Repository, room.W)))
		}
		out = append(out, l)
		if !selected || lookup.Detail == "" {
			if selected {
				end = len(out)
			}
			continue
		}
		for _, t := range widget.Paragraph(lookup.Detail, room.W-4) {
			var l widget.Line
			l.Add(s.Quiet, safe.Concat(safe.Spaces(3), t))
			out = append(out, l)
		}
		end = len(out)
	}
	return out[max(0, min(end-room.H, p.window.Cursor())):]
}

// nearestLookups are the lines of the ledger for a node: those of its own digest, else of the closest ancestor that
// was looked under.
func nearestLookups(tree *model.Tree, id string) (model.Digest, []model.Lookup) {
	up := survey.Lineage(tree, id)
	for i := len(up) - 1; i >= 0; i-- {
		digest := up[i].Node.Digest
		switch {
		case up[i].Node.Layered():
			digest = up[i].Node.Manifest
		case up[i].Node.Kind == model.KindPackage:
			digest = model.Digest(up[i].Node.ID) // its package URL: it has no bytes of its own
		}
		var found []model.Lookup
		for _, l := range tree.Lookups {
			if l.Subject == digest {
				found = append(found, l)
			}
		}
		if len(found) > 0 {
			return digest, found
		}
	}
	return "", nil
}
