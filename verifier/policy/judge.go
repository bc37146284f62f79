package policy

import (
	"fmt"
	"time"

	"github.com/attestree/attestree/model"
)

// Judge answers whether the image satisfies the policy (docs/policy.md). The tree must have been judged (Tree.Judge)
// with the file's own signers. name is what the person asked for; now is what ages are counted to. A file that asks for
// nothing but names signers is judged by the default policy. What is undefined, not judged or not known yet never
// satisfies, and an answer that is not satisfied always has a reason.
func (f *File) Judge(t *model.Tree, name string, now time.Time) model.PolicyAnswer {
	if f.rules.nothing() {
		answer := Default(t, name)
		answer.Path, answer.SHA256 = f.name, f.sum
		return answer
	}
	answer := model.PolicyAnswer{Path: f.name, SHA256: f.sum}
	root := t.Root()
	if root == nil {
		answer.Reasons = []string{fmt.Sprintf("%s was not found.", subject(name, model.Node{}))}
		return answer
	}
	if root.Node.Format.Signed() && !isFile(root.Node.Kind) {
		answer.Reasons = []string{notAboutAnything(t, root)}
		return answer
	}
	on := attached(t)
	c := &court{
		tree: t, now: now, rules: f.rules, complete: t.Found && t.Complete,
		root: rootPlace(t, root, name, on), platforms: platforms(t, root, name, on),
	}
	c.hear(&answer)
	return answer
}

// court is one run of Judge.
type court struct {
	tree      *model.Tree
	now       time.Time
	rules     rules
	complete  bool // everything is found and judged
	root      place
	platforms []place
}

// hear asks for one thing after the other, in the order of the file.
func (c *court) hear(answer *model.PolicyAnswer) {
	var lines []finding
	if c.rules.signature {
		lines = append(lines, c.signature()...)
	}
	for _, of := range c.rules.require {
		lines = append(lines, c.demand(c.demandFor(of))...)
	}
	answer.Satisfied = c.complete && len(lines) > 0
	for _, line := range lines {
		if !c.complete && line.Status == model.RequirementNotMet {
			line.Status = model.RequirementUnknown // what is missing may still come
		}
		answer.Requirements = append(answer.Requirements, line.Requirement)
		if line.Status == model.RequirementMet {
			continue
		}
		answer.Satisfied = false
		if !line.consequence {
			answer.Reasons = append(answer.Reasons, line.Message)
		}
	}
	if !c.complete {
		answer.Reasons = append(answer.Reasons, "Not everything has been found and verified.")
	}
	if n := c.unchecked(); c.complete && n > 0 {
		answer.Satisfied = false
		answer.Reasons = append(answer.Reasons, fmt.Sprintf("%d of what is attached was not verified, and could matter.", n))
	}
}

// finding is one line of the answer. A consequence was not judged because an earlier line failed: that one is the
// reason.
type finding struct {
	model.Requirement
	consequence bool
}

// unchecked counts what is attached to the root or to a platform and has no verdict.
func (c *court) unchecked() int {
	n := 0
	for _, p := range append([]place{c.root}, c.platforms...) {
		for _, e := range p.entries {
			if e.Standing.Verdict == model.Unchecked {
				n++
			}
		}
	}
	return n
}

// notSeen is why something may be attached to a place that was not seen, "" if all was.
func (c *court) notSeen(p place) string {
	for _, l := range c.tree.Lookups {
		if l.Subject == p.digest && l.Status.Incomplete() {
			return fmt.Sprintf("%s %s%s", l.Mechanism, l.Status, because(l.Detail))
		}
	}
	for _, e := range p.entries {
		if e.Standing.Verdict == model.Unavailable && e.Attestation == nil {
			return e.Node.Digest.Short() + " could not be had" + because(e.Standing.Reason)
		}
	}
	if c.tree.Err != nil {
		return c.tree.Err.Error()
	}
	return ""
}

// signature asks for a trusted signature of the root. Trusted provenance vouches for a digest too, but is none.
func (c *court) signature() []finding {
	line := model.Requirement{
		ID: string(model.FamilySignature), Wants: "a signature by a trusted signer", On: c.root.digest, Status: model.RequirementNotMet,
	}
	var best *model.Entry
	for _, e := range c.root.entries {
		if isSignature(e) && (best == nil || c.closer(e, best)) {
			best = e
		}
	}
	if best == nil {
		line.Message = c.root.what + " is not signed. Signature required."
		if why := c.notSeen(c.root); why != "" {
			line.Message = fmt.Sprintf("It is not known whether %s is signed: %s.", lower(c.root.what), why)
		}
		return []finding{{Requirement: line}}
	}
	line.Node = best.Node.ID
	if !trusted(best) {
		line.Message = fmt.Sprintf("%s %s Signature by a trusted signer required.", c.root.what, distrust("signed", best))
		return []finding{{Requirement: line}}
	}
	line.Status, line.Message = model.RequirementMet, c.root.what+" is signed"+bySigner(best.Report.Signer)+"."
	return append([]finding{{Requirement: line}}, c.signatureAge(best)...)
}

func (c *court) signatureAge(e *model.Entry) []finding {
	var lines []finding
	for _, age := range c.rules.ages {
		if age.of == string(model.FamilySignature) {
			lines = append(lines, c.line(c.root, c.ageRule(age, nil), e))
		}
	}
	return lines
}

// closer reports whether a is a better answer than b: trusted and the latest, or at least nearer to it. The order of
// nodes never decides.
func (c *court) closer(a, b *model.Entry) bool {
	x, y := nearness(a), nearness(b)
	switch {
	case x != y:
		return x > y
	case a.Report != nil && b.Report != nil && !a.Report.SignedAt.Equal(b.Report.SignedAt):
		return a.Report.SignedAt.After(b.Report.SignedAt)
	}
	return a.Node.ID < b.Node.ID
}

// nearness ranks nodes by how little they lack.
func nearness(e *model.Entry) int {
	if trusted(e) {
		return 9
	}
	switch e.Standing.Verdict {
	case model.Trusted:
		return 8
	case model.Covered:
		return 7
	case model.Valid:
		return 6
	case model.Untrusted:
		return 5
	case model.Unchecked:
		return 4
	case model.Unavailable:
		return 3
	case model.Unverifiable:
		return 2
	case model.Invalid:
		return 1
	case model.Unsigned:
	}
	return 0
}
