package audit

import "strings"

// written is what an entry says that it allows.
func written(a Allowance, skill bool) string {
	scope := a.Key()
	if a.Code == "" && a.RuleID == "" {
		scope = "category " + scope
	}
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
	return a.Code + ", on every tool"
}

// never says why an entry can match nothing whatever is found, "" if it can.
func never(a Allowance, skill bool) string {
	switch {
	case skill && a.RuleID == "" && a.Category == "":
		return "the skill scanner looks at rule_id and category, and not at a code"
	case skill:
		return ""
	case a.Code == "":
		return "the MCP scan looks at the code, and not at a rule or category"
	case legacy.MatchString(a.Code):
		return a.Code + " is a code of an earlier scanner, which this one never reports"
	case halfSub.MatchString(a.Code):
		return "a sub-technique has three numbers (AISubtech-X.Y.Z), and its technique is written AITech-X.Y"
	}
	return ""
}
