package widget

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Notice is a sentence behind its sign.
func Notice(st *theme.Styles, severity model.Severity, text string, cells int) Line {
	m := st.Severity(severity)
	var l Line
	l.Add(m.Style, safe.Format("%s%s ", safe.Spaces(TableMargin), m.Glyph))
	l.Add(st.Text, safe.LineMax(text, cells))
	return l
}

// Remarks lists findings.
func (s *Sheet) Remarks(findings []model.Finding) {
	for _, f := range findings {
		mark := s.Styles.Severity(f.Severity)
		lead := mark.Glyph
		for _, t := range Paragraph(f.Message, s.Width-2) {
			var l Line
			l.Add(mark.Style, lead.PadRight(2))
			l.Add(s.Styles.Text, t)
			s.Add(l)
			lead = safe.Text{}
		}
	}
}

// Proof is the style of what was, or was not, verified.
func (s *Sheet) Proof(done bool) theme.Style {
	if done {
		return s.Styles.Text
	}
	return s.Styles.Claim
}
