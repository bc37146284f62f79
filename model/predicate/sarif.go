package predicate

import (
	"slices"

	"github.com/tidwall/gjson"
)

// sarifRule is what a rule says of the results that it leads to.
type sarifRule struct{ id, level, score string }

// sarifRules are the rules of a run: of the tool itself, and of its extensions, where some tools have them all (SARIF
// 2.1.0 sections 3.18.3 and 3.19.23).
type sarifRules struct {
	byID    map[string]sarifRule
	byIndex [][]sarifRule // of the tool, then of each extension
}

func readRules(tool gjson.Result) sarifRules {
	rules := sarifRules{byID: map[string]sarifRule{}}
	read := func(component gjson.Result) {
		var list []sarifRule
		eachOf(component.Get("rules"), func(r gjson.Result) {
			rule := sarifRule{
				text(r, "id"), first(known(text(r, "defaultConfiguration.level")), "warning"), scored(str(r.Get("properties.security-severity"))),
			}
			if rule.id != "" {
				rules.byID[rule.id] = rule
			}
			list = append(list, rule)
		})
		rules.byIndex = append(rules.byIndex, list)
	}
	read(tool.Get("driver"))
	eachOf(tool.Get("extensions"), read)
	return rules
}

// of is the rule of a result: by its id, else by its place (SARIF 2.1.0 section 3.52).
func (rules sarifRules) of(result gjson.Result) sarifRule {
	if rule, known := rules.byID[anyText(result, "ruleId", "rule.id")]; known {
		return rule
	}
	component := 0
	if i, ok := number(result, "rule.toolComponent.index"); ok {
		component = i + 1
	}
	for _, path := range []string{"ruleIndex", "rule.index"} {
		i, ok := number(result, path)
		if ok && component >= 0 && component < len(rules.byIndex) && i >= 0 && i < len(rules.byIndex[component]) {
			return rules.byIndex[component][i]
		}
	}
	return sarifRule{level: "warning"}
}

// countResults counts the results of a SARIF run by their level: their own, else that of their rule, else "warning"
// (SARIF 2.1.0 section 3.27.10). What passed, does not apply or is no longer there is no finding (sections 3.27.9 and
// 3.27.24), and what somebody suppressed is counted apart (section 3.35).
func (v *Vuln) countResults(run gjson.Result) {
	rules := readRules(run.Get("tool"))
	eachOf(run.Get("invocations"), func(i gjson.Result) { // section 3.20.14
		ended := i.Get("executionSuccessful")
		v.Unfinished = v.Unfinished || ended.Exists() && ended.Type != gjson.True
	})
	v.each(run.Get("results"), func(result gjson.Result) { // absent where nobody looked, section 3.14.23
		switch text(result, "kind") {
		case "pass", "notApplicable", "informational":
			return
		}
		if text(result, "baselineState") == "absent" {
			return
		}
		rule := rules.of(result)
		name := func(result gjson.Result) string { return nameResult(result, rule.id) }
		if suppressed(result) {
			v.beside(besideIgnored, rule.score, result, name)
			return
		}
		level := first(known(text(result, "level")), rule.level)
		if rule.score == "" {
			v.count(level, result, name)
			return
		}
		v.scored(level, rule.score, result, name)
	})
}

// scored counts a result that has a severity beside its level, which is about code.
func (v *Vuln) scored(level, severity string, result gjson.Result, name func(gjson.Result) string) {
	if v.ByScore == nil {
		v.ByScore = map[string]int{}
	}
	v.ByScore[severity]++
	v.BySeverity[level]++
	v.Count++
	v.list(severity, result, name)
}

// suppressed reports whether somebody decided that a result does not count: not while that is under review or rejected
// (SARIF 2.1.0 section 3.35.3).
func suppressed(result gjson.Result) (yes bool) {
	eachOf(result.Get("suppressions"), func(s gjson.Result) {
		status := text(s, "status")
		yes = yes || status == "" || status == "accepted"
	})
	return yes
}

// known is level if SARIF has it, "" otherwise.
func known(level string) string {
	if slices.Contains(levels, level) {
		return level
	}
	return ""
}

// levels are those of SARIF results (SARIF 2.1.0 section 3.27.10), the gravest first.
var levels = []string{"error", "warning", "note", "none"}
