package audit

import (
	"slices"
	"strings"
)

// written is what an entry says that it allows.
func written(a Allowance, skill bool) string {
	var keys []string
	for _, key := range []string{a.Code, a.RuleID} {
		if key != "" {
			keys = append(keys, key)
		}
	}
	if a.Category != "" {
		keys = append(keys, "category "+a.Category)
	}
	scope := strings.Join(keys, ", ")
	switch {
	case a.Tool != "":
		return scope + " on the tool " + a.Tool
	case skill:
		return scope
	}
	return scope + " (no tool named)"
}

// applied is what the scanner makes of an entry.
func applied(a Allowance, skill bool) string {
	if why := never(a, skill); why != "" {
		return "nothing: " + why
	}
	if skill {
		switch {
		case a.RuleID != "" && a.Category != "":
			return "every finding of the rule " + a.RuleID + ", and every finding of every rule in the category " + a.Category + ", in every file"
		case a.RuleID != "":
			return "every finding of the rule " + a.RuleID + ", in every file"
		default:
			return "every finding of every rule in the category " + a.Category + ", in every file"
		}
	}
	switch number := strings.TrimPrefix(a.Code, "AITech-"); {
	case group.MatchString(a.Code):
		return "every technique AITech-" + number + ".* and all their sub-techniques, on every tool"
	case technique.MatchString(a.Code):
		return a.Code + " and every AISubtech-" + number + ".*, on every tool"
	}
	if odd(a, skill) {
		return "what is reported as exactly " + a.Code + ", on every tool"
	}
	return a.Code + ", on every tool"
}

// odd reports whether a code is none of the taxonomy's, which writes AITech-X, AITech-X.Y and AISubtech-X.Y.Z. Nothing
// keeps a scanner from reporting it all the same.
func odd(a Allowance, skill bool) bool {
	return !skill && a.Code != "" && !group.MatchString(a.Code) && !technique.MatchString(a.Code) && !subtechnique.MatchString(a.Code)
}

// patterned reports whether somebody wrote a pattern, which no scanner reads as one.
func patterned(keys ...string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return strings.ContainsAny(key, "*?[") })
}

// never says why an entry can match nothing whatever is found, "" if it can.
func never(a Allowance, skill bool) string {
	switch {
	case skill && a.RuleID == "" && a.Category == "":
		return "the skill scanner looks at rule_id and category, and not at a code"
	case skill && (a.RuleID == "" || patterned(a.RuleID)) && (a.Category == "" || patterned(a.Category)):
		return "the skill scanner compares whole names, and knows no patterns"
	case skill:
		return ""
	case a.Code == "":
		return "the MCP scan looks at the code, and not at a rule or category"
	case patterned(a.Code):
		return "the scan compares whole codes, and knows no patterns"
	case legacy.MatchString(a.Code):
		return a.Code + " is a code of an earlier scanner, which this one never reports"
	case halfSub.MatchString(a.Code):
		return "a sub-technique has three numbers (AISubtech-X.Y.Z), and its technique is written AITech-X.Y"
	}
	return ""
}
