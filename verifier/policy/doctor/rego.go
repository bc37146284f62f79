package doctor

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/pointer"
	"github.com/attestree/attestree/verifier/policy/rego"
)

// maxFile is how long one file may take on all attestations and their copies together. Each evaluation has a bound of its
// own.
const maxFile = 30 * time.Second

var errFile = fmt.Errorf("the whole file took longer than %s", maxFile)

// rego holds a Rego file against the attestations that it is about.
func (e *examiner) rego(ctx context.Context, f File) []diagnosis.Rule {
	ctx, cancel := context.WithTimeoutCause(ctx, maxFile, errFile)
	defer cancel()
	p, err := rego.Parse(ctx, f.Name, f.Data)
	if err != nil {
		return []diagnosis.Rule{unreadable(err)}
	}
	decisions := p.Decisions()
	about := aboutFile(p, f.Name)
	if len(decisions) == 0 {
		return []diagnosis.Rule{{
			Rule: "package " + p.Package, Line: 1, Result: diagnosis.Unsupported, Diagnosis: about,
			Message: "There is no rule in it that a tool asks for: allow, deny, violation or isCompliant.",
		}}
	}
	chosen := e.choose(p)
	var rules []diagnosis.Rule
	for _, d := range decisions {
		rules = append(rules, e.decision(ctx, p, d, chosen)...)
	}
	rules[0].Diagnosis = append(about, rules[0].Diagnosis...)
	rules = append(rules, missingDecision(p)...)
	e.proposeRego(ctx, p, chosen, rules)
	return rules
}

func unreadable(err error) diagnosis.Rule {
	r := diagnosis.Rule{Rule: "file", Result: diagnosis.Unsupported, Message: "It is not evaluated: " + err.Error() + "."}
	var problem *rego.Problem
	if errors.As(err, &problem) {
		r.Line = problem.Line
	}
	return r
}

// decision judges one decision on every attestation that was chosen.
func (e *examiner) decision(ctx context.Context, p *rego.Policy, d rego.Decision, chosen choice) []diagnosis.Rule {
	if len(chosen.subjects) == 0 {
		r := diagnosis.Rule{Rule: d.Name, Line: d.Line, Result: diagnosis.Undefined, Message: "The image has no attestation that it could be judged on."}
		if chosen.absent != "" {
			r.Message = fmt.Sprintf("The image has no attestation of type %s.", chosen.absent)
			r.Diagnosis = append(r.Diagnosis, e.absentType(chosen.absent)...)
		}
		return []diagnosis.Rule{r}
	}
	var rules []diagnosis.Rule
	byType := map[string]map[diagnosis.Result]bool{}
	for _, s := range chosen.subjects {
		for _, o := range outcomes(ctx, p, d, s, e) {
			r := ruleOf(o, s)
			unparsed(&r, p, d)
			r.Diagnosis = append(aboutOutcome(o, s), r.Diagnosis...)
			if byType[s.kind] == nil {
				byType[s.kind] = map[diagnosis.Result]bool{}
			}
			byType[s.kind][o.Result] = true
			rules = append(rules, r)
		}
	}
	if d.Tool == rego.ToolCosign {
		oneBreaksAll(rules, byType)
	}
	for _, platform := range chosen.bare {
		rules = append(rules, diagnosis.Rule{
			Rule: d.Name, Line: d.Line, Result: diagnosis.Undefined,
			Message: fmt.Sprintf("%s has no attestation that it could be judged on, and those of others say nothing about it.", sentence(platform)),
		})
	}
	return rules
}

// oneBreaksAll says of what is met that another attestation of the same type is not.
func oneBreaksAll(rules []diagnosis.Rule, byType map[string]map[diagnosis.Result]bool) {
	for _, results := range byType {
		if !results[diagnosis.Met] || len(results) < 2 {
			continue
		}
		for i := range rules {
			if rules[i].Result == diagnosis.Met {
				rules[i].Diagnosis = append(rules[i].Diagnosis, warning("one-breaks-all",
					"cosign verify-attestation fails as soon as one attestation of the type does not pass, although this one does"))
			}
		}
		return
	}
}

// outcomes judges one decision on one attestation.
func outcomes(ctx context.Context, p *rego.Policy, d rego.Decision, s subject, e *examiner) []rego.Outcome {
	statement := s.statement()
	switch {
	case s.problem != "":
		return []rego.Outcome{{Decision: d, Line: d.Line, Result: diagnosis.Undefined, Message: "It is not judged on this: " + s.problem + "."}}
	case statement == nil:
		return []rego.Outcome{{Decision: d, Line: d.Line, Result: diagnosis.Undefined, Message: "The statement cannot be read."}}
	}
	return p.Judge(ctx, d, statement, e.options.Now)
}

// ruleOf is an outcome in the words of the model. On what the reader does not trust nothing is met.
func ruleOf(o rego.Outcome, s subject) diagnosis.Rule {
	r := diagnosis.Rule{
		Rule: o.Decision.Name, Line: o.Line, Result: o.Result, Expression: o.Expression,
		Node: s.id(), Trusted: s.trusted, Message: o.Message,
	}
	for _, read := range o.Reads {
		shown := diagnosis.Read{Path: read.Text(), Missing: read.Missing != nil}
		if !shown.Missing {
			shown.Found = pointer.Show(read.Values)
		}
		r.Reads = append(r.Reads, shown)
	}
	if len(r.Reads) > 0 {
		r.Path, r.Found, r.Missing = r.Reads[0].Path, r.Reads[0].Found, r.Reads[0].Missing
	}
	distrust(&r)
	return r
}

// distrust turns what is met on a node that the reader does not trust into what would be met.
func distrust(r *diagnosis.Rule) {
	if r.Result == diagnosis.Met && !r.Trusted {
		r.Result, r.WouldBe = diagnosis.NotMet, true
		r.Message = strings.TrimSuffix(r.Message, ".") + ", but nobody whom you trust signed it."
	}
}

// unparsed turns what would be met, were it not that the tool which asks for it cannot read the file, into what is not.
func unparsed(r *diagnosis.Rule, p *rego.Policy, d rego.Decision) {
	if d.Tool == rego.ToolNone || p.Version != rego.V1 || p.Also || r.Result != diagnosis.Met && !r.WouldBe {
		return
	}
	r.Result, r.WouldBe = diagnosis.NotMet, false
	r.Message = strings.TrimSuffix(r.Message, ".") + fmt.Sprintf(", but %s does not parse it, and lets nothing pass.", d.Tool)
}

// missingDecision is the answer to the question that a tool asks of every policy in its package, where it is not there.
func missingDecision(p *rego.Policy) []diagnosis.Rule {
	asked := map[string]struct {
		rule string
		tool rego.Tool
	}{"signature": {"allow", rego.ToolCosign}, "sigstore": {"isCompliant", rego.ToolController}}
	ask, found := asked[p.Package]
	if !found || slices.ContainsFunc(p.Decisions(), func(d rego.Decision) bool { return d.Rule == ask.rule }) {
		return nil
	}
	return []diagnosis.Rule{{
		Rule: "data." + p.Package + "." + ask.rule, Line: 1, Result: diagnosis.Undefined,
		Message: fmt.Sprintf("It is not defined; %s asks for it in this package, and for nothing else.", ask.tool),
	}}
}

// aboutFile is what is to be said of a Rego file whatever the image is.
func aboutFile(p *rego.Policy, name string) []diagnosis.Finding {
	var list []diagnosis.Finding
	if ext := filepath.Ext(name); ext != ".rego" {
		list = append(list, refusedByCosign(ext))
	}
	decisions := p.Decisions()
	has := func(rule string) bool {
		return slices.ContainsFunc(decisions, func(d rego.Decision) bool { return d.Rule == rule })
	}
	tool := p.Package == "signature" || p.Package == "sigstore"
	switch {
	case p.Package == "sigstore" && !has("isCompliant"):
		list = append(list, mistake("nobody-asks",
			"no tool asks for this: policy-controller asks for isCompliant in package sigstore, cosign for allow in package signature"))
	case p.Package == "signature" && !has("allow"):
		list = append(list, mistake("nobody-asks", "cosign asks for allow in package signature, and never looks at deny"))
	case !tool && has("isCompliant"):
		list = append(list, mistake("nobody-asks", "policy-controller asks for isCompliant in package sigstore, and not in package "+p.Package))
	}
	switch {
	case p.Version == rego.V0:
		list = append(list, remark("rego-v0", "it is written in Rego v0: OPA 1.0 and later refuse it unless told otherwise (--v0-compatible); cosign takes it"))
	case tool && !p.Also:
		list = append(list, mistake("rego-v1", "it is written in Rego v1, which cosign and policy-controller do not parse; with \"import rego.v1\" they do"))
	}
	if text, line := p.DeniesAllOthers(); text != "" {
		list = append(list, warning("any-other-denies", fmt.Sprintf(
			"line %d refuses whatever is not %q: each further attribute, another outcome and another kind of scan is refused as well", line, text)))
	}
	return list
}

// aboutOutcome is what is to be said of one outcome: that it fails open, and where what it looks for may be.
func aboutOutcome(o rego.Outcome, s subject) []diagnosis.Finding {
	var list []diagnosis.Finding
	if o.FailsOpen {
		list = append(list, mistake("fails-open", o.Decision.Name+" lets pass what it could not look at: whoever leaves the field out is let through"))
	}
	if o.Decision.Asked == rego.AskTrue && o.Decision.Set {
		list = append(list, mistake("allow-is-a-set", o.Decision.Name+" is a set, which is never true: it lets nothing pass"))
	}
	if o.FailsOpen && len(o.Reads) == 0 {
		list = append(list, warning("reads-nothing", o.Decision.Name+" lets pass whatever the statement says: it reads nothing of it that could be followed"))
	}
	if o.Unfollowed != "" {
		list = append(list, warning("not-followed", "what "+o.Decision.Name+" reads is lost sight of at "+o.Unfollowed+"; name the fields one by one, and it can be judged"))
	}
	statement := s.statement()
	for _, r := range o.Reads {
		if o.Result == diagnosis.Met && r.Missing == nil && len(r.Values) == 0 {
			list = append(list, remark("nothing-compared", r.Text()+" is an empty list, so that nothing was compared with it"))
		}
	}
	for _, r := range o.Reads[:o.Decisive] {
		if r.Missing == nil {
			continue
		}
		list = append(list, aboutHole(r, statement, s)...)
	}
	return list
}

func aboutHole(r rego.Read, statement map[string]any, s subject) []diagnosis.Finding {
	switch {
	case r.Root == "data":
		return []diagnosis.Finding{mistake("data-not-given", r.Text()+" would have to be given to the policy beside the statement, and is not")}
	case len(r.Path) > 0 && r.Path[0].Key == "authorityMatches":
		return []diagnosis.Finding{mistake("other-input", "it reads policy-controller's summary of all authorities, and not a statement; that is not evaluated here")}
	}
	found, ok := suggest(statement, s.nested, r.Path)
	switch {
	case !ok:
		return nil
	case found.path == nil:
		return []diagnosis.Finding{mistake(found.id, fmt.Sprintf("%s leads nowhere: %s", r.Text(), found.why))}
	}
	return []diagnosis.Finding{mistake(found.id, fmt.Sprintf("%s leads nowhere: %s; %s does", r.Text(), found.why, found.path.Text("input", "_")))}
}

// absentType is said where no attestation has a type that a policy names, and a similar one may be meant.
func (e *examiner) absentType(wanted string) []diagnosis.Finding {
	similar := e.similarType(wanted)
	if similar == "" {
		return nil
	}
	return []diagnosis.Finding{mistake("similar-type", fmt.Sprintf(
		"no attestation is of type %s; one is of the similar type %s: is that meant?", wanted, similar))}
}

// similarType is the predicate type of an attestation of this image that may have been meant by another, "" for none.
func (e *examiner) similarType(wanted string) string {
	base, _ := model.SplitVersion(wanted)
	family := model.FamilyOf(wanted)
	best, rank := "", 0
	for _, s := range e.subjects {
		other, _ := model.SplitVersion(s.kind)
		score := 0
		switch {
		case s.kind == wanted:
			return ""
		case other == base:
			score = 3
		case family != model.FamilyOther && model.FamilyOf(s.kind) == family:
			score = 2
		case near(base, other):
			score = 1
		}
		if s.trusted {
			score *= 2
		}
		if score > rank {
			best, rank = s.kind, score
		}
	}
	return best
}
