package ui

import (
	"cmp"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// view draws the visible rows.
func (s bySignerScene) view(on stage) []string {
	b := drawer(on.room.w, on.look.styles)
	if s.of == nil {
		return explain(b, on.room, on.look.styles, "Reading who signed what.")
	}
	var out []string
	from, to := s.window.Visible()
	for i := from; i < to; i++ {
		selected, row := i == s.window.Cursor(), theme.Style{}
		if selected {
			row = on.look.selection()
		}
		var l line
		l.add(on.look.styles.Marker, on.look.marker(selected))
		if r := s.rows[i]; r.node < 0 {
			s.group(&l, s.groups[r.group], on)
		} else {
			s.node(&l, r, on)
		}
		out = append(out, l.draw(b, row))
	}
	return out
}

// group is who it is, how far that is known, and what came out for what they signed.
func (s bySignerScene) group(l *line, g signerGroup, on stage) {
	st := on.look.styles
	fold := st.Glyphs.Expanded
	if s.folded[g.identityKey] {
		fold = st.Glyphs.Collapsed
	}
	l.add(st.Quiet, safe.Concat(fold, safe.Spaces(1)))
	who, style := safe.LineMax(cmp.Or(g.subject, g.fingerprint, g.key, "somebody without a name"), on.room.w), st.Strong
	switch g.standing {
	case signedProven:
		l.add(st.Good, safe.Concat(st.Glyphs.Check, safe.Spaces(1)))
		if g.signer.Name != "" {
			l.add(st.Strong, safe.Format("%s  ", safe.LineMax(g.signer.Name, on.room.w/3)))
			style = st.Quiet
		}
	case signedClaimed:
		l.add(st.Warning, safe.Format("%s claimed, not proven: ", st.Glyphs.Warning))
		style = st.Claim
	case signedUnchecked:
		who, style = safe.Const("signed by somebody, not checked yet"), st.Quiet
	case signedByNobody:
		who, style = safe.Const("no signature of its own"), st.Quiet
	}
	if g.signer != nil && mixed(*g.signer) {
		l.add(st.Warning, safe.Const("mixed scripts: "))
	}
	tallies := line{}
	for i, n := range g.counts {
		if n > 0 {
			mark := st.Verdict(verdictOrder[i], model.Trusted)
			tallies.add(mark.Style, safe.Format(" %s%s", mark.Glyph, safe.Int(n)))
		}
	}
	room := on.room.w - width(l.left) - width(tallies.left) - 3
	l.add(style, who.TruncateMiddle(max(room, 4)))
	for _, p := range tallies.left {
		l.end(p.Style, p.Text)
	}
	l.end(theme.Style{}, safe.Spaces(1))
}

// node is a node under its signer, with the platform that it belongs to.
func (s bySignerScene) node(l *line, r signerRow, on stage) {
	st, e := on.look.styles, s.nodeAt(r)
	mark := st.Standing(e.Standing)
	l.add(theme.Style{}, safe.Spaces(4))
	l.add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	title := safe.LineMax(model.EntryTitle(e), on.room.w)
	l.add(st.Text, title)
	if platform := s.of.facts[s.groups[r.group].rows[r.node]].Platform; platform != "" && e.Node.Platform == "" {
		l.add(st.Quiet, safe.Format("  %s", safe.LineMax(platform, on.room.w)))
	}
	if width(l.left)+mark.Word.Width()+3 <= on.room.w {
		l.end(mark.Style, safe.Format("  %s ", mark.Word))
	}
}
