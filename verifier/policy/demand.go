package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
)

// demand is what is asked of one family or predicate type.
type demand struct {
	of      string // as in the file
	what    string // in a sentence, with its article
	covered bool   // bytes inside something that a trusted signer vouches for are enough
	// latest says that of several trusted ones the latest decides, and an older, better one does not help. They are those
	// for which it is true.
	latest func(*model.Entry) bool
	rules  []rule // in the order in which they are judged
}

// rule is one condition that a node must meet.
type rule struct {
	id, wants string
	// judge says whether the node meets it, and in one sentence by what, or what is missing.
	judge func(*model.Entry) (model.RequirementStatus, string)
}

func (d demand) claims(e *model.Entry) bool {
	claimed := claimedType(e)
	if slices.Contains(families, d.of) {
		return claimed != "" && model.FamilyOf(claimed) == model.Family(d.of)
	}
	return claimed == d.of
}

// verdict is how far a node, or several of them, came at one place.
type verdict struct {
	lines []finding
	met   bool
	found bool // something of that kind is there
	bound bool // a trusted one decides here, whatever there is elsewhere
}

// demand asks for one thing: on the root, or else on every platform.
func (c *court) demand(d demand) []finding {
	root := c.judgeAt(c.root, d)
	if root.met || root.bound || len(c.platforms) == 0 {
		return root.lines
	}
	var lines []finding
	all, some := true, false
	for _, p := range c.platforms {
		v := c.judgeAt(p, d)
		lines = append(lines, v.lines...)
		all, some = all && v.met, some || v.found
	}
	if all || some && !root.found {
		return lines
	}
	return root.lines
}

// judgeAt asks for it at one place: the node that meets most decides. Where the latest decides, all that are equally
// late must meet everything.
func (c *court) judgeAt(p place, d demand) verdict {
	var nodes, late []*model.Entry
	for _, e := range p.entries {
		if d.claims(e) {
			nodes = append(nodes, e)
			if d.latest != nil && trusted(e) && d.latest(e) {
				late = append(late, e)
			}
		}
	}
	if len(nodes) == 0 {
		return verdict{lines: c.missing(p, d)}
	}
	if late = latest(late); len(late) > 0 {
		v := c.choose(p, d, late, func(a, b int) bool { return a < b })
		v.bound = true
		return v
	}
	return c.choose(p, d, nodes, func(a, b int) bool { return a > b })
}

// latest are those that were signed last, and those of which that is not known.
func latest(nodes []*model.Entry) []*model.Entry {
	var last time.Time
	for _, e := range nodes {
		if e.Report.SignedAt.After(last) {
			last = e.Report.SignedAt
		}
	}
	return slices.DeleteFunc(nodes, func(e *model.Entry) bool {
		return !e.Report.SignedAt.IsZero() && e.Report.SignedAt.Before(last)
	})
}

// choose judges every node and gives the lines of one: of that which met the most, or the least, as better says.
func (c *court) choose(p place, d demand, nodes []*model.Entry, better func(a, b int) bool) verdict {
	var chosen verdict
	var by *model.Entry
	score := 0
	for _, e := range nodes {
		v, met := c.judgeNode(p, d, e)
		if by == nil || better(met, score) || met == score && c.closer(e, by) {
			chosen, by, score = v, e, met
		}
	}
	return chosen
}

// judgeNode holds one node against everything. What comes after a condition that it does not meet is not judged.
func (c *court) judgeNode(p place, d demand, e *model.Entry) (verdict, int) {
	v := verdict{met: true, found: true}
	met := 0
	for _, r := range append([]rule{c.presence(d)}, d.rules...) {
		line := c.line(p, r, e)
		if !v.met {
			line.Status, line.Message, line.consequence = model.RequirementUnknown, "Not judged, because of what is said above.", true
		}
		v.met = v.met && line.Status == model.RequirementMet
		if v.met {
			met++
		}
		v.lines = append(v.lines, line)
	}
	return v, met
}

// line judges one condition.
func (c *court) line(p place, r rule, e *model.Entry) finding {
	status, message := r.judge(e)
	return finding{Requirement: model.Requirement{
		ID: r.id, Wants: r.wants, Status: status, Node: e.Node.ID, On: p.digest, Message: message,
	}}
}

// missing is the answer where nothing of that kind is attached.
func (c *court) missing(p place, d demand) []finding {
	first := c.presence(d)
	message := fmt.Sprintf("%s has no %s. %s required.", p.what, d.what, sentence(d.what))
	why := c.notSeen(p)
	for _, below := range c.platforms {
		if why == "" && p.digest == c.root.digest {
			why = c.notSeen(below) // it could have been there as well
		}
	}
	if why != "" {
		message = fmt.Sprintf("It is not known whether %s has %s: %s.", lower(p.what), withArticle(d.what), why)
	}
	lines := []finding{{Requirement: model.Requirement{
		ID: first.id, Wants: first.wants, Status: model.RequirementNotMet, On: p.digest, Message: message,
	}}}
	for _, r := range d.rules {
		lines = append(lines, finding{consequence: true, Requirement: model.Requirement{
			ID: r.id, Wants: r.wants, On: p.digest, Message: "Not judged, because of what is said above.",
		}})
	}
	return lines
}

// presence is the first condition: that it is there, that somebody trusted vouches for it, and that it is what it says.
func (c *court) presence(d demand) rule {
	wants := withArticle(d.what) + " by a trusted signer"
	if d.covered {
		wants = withArticle(d.what) + " that a trusted signer signed or covers"
	}
	return rule{id: d.of, wants: wants, judge: func(e *model.Entry) (model.RequirementStatus, string) {
		what := fmt.Sprintf("The %s %s", d.what, e.Node.Digest.Short())
		if e.Node.Digest == "" {
			what = "The " + d.what
		}
		covered := d.covered && coveredByTrusted(e)
		if !trusted(e) && !covered {
			return model.RequirementNotMet, what + " " + distrust("signed", e)
		}
		if why := inconsistent(e, !slices.Contains(families, d.of)); why != "" {
			return model.RequirementNotMet, what + " " + why
		}
		if covered {
			return model.RequirementMet, what + " is unchanged since a trusted signer signed what contains it."
		}
		return model.RequirementMet, what + " is signed" + bySigner(e.Report.Signer) + "."
	}}
}
