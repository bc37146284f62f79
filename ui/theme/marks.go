package theme

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// Check is how the status of one step of the ladder is shown.
func (s *Styles) Check(status model.CheckStatus) Mark {
	m := Mark{Glyph: s.Glyphs.nobody, Word: safe.Line(status.String()), Style: s.Quiet}
	switch status {
	case model.CheckPassed:
		m.Glyph, m.Style = s.Glyphs.Check, s.Good
	case model.CheckFailed:
		m.Glyph, m.Style = s.Glyphs.Error, s.verdicts[model.Invalid].Style
	case model.CheckSkipped:
		m.Glyph = s.Glyphs.Dash
	case model.CheckUnchecked:
	}
	return m
}

// Lookup is how the end of a look-up is shown. Whatever may have left something unseen asks for attention.
func (s *Styles) Lookup(status model.LookupStatus) Mark {
	m := Mark{Glyph: s.Glyphs.unavailable, Word: safe.Line(string(status)), Style: s.Warning}
	switch status {
	case model.LookupFound:
		m.Glyph, m.Style = s.Glyphs.Bullet, s.Text
	case model.LookupNone, model.LookupUnsupported:
		m.Glyph, m.Style = s.Glyphs.Bullet, s.Quiet
	case model.LookupDenied, model.LookupTruncated, model.LookupFailed:
	}
	return m
}

// Requirement is how one thing that the policy asks for is shown. What was not judged is not met.
func (s *Styles) Requirement(status model.RequirementStatus) Mark {
	m := Mark{Glyph: s.Glyphs.nobody, Word: safe.Const("not judged"), Style: s.Quiet}
	switch status {
	case model.RequirementMet:
		m = Mark{Glyph: s.Glyphs.Check, Word: safe.Const("met"), Style: s.Good}
	case model.RequirementNotMet:
		m = Mark{Glyph: s.Glyphs.Error, Word: safe.Const("not met"), Style: s.Bad}
	case model.RequirementUnknown:
	}
	return m
}

// Severity is how a finding's severity is shown.
func (s *Styles) Severity(severity model.Severity) Mark {
	m := Mark{Glyph: s.Glyphs.Warning, Word: safe.Line(string(severity)), Style: s.Warning}
	switch severity {
	case model.SeverityInfo:
		m.Glyph, m.Style = s.Glyphs.Info, s.Quiet
	case model.SeverityError:
		m.Glyph, m.Style = s.Glyphs.Error, s.Bad
	case model.SeverityWarning:
	}
	return m
}
