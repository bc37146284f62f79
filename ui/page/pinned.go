package page

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Pinned is an entry in a few rows, or in full.
func Pinned(sheet *widget.Sheet, t model.TrustedSigner, full bool) {
	s := writer{sheet}
	mark, word := s.Styles.Glyphs.Check, safe.Const("on")
	style := s.Styles.Good
	if !t.Enabled {
		mark, word, style = s.Styles.Glyphs.Dash, safe.Const("off"), s.Styles.Quiet
	}
	var l widget.Line
	l.Add(style, safe.Concat(mark, safe.Spaces(1), word).PadRight(6))
	l.Add(s.Styles.Strong, safe.LineMax(t.Name, s.Width))
	l.End(s.Styles.Quiet, safe.Format("  %s %s %s ", safe.LineMax(shortKind(t.Kind), s.Width), s.Styles.Glyphs.Bullet, safe.LineMax(t.Origin, s.Width)))
	s.Add(l)
	if full {
		s.trusted(t)
		return
	}
	s.Sentence(identity(t), s.Styles.Text, 6)
	s.Sentence(limits(t), s.Styles.Quiet, 6)
	if mixedEntry(t) {
		s.Sentence("mixes letters of several scripts: it may only look like the name you know", s.Styles.Warning, 6)
	}
	for _, f := range t.Findings {
		mark := s.Styles.Severity(f.Severity)
		s.Entry(safe.Concat(safe.Spaces(4), mark.Glyph), f.Message, "", mark.Style, 0, 6)
	}
}
