package audit

import (
	"regexp"
	"strings"
)

// rulebook is the allowances of one scan as the scanner holds them: those of the spec and the global list together.
type rulebook struct {
	skill  bool
	byCode map[string]Allowance // MCP: the last of equal codes; the server's own before the global list
	list   []Allowance          // skill: the first that fits counts; the global list stands before the skill's own
}

func newRulebook(skill bool, own, global []Allowance) rulebook {
	r := rulebook{skill: skill, byCode: map[string]Allowance{}}
	for _, list := range [][]Allowance{global, own} {
		for _, a := range list {
			if a.Code != "" {
				r.byCode[a.Code] = a
			}
		}
	}
	r.list = append(append(r.list, global...), own...)
	return r
}

// allowing is the entry that lets an issue through, by the scanner's own rules.
func (r rulebook) allowing(i Issue) (Allowance, bool) {
	if r.skill {
		return r.allowingSkill(i)
	}
	for _, code := range codes(i) {
		if a, found := r.byCode[code]; found && code != "" {
			return a, true
		}
	}
	return Allowance{}, false
}

// allowingSkill is the first entry that has the finding's rule or its category. An entry that has both lets through what
// has either.
func (r rulebook) allowingSkill(i Issue) (Allowance, bool) {
	for _, a := range r.list {
		if a.RuleID != "" && a.RuleID == i.Rule || a.Category != "" && a.Category == i.Category {
			return a, true
		}
	}
	return Allowance{}, false
}

// codes are what an issue of an MCP scan is looked up by, in order: the sub-technique, its technique, the technique as
// reported, and the group of that. So a technique allows its sub-techniques, and never the reverse.
func codes(i Issue) []string {
	out := []string{i.Subtechnique}
	if m := subtechnique.FindStringSubmatch(i.Subtechnique); m != nil {
		out = append(out, "AITech-"+m[1]+"."+m[2])
	}
	out = append(out, i.Technique)
	if rest, is := strings.CutPrefix(i.Technique, "AITech-"); is {
		group, _, _ := strings.Cut(rest, ".")
		out = append(out, "AITech-"+group)
	}
	return out
}

var (
	subtechnique = regexp.MustCompile(`^AISubtech-(\d+)\.(\d+)\.(\d+)$`)
	technique    = regexp.MustCompile(`^AITech-(\d+)\.(\d+)$`)
	group        = regexp.MustCompile(`^AITech-(\d+)$`)
	halfSub      = regexp.MustCompile(`^AISubtech-(\d+)(\.\d+)?$`)
	legacy       = regexp.MustCompile(`^(W001|TF002)$`)
)
