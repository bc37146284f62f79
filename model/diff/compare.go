package diff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Compare says what is different.
func Compare(before, after Side) Report {
	r := Report{Before: before, After: after, Notes: notes(before, after)}
	r.image()
	for _, p := range pairs(before.Nodes, after.Nodes) {
		switch {
		case p.before == nil:
			r.gained(p.after)
		case p.after == nil:
			r.lost(p.before)
		default:
			r.node(p.before, p.after)
		}
	}
	r.allowances()
	r.vulnerabilities()
	if before.Packages != nil && after.Packages != nil {
		r.Packages = comparePackages(before.Packages, after.Packages)
	}
	r.settle()
	return r
}

// settle puts the changes in the order of their areas, and those that ask for a look first in each.
func (r *Report) settle() {
	slices.SortStableFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(slices.Index(Areas, a.Area), slices.Index(Areas, b.Area)), cmp.Compare(rank(a.Weight), rank(b.Weight)))
	})
}

func rank(w Weight) int {
	switch w {
	case Worse:
		return 0
	case Look:
		return 1
	case Better:
		return 2
	case Neutral:
	}
	return 3
}

func (r *Report) add(c Change) { r.Changes = append(r.Changes, c) }

// notes are what limits a comparison.
func notes(before, after Side) (notes []string) {
	if before.Judged != after.Judged {
		notes = append(notes, "one side was only listed: verdicts and signers are not compared")
	} else if before.Trust != after.Trust && before.Judged {
		notes = append(notes, "the sides were judged by different trust (policy, signers or trusted roots), so verdicts can differ for that alone")
	}
	for _, s := range []Side{before, after} {
		if n := len(s.Unseen); n > 0 {
			notes = append(notes, fmt.Sprintf("%s: not everything could be looked at (%s), so what seems to be lost may be there", s.Name, s.Unseen[0]+more(n-1)))
		}
		if s.Saved {
			notes = append(notes, s.Name+" is a saved report: it has no packages, no vulnerabilities and no reasons of allowed issues to compare")
		}
		if n := len(s.ScansUnread); n > 0 {
			notes = append(notes, fmt.Sprintf("%s: what may be a scan could not be read, or proves little (%s), so vulnerabilities may be there that are not seen", s.Name, s.ScansUnread[0]+more(n-1)))
		}
		for _, n := range s.Notes {
			notes = append(notes, s.Name+": "+n)
		}
	}
	for _, pair := range [][2]Side{{before, after}, {after, before}} {
		if without, with := pair[0], pair[1]; without.Vulnerabilities == nil && with.Vulnerabilities != nil && !without.Saved {
			notes = append(notes, without.Name+" has no scan that could be read, so vulnerabilities are not compared")
		}
	}
	once := notes[:0] // both sides may be of one name
	for _, n := range notes {
		if !slices.Contains(once, n) {
			once = append(once, n)
		}
	}
	return once
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// image compares what is so of the whole.
func (r *Report) image() {
	a, b := r.Before, r.After
	if a.Digest != b.Digest {
		r.add(Change{Area: AreaImage, Way: Changed, Weight: Neutral, What: "digest", Before: string(a.Digest), After: string(b.Digest)})
	}
	for _, p := range a.Platforms {
		if !slices.Contains(b.Platforms, p) {
			r.add(Change{Area: AreaImage, Way: Lost, Weight: Look, What: "platform", Before: p})
		}
	}
	for _, p := range b.Platforms {
		if !slices.Contains(a.Platforms, p) {
			r.add(Change{Area: AreaImage, Way: Gained, Weight: Neutral, What: "platform", After: p})
		}
	}
	if !a.Judged || !b.Judged {
		return
	}
	if a.Policy != b.Policy {
		r.add(Change{Area: AreaVerdict, Way: Changed, Weight: policyWeight(a.Policy, b.Policy), What: "policy", Before: a.Policy, After: b.Policy})
	}
	if a.Verdict != b.Verdict {
		r.add(verdictChange("the image", a.Verdict, b.Verdict, b.Reason))
	}
}

func policyWeight(before, after string) Weight {
	switch {
	case before == "" || after == "":
		return Look
	case after == PolicySatisfied:
		return Better
	}
	return Worse
}

// The words of Side.Policy.
const (
	PolicySatisfied    = "satisfied"
	PolicyNotSatisfied = "not satisfied"
)

// standings are the verdicts, the better ones first. What covers is as good as itself, but for the content.
var standings = []string{
	"trusted", "covered (trusted)", "valid", "covered (valid)", "untrusted", "covered (untrusted)", "unsigned",
	"unverifiable", "unavailable", "invalid",
}

func verdictChange(what, before, after, reason string) Change {
	c := Change{Area: AreaVerdict, Way: Changed, Weight: Look, What: what, Before: before, After: after}
	a, b := slices.Index(standings, before), slices.Index(standings, after)
	switch {
	case a >= 0 && b < 0:
		c.Weight = Worse // a word that nobody knows is no verdict
	case a < 0:
	case a < b:
		c.Way, c.Weight = Lowered, Worse
	default:
		c.Way, c.Weight = Raised, Better
	}
	if reason != "" && c.Weight != Better {
		c.After += ": " + reason
	}
	return c
}

func (r *Report) gained(n *Node) {
	c := Change{Area: AreaAttachment, Way: Gained, Weight: Neutral, What: name(n), After: said(n), AfterID: n.ID}
	if len(r.Before.Unseen) > 0 {
		c.Way = Unseen
	}
	r.add(c)
}

func (r *Report) lost(n *Node) {
	c := Change{Area: AreaAttachment, Way: Lost, Weight: Worse, What: name(n), Before: said(n), BeforeID: n.ID}
	if len(r.After.Unseen) > 0 {
		c.Way, c.Weight = Unseen, Look
	}
	r.add(c)
}

// name is a node with the platform that it is about.
func name(n *Node) string {
	if n.Platform == "" {
		return n.Title
	}
	return n.Title + " · " + n.Platform
}

// said is how a node stood, and who signed it.
func said(n *Node) string {
	return strings.Trim(n.Verdict+" · "+n.Signer.text(), " ·")
}

// node compares two nodes that stand in each other's place.
func (r *Report) node(a, b *Node) {
	add := func(c Change) {
		c.What, c.BeforeID, c.AfterID = name(b), a.ID, b.ID
		r.add(c)
	}
	if r.Before.Judged && r.After.Judged {
		if a.Verdict != b.Verdict {
			add(verdictChange("", a.Verdict, b.Verdict, b.Reason))
		}
		signerChange(a, b, add)
		if a.Level != b.Level {
			add(levelChange(a.Level, b.Level))
		}
	}
	facts(a, b, add)
	for _, id := range b.Findings {
		if !slices.Contains(a.Findings, id) {
			add(Change{Area: AreaFinding, Way: Gained, Weight: Worse, After: id})
		}
	}
	for _, id := range a.Findings {
		if !slices.Contains(b.Findings, id) {
			add(Change{Area: AreaFinding, Way: Lost, Weight: Better, Before: id})
		}
	}
}

// signerChange tells another tag of the same workflow, which every release has, from another ref, and that from another
// signer: one whom nobody trusts is a change for the worse, however well the signature holds.
func signerChange(before, after *Node, add func(Change)) {
	a, b := before.Signer, after.Signer
	if a == b {
		return
	}
	c := Change{Area: AreaSigner, Way: Changed, Weight: Look, Before: a.text(), After: b.text(), Proven: a.Proven && b.Proven}
	switch {
	case a.text() == "":
		c.Way = Gained
	case b.text() == "":
		c.Way, c.Weight = Lost, Worse
	case a.who() == b.who() && a.Proven == b.Proven && a.Subject == b.Subject && a.Subject != "":
		return // a certificate is issued anew for every signature
	case a.who() == b.who() && a.Proven == b.Proven:
		c.Detail = "ref"
		if a.tagged() && b.tagged() {
			c.Weight = Neutral
		}
	case a.Issuer != b.Issuer:
		c.Before, c.After = a.issued(), b.issued()
		fallthrough
	default:
		if before.stands() && b.Proven && !after.trusted() { // of who is only claimed, the verdict says enough
			c.Weight = Worse
		}
	}
	add(c)
}

// trusted reports whether somebody whom the reader trusts stands behind a node.
func (n *Node) trusted() bool { return n.Verdict == "trusted" || n.Verdict == "covered (trusted)" }

// stands reports whether a node was as good as it can be where nobody is pinned.
func (n *Node) stands() bool {
	return n.trusted() || n.Verdict == "valid" || n.Verdict == "covered (valid)"
}

func levelChange(a, b int) Change {
	c := Change{Area: AreaLevel, Way: Raised, Weight: Better, Before: level(a), After: level(b)}
	if b < a {
		c.Way, c.Weight = Lowered, Worse
	}
	return c
}

func level(n int) string {
	if n < 0 {
		return "none"
	}
	return fmt.Sprintf("L%d", n)
}

// facts compares what two nodes say, key by key.
func facts(a, b *Node, add func(Change)) {
	theirs := map[string]Fact{}
	for _, f := range b.Facts {
		theirs[f.Key] = f
	}
	for _, f := range a.Facts {
		after := theirs[f.Key]
		delete(theirs, f.Key)
		if c, differs := f.change(after); differs {
			add(c)
		}
	}
	for _, f := range b.Facts {
		if after, left := theirs[f.Key]; left {
			if c, differs := (Fact{Key: f.Key, Proven: f.Proven}).change(Fact{Value: after.Value, Proven: after.Proven}); differs {
				add(c)
			}
		}
	}
}
