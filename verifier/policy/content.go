package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

const (
	met    = model.RequirementMet
	notMet = model.RequirementNotMet
)

// names are what families are called in a sentence.
var names = map[string]string{
	string(model.FamilyProvenance): "SLSA provenance", string(model.FamilySBOM): "SBOM attestation",
	string(model.FamilySCAI): "SCAI attestation", string(model.FamilyVuln): "vulnerability scan",
	string(model.FamilyVEX): "VEX attestation", string(model.FamilyVSA): "verification summary",
}

func withArticle(what string) string {
	if strings.HasPrefix(what, "SLSA") {
		return what
	}
	for _, vowel := range []string{"SBOM", "SCAI", "attest"} {
		if strings.HasPrefix(what, vowel) {
			return "an " + what
		}
	}
	return "a " + what
}

// demandFor is everything that the file asks of a family or of a predicate type.
func (c *court) demandFor(of string) demand {
	d := demand{of: of, what: names[of]}
	family := model.Family(of)
	if d.what == "" {
		d.what = "attestation of type " + of
		family = model.FamilyOf(of)
	}
	switch family {
	case model.FamilySBOM:
		d.covered = true
	case model.FamilyProvenance:
		// As a family its level is judged too, and says of what is only covered that it is level 1.
		d.covered = c.rules.level < 2 || of == string(family)
	case model.FamilySignature, model.FamilySCAI, model.FamilyVuln, model.FamilyVEX, model.FamilyVSA, model.FamilyOther:
	}
	switch model.Family(of) {
	case model.FamilySBOM:
		d.rules = append(d.rules, c.sbomRules()...)
	case model.FamilySCAI:
		d.latest = c.speaksOfScan
		d.rules = append(d.rules, c.scaiRules()...)
	case model.FamilyVuln:
		d.rules = append(d.rules, scanRule())
	case model.FamilyVSA:
		d.rules = append(d.rules, c.summaryRule())
	case model.FamilyProvenance:
		d.rules = append(d.rules, c.slsaRules()...)
	case model.FamilySignature, model.FamilyVEX, model.FamilyOther:
	}
	for _, age := range c.rules.ages {
		if age.of == of {
			d.rules = append(d.rules, c.ageRule(age, c.dates))
		}
	}
	return d
}

// inconsistent is why the content of a statement is not what was signed for, "" if it is. A signer is trusted for the
// outer type: another one inside of it was not what anybody was trusted for. Where the exact type is asked for, its
// content need not be of a kind that is decoded here.
func inconsistent(e *model.Entry, exact bool) string {
	a := e.Attestation
	if a == nil || a.Statement == nil || a.Predicate == nil {
		return "cannot be read."
	}
	family := model.FamilyOf(a.Statement.PredicateType)
	if nested := a.Nested; nested != nil {
		switch {
		case model.FamilyOf(nested.PredicateType) != family || family == model.FamilyOther && nested.PredicateType != a.Statement.PredicateType:
			return fmt.Sprintf("holds a statement of another type, %s.", nested.PredicateType)
		case !sameSubjects(a.Statement, nested), e.Node.Subject != "" && !nested.Names(e.Node.Subject):
			return "holds a statement that is about another digest."
		}
	}
	for _, f := range a.Predicate.Findings() {
		switch f.ID {
		case model.FindingDuplicateKey:
			return "has a key twice, so that programs disagree about what it says."
		case model.FindingUnexpectedShape:
			return "does not have the content that its type promises."
		}
	}
	if p := predicate.Plain(a.Predicate); !exact && (p.Family() != family || isOpaque(p)) {
		return "has content that cannot be read here."
	}
	return ""
}

// sameSubjects reports whether a nested statement is about everything that the outer one is about.
func sameSubjects(outer, nested *model.Statement) bool {
	for _, subject := range outer.Subjects {
		if !slices.ContainsFunc(subject.Digests, func(d model.NamedDigest) bool {
			return nested.Names(model.Digest(d.Algorithm + ":" + d.Value))
		}) {
			return false
		}
	}
	return true
}

// isOpaque reports whether the content of a predicate could not be decoded.
func isOpaque(p model.Predicate) bool {
	_, opaque := p.(predicate.Opaque)
	return opaque
}

func (c *court) sbomRules() []rule {
	least := c.rules.packages
	if least == nil {
		return nil
	}
	return []rule{{id: "sbom-packages", wants: "at least " + model.Counted(*least, "package"), judge: func(e *model.Entry) (model.RequirementStatus, string) {
		s, ok := predicate.Plain(e.Attestation.Predicate).(predicate.SBOM)
		switch {
		case !ok:
			return notMet, "The SBOM cannot be read."
		case s.Packages < *least:
			return notMet, fmt.Sprintf("The SBOM lists %s; at least %d required.", model.Counted(s.Packages, "package"), *least)
		}
		return met, fmt.Sprintf("The SBOM lists %s.", model.Counted(s.Packages, "package"))
	}}}
}

// scanRule refuses a vulnerability scan in which nothing was scanned: it looks like one that found nothing.
func scanRule() rule {
	return rule{id: "vuln-result", wants: "a result of the scan", judge: func(e *model.Entry) (model.RequirementStatus, string) {
		v, ok := predicate.Plain(e.Attestation.Predicate).(predicate.Vuln)
		switch {
		case !ok || v.Empty:
			return notMet, "The vulnerability scan holds no result, which is not the same as nothing found."
		case v.Unread:
			return notMet, "The vulnerability scan has a result of a form that is not known."
		case v.Unfinished:
			return notMet, "The scanner says that it did not finish, which is not the same as nothing found."
		}
		return met, fmt.Sprintf("The scan has %s.", model.Counted(v.Count, "finding"))
	}}
}

// ageRule bounds the age of a node: since it was signed, and since the dates that it bears. dates may be nil.
func (c *court) ageRule(age ageRule, dates func(*model.Entry) []string) rule {
	return rule{id: "max-age", wants: fmt.Sprintf("%s not older than %s", age.of, age.text), judge: func(e *model.Entry) (model.RequirementStatus, string) {
		oldest, why := c.oldest(e, dates)
		what := names[age.of]
		switch {
		case age.of == string(model.FamilySignature):
			what = "signature"
		case what == "":
			what = "attestation"
		}
		day := oldest.UTC().Format(time.DateOnly)
		switch {
		case why != "":
			return notMet, fmt.Sprintf("The age of the %s is not known: %s.", what, why)
		case oldest.After(c.now.Add(skew)):
			return notMet, fmt.Sprintf("The %s is dated %s, which is in the future. Is the clock right?", what, day)
		case c.now.Sub(oldest) > age.max:
			return notMet, fmt.Sprintf("The %s is of %s, which is %d days ago; at most %s allowed.", what, day, int(c.now.Sub(oldest).Hours())/24, age.text)
		}
		return met, fmt.Sprintf("The %s is of %s.", what, day)
	}}
}

// skew is how far clocks may differ.
const skew = 5 * time.Minute

// oldest is the earliest of the attested signing time and the dates in the content. A fresh signature does not make old
// content new, and old bytes cannot say that they are new.
func (c *court) oldest(e *model.Entry, dates func(*model.Entry) []string) (oldest time.Time, why string) {
	r := e.Report
	var said []string
	if dates != nil {
		said = dates(e)
	}
	if e.Standing.Verdict == model.Covered {
		// The signature is of what contains it, and says only that the bytes are not younger.
		if len(said) == 0 {
			return oldest, "it carries no signature of its own and no date"
		}
		by := c.tree.Entry(e.Standing.CoveredBy)
		if by == nil {
			return oldest, "what covers it is not there"
		}
		r = by.Report
	}
	if r == nil || r.SignedAt.IsZero() {
		return oldest, "its signature has no attested time"
	}
	oldest = r.SignedAt
	for _, s := range said {
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return oldest, fmt.Sprintf("its date %q cannot be read", s)
		}
		if t.Before(oldest) {
			oldest = t
		}
	}
	return oldest, ""
}

// dates are those that a predicate bears, as written.
func (c *court) dates(e *model.Entry) []string {
	var out []string
	add := func(dates ...string) {
		for _, date := range dates {
			if date != "" {
				out = append(out, date)
				return // the first that is there: the end of something before its beginning
			}
		}
	}
	switch p := predicate.Plain(e.Attestation.Predicate).(type) {
	case predicate.Provenance:
		add(p.Finished, p.Started)
	case predicate.SBOM:
		add(p.Created)
	case predicate.Vuln:
		add(p.Finished, p.Started)
	case predicate.VEX:
		add(p.Timestamp)
	case predicate.VSA:
		add(p.Time)
	case predicate.SCAI:
		for _, a := range p.Attributes {
			if a.Scan != nil {
				add(a.Scan.Date)
			}
		}
	}
	return out
}
