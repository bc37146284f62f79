package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// noticed is a sentence behind its sign.
func noticed(st *theme.Styles, severity model.Severity, text string, cells int) line {
	m := st.Severity(severity)
	var l line
	l.add(m.Style, safe.Format("%s%s ", safe.Spaces(tableMargin), m.Glyph))
	l.add(st.Text, safe.LineMax(text, cells))
	return l
}

// remarks lists findings.
func (s *sheet) remarks(findings []model.Finding) {
	for _, f := range findings {
		mark := s.styles.Severity(f.Severity)
		lead := mark.Glyph
		for _, t := range paragraph(f.Message, s.width-2) {
			var l line
			l.add(mark.Style, lead.PadRight(2))
			l.add(s.styles.Text, t)
			s.add(l)
			lead = safe.Text{}
		}
	}
}

// proof is the style of what was, or was not, verified.
func (s *sheet) proof(done bool) theme.Style {
	if done {
		return s.styles.Text
	}
	return s.styles.Claim
}
