package signers

import (
	"cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// View draws the visible rows.
func (s View) View(on scene.Stage) []string {
	b := widget.Drawer(on.Room.W, on.Look.Styles)
	if s.of == nil {
		return widget.Explain(b, on.Room, on.Look.Styles, "Reading who signed what.")
	}
	var out []string
	from, to := s.window.Visible()
	for i := from; i < to; i++ {
		selected, row := i == s.window.Cursor(), theme.Style{}
		if selected {
			row = on.Look.Selection()
		}
		var l widget.Line
		l.Add(on.Look.Styles.Marker, on.Look.Marker(selected))
		if r := s.rows[i]; r.node < 0 {
			s.group(&l, s.groups[r.group], on)
		} else {
			s.node(&l, r, on)
		}
		out = append(out, l.Draw(b, row))
	}
	return out
}

// group is who it is, how far that is known, and what came out for what they signed.
func (s View) group(l *widget.Line, g signerGroup, on scene.Stage) {
	st := on.Look.Styles
	fold := st.Glyphs.Expanded
	if s.folded[g.SignedBy] {
		fold = st.Glyphs.Collapsed
	}
	l.Add(st.Quiet, safe.Concat(fold, safe.Spaces(1)))
	who, style := safe.LineMax(cmp.Or(g.Subject, g.Fingerprint, g.Hint, "somebody without a name"), on.Room.W), st.Strong
	switch g.Known {
	case model.SignerProven:
		l.Add(st.Good, safe.Concat(st.Glyphs.Check, safe.Spaces(1)))
		if g.signer.Name != "" {
			l.Add(st.Strong, safe.Format("%s  ", safe.LineMax(g.signer.Name, on.Room.W/3)))
			style = st.Quiet
		}
	case model.SignerClaimed:
		l.Add(st.Warning, safe.Format("%s claimed, not proven: ", st.Glyphs.Warning))
		style = st.Claim
	case model.SignerUnchecked:
		who, style = safe.Const("signed by somebody, not checked yet"), st.Quiet
	case model.SignerNone:
		who, style = safe.Const("no signature of its own"), st.Quiet
	}
	if g.signer != nil && phrase.MixedScript(*g.signer) {
		l.Add(st.Warning, safe.Const("mixed scripts: "))
	}
	tallies := widget.Line{}
	for i, n := range g.counts {
		if n > 0 {
			mark := st.Verdict(phrase.Verdicts[i], model.Trusted)
			tallies.Add(mark.Style, safe.Format(" %s%s", mark.Glyph, safe.Int(n)))
		}
	}
	room := on.Room.W - widget.Width(l.Left) - widget.Width(tallies.Left) - 3
	l.Add(style, who.TruncateMiddle(max(room, 4)))
	for _, p := range tallies.Left {
		l.End(p.Style, p.Text)
	}
	l.End(theme.Style{}, safe.Spaces(1))
}

// node is a node under its signer, with the platform that it belongs to, or what it hangs on where that is no image.
func (s View) node(l *widget.Line, r signerRow, on scene.Stage) {
	st, e := on.Look.Styles, s.nodeAt(r)
	mark := st.Standing(e.Standing)
	l.Add(theme.Style{}, safe.Spaces(4))
	l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	title := safe.LineMax(model.EntryTitle(e), on.Room.W)
	l.Add(st.Text, title)
	if place := s.place(r); place != "" {
		room := on.Room.W - widget.Width(l.Left) - mark.Word.Width() - 5
		l.Add(st.Quiet, safe.Format("  %s", safe.LineMax(place, max(room, 1))))
	}
	if widget.Width(l.Left)+mark.Word.Width()+3 <= on.Room.W {
		l.End(mark.Style, safe.Format("  %s ", mark.Word))
	}
}

// place is what a node of a row hangs on, "" for the image that is open.
func (s View) place(r signerRow) string {
	at := s.groups[r.group].rows[r.node]
	row, platform := s.of.Outline[at], s.of.Facts[at].Platform
	if row.Entry.Node.Platform != "" || row.Parent < 0 {
		return ""
	}
	above := s.of.Outline[row.Parent].Entry
	if kind := above.Node.Kind; row.Parent == 0 || kind == model.KindIndex || kind == model.KindImage {
		return platform
	}
	return "on " + model.EntryTitle(above)
}
