package policy

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// speaksOfScan reports whether a report says anything of what is asked: the attribute itself, or another outcome of the
// same scan. One that cannot be read may say anything.
func (c *court) speaksOfScan(e *model.Entry) bool {
	s, ok := predicate.Plain(e.Attestation.Predicate).(predicate.SCAI)
	if !ok || s.More || inconsistent(e, false) != "" || c.rules.scai == nil {
		return true
	}
	for _, a := range s.Attributes {
		if a.Attribute == c.rules.scai.attribute || sameScan(a, c.rules.scai.attribute) {
			return true
		}
	}
	return false
}

// sameScan reports whether an attribute is an outcome of the scan that the wanted attribute is an outcome of.
func sameScan(a predicate.Attribute, wanted string) bool {
	return a.Scan != nil && strings.HasPrefix(wanted, a.Scan.Subject+"_SECURITY_SCAN_")
}

// scaiRules are the conditions for an SCAI report. Without a rule in the file, no scan in it may have ended badly.
func (c *court) scaiRules() []rule {
	want := c.rules.scai
	if want == nil {
		return []rule{{id: "scai-attribute", wants: "attributes, and no scan that did not pass", judge: scaiUnasked}}
	}
	rules := []rule{{id: "scai-attribute", wants: want.attribute, judge: want.asserted}}
	if want.maxBlocking != nil {
		rules = append(rules, rule{
			id: "scai-blocking", wants: "at most " + model.Counted(*want.maxBlocking, "blocking issue"), judge: want.blocking,
		})
	}
	if want.minTools != nil {
		rules = append(rules, rule{id: "scai-tools", wants: "at least " + model.Counted(*want.minTools, "scanned tool"), judge: want.tools})
	}
	return rules
}

func scaiUnasked(e *model.Entry) (model.RequirementStatus, string) {
	s, ok := predicate.Plain(e.Attestation.Predicate).(predicate.SCAI)
	if !ok || len(s.Attributes) == 0 || s.More {
		return notMet, "The SCAI attestation asserts nothing that can be judged."
	}
	for _, a := range s.Attributes {
		if a.Scan != nil && a.Scan.Status != "PASSED" {
			return notMet, fmt.Sprintf("The SCAI attestation says %s.", a.Attribute)
		}
	}
	return met, fmt.Sprintf("The SCAI attestation asserts %s.", model.Counted(len(s.Attributes), "attribute"))
}

// attributes are those that the rule is about. why says what stands against them, "" if nothing does.
func (want *scaiRule) attributes(e *model.Entry) (found []predicate.Attribute, why string) {
	s, ok := predicate.Plain(e.Attestation.Predicate).(predicate.SCAI)
	if !ok || s.More {
		return nil, "The SCAI attestation cannot be read in full."
	}
	var others []string
	for _, a := range s.Attributes {
		switch {
		case a.Attribute == want.attribute:
			found = append(found, a)
		case sameScan(a, want.attribute):
			return nil, fmt.Sprintf("The SCAI attestation says %s; %s required.", a.Attribute, want.attribute)
		default:
			others = append(others, a.Attribute)
		}
	}
	if len(found) == 0 && len(others) == 0 {
		return nil, fmt.Sprintf("The SCAI attestation asserts nothing; %s required.", want.attribute)
	}
	if len(found) == 0 {
		return nil, fmt.Sprintf("The SCAI attestation does not assert %s, but %s.", want.attribute, strings.Join(others, ", "))
	}
	return found, ""
}

func (want *scaiRule) asserted(e *model.Entry) (model.RequirementStatus, string) {
	if _, why := want.attributes(e); why != "" {
		return notMet, why
	}
	return met, "The SCAI attestation asserts " + want.attribute + "."
}

func (want *scaiRule) blocking(e *model.Entry) (model.RequirementStatus, string) {
	found, why := want.attributes(e)
	most := 0
	for _, a := range found {
		if a.Scan == nil || !a.Scan.HasBlocking || a.Scan.Blocking < 0 {
			return notMet, "The SCAI attestation does not say how many issues block."
		}
		most = max(most, a.Scan.Blocking)
	}
	switch {
	case why != "":
		return notMet, why
	case most > *want.maxBlocking:
		return notMet, fmt.Sprintf("The scan found %s; at most %d allowed.", model.Counted(most, "blocking issue"), *want.maxBlocking)
	}
	return met, fmt.Sprintf("The scan found %s.", model.Counted(most, "blocking issue"))
}

func (want *scaiRule) tools(e *model.Entry) (model.RequirementStatus, string) {
	found, why := want.attributes(e)
	if why != "" {
		return notMet, why
	}
	least := found[0]
	for _, a := range found {
		if a.Scan == nil || !a.Scan.HasTools {
			return notMet, "The SCAI attestation does not say how many tools were scanned."
		}
		if a.Scan.Tools < least.Scan.Tools {
			least = a
		}
	}
	if least.Scan.Tools < *want.minTools {
		return notMet, fmt.Sprintf("The scan looked at %s; at least %d required.", model.Counted(least.Scan.Tools, "tool"), *want.minTools)
	}
	return met, fmt.Sprintf("The scan looked at %s.", model.Counted(least.Scan.Tools, "tool"))
}
