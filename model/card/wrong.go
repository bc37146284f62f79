package card

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// wrong lists what does not hold and what a reader ought to look at, the gravest first.
func (s *scope) wrong() []Line {
	out := s.unmet()
	s.tree.Walk(func(e *model.Entry) {
		if e.Standing.Verdict == model.Invalid && e != s.root && s.concerns(e) { // of the image itself, the answer says it
			l := line(Wrong, "invalid", model.EntryTitle(e), Checked, e)
			l.Severity, l.Note = model.SeverityError, e.Standing.Reason
			out = append(out, l)
		}
	})
	out = append(out, s.disagreeing()...)
	out = append(out, s.remarks()...)
	slices.SortStableFunc(out, func(a, b Line) int {
		return cmp.Or(cmp.Compare(urgency(a), urgency(b)), cmp.Compare(grave(b.Severity), grave(a.Severity)))
	})
	return out
}

// urgency puts the policy first and what is invalid next; then what is said of what counts, then what anybody may have
// attached.
func urgency(l Line) int {
	switch {
	case l.ID == "policy":
		return 0
	case l.ID == "invalid":
		return 1
	case l.Node == "", l.Verdict == model.Trusted, l.Verdict == model.Valid, l.Verdict == model.Covered:
		return 2
	}
	return 3
}

func grave(s model.Severity) int {
	switch s {
	case model.SeverityError:
		return 2
	case model.SeverityWarning:
		return 1
	case model.SeverityInfo:
	}
	return 0
}

// unmet is what the policy asks for and is not there.
func (s *scope) unmet() (out []Line) {
	policy := s.facts.Policy
	if policy == nil || policy.Satisfied {
		return nil
	}
	add := func(text, note, node string) {
		l := line(Wrong, "policy", "the policy is not met: "+text, Checked, s.tree.Entry(node))
		l.Severity, l.Note = model.SeverityError, note
		out = append(out, l)
	}
	for _, r := range policy.Requirements {
		if r.Status != model.RequirementMet {
			add(r.Wants, r.Message, r.Node)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, reason := range policy.Reasons {
		add(reason, "", "")
	}
	return out
}

// remarks are the findings of warning and above, each once with how many nodes have it. What is invalid says nothing.
func (s *scope) remarks() (out []Line) {
	count := map[string]int{}
	note := func(e *model.Entry, f model.Finding) {
		if f.Severity == model.SeverityInfo {
			return
		}
		key := f.ID + "\x00" + f.Message
		if count[key]++; count[key] > 1 {
			for i := range out {
				if out[i].ID == f.ID && out[i].Text == f.Message {
					out[i].Note = fmt.Sprintf("%d times", count[key])
				}
			}
			return
		}
		l := line(Wrong, f.ID, f.Message, Checked, e)
		l.Severity = f.Severity
		if e != nil && e != s.root {
			l.Note = model.EntryTitle(e)
		}
		out = append(out, l)
	}
	if s.whole() {
		for _, f := range s.tree.Notes {
			note(nil, f)
		}
	}
	s.tree.Walk(func(e *model.Entry) {
		if e.Standing.Verdict == model.Invalid && e != s.root || !s.concerns(e) {
			return
		}
		for _, f := range model.EntryFindings(e) {
			note(e, f)
		}
	})
	return out
}

// disagreeing are provenances that name another source than the one that is shown, where nothing proven tells which of
// them is right: against what is proven, the tree itself compares.
func (s *scope) disagreeing() (out []Line) {
	shown, p := s.provenance()
	if shown == nil || proof(shown) != nil {
		return nil
	}
	for _, e := range s.found(model.FamilyProvenance) {
		other, _, ok := decoded[predicate.Provenance](e)
		if !ok || e == shown || len(e.Cross) > 0 || sameOrigin(p.Origin(), other.Origin()) {
			continue
		}
		l := line(Wrong, "provenances-disagree", fmt.Sprintf("two provenances name different sources: %s and %s",
			sourceText(p.Repository, "", p.Commit), sourceText(other.Repository, "", other.Commit)), Checked, e)
		l.Severity, l.Note = model.SeverityWarning, model.EntryTitle(e)
		out = append(out, l)
	}
	return out
}

func sameOrigin(a, b model.Origin) bool {
	return (a.Repository == "" || b.Repository == "" || model.SameRepository(a.Repository, b.Repository)) &&
		(a.Commit == "" || b.Commit == "" || a.Commit == b.Commit)
}
