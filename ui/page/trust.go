package page

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Trust is whom a run trusts, and what the policy says of the tree by that.
type Trust struct {
	Signers []model.TrustedSigner
	Roots   []model.TrustRoot
	Policy  model.PolicyAnswer
	Judged  bool   // Policy is the answer for the tree as it is
	Again   bool   // everything is being judged again: Policy is by what was trusted before
	Problem string // why the policy file could not be read when it changed; "" when it could
}

// Pinned reports whether anybody decides.
func (t Trust) Pinned() bool { return len(t.Names()) > 0 }

// Names are those of the entries that decide.
func (t Trust) Names() []string {
	var names []string
	for _, s := range t.Signers {
		if s.Enabled {
			names = append(names, s.Name)
		}
	}
	return names
}

// Mark is whether the policy is satisfied, in words. What was not asked yet is no answer.
func (t Trust) Mark(s *theme.Styles) theme.Mark {
	switch {
	case t.Again:
		return theme.Mark{Glyph: s.Glyphs.Bullet, Word: safe.Const("judging again…"), Style: s.Quiet}
	case !t.Judged:
		return theme.Mark{Glyph: s.Glyphs.Bullet, Word: safe.Const("policy not judged yet"), Style: s.Quiet}
	case t.Policy.Satisfied:
		return theme.Mark{Glyph: s.Glyphs.Check, Word: safe.Const("policy satisfied"), Style: s.Good}
	case t.Policy.Path == "" && !t.Pinned():
		return theme.Mark{Glyph: s.Glyphs.Error, Word: safe.Const("policy not satisfied"), Style: s.Warning}
	}
	return theme.Mark{Glyph: s.Glyphs.Error, Word: safe.Const("policy not satisfied"), Style: s.Bad}
}
