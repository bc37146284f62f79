package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// slsaRules are the conditions for provenance. One and the same provenance must meet all of them.
func (c *court) slsaRules() []rule {
	var rules []rule
	if least := c.rules.level; least > 0 {
		rules = append(rules, rule{id: "slsa-level", wants: fmt.Sprintf("SLSA build level %d or higher", least), judge: c.reachesLevel})
	}
	if len(c.rules.sources) > 0 {
		rules = append(rules, rule{id: "slsa-source", wants: "built from " + strings.Join(c.rules.sources, " or "), judge: c.fromSource})
	}
	if len(c.rules.builders) > 0 {
		rules = append(rules, rule{id: "slsa-builder", wants: "built by " + c.rules.builderNames(), judge: c.byBuilder})
	}
	return rules
}

// reachesLevel asks for the level of a trusted node, as the verifier assessed it. What is only covered has no signer
// whose level could count: it is provenance that exists, which is level 1.
func (c *court) reachesLevel(e *model.Entry) (model.RequirementStatus, string) {
	level, why := 0, "nothing judged it"
	if assessed := model.EntrySLSA(e); assessed != nil && trusted(e) {
		level, why = assessed.Level, assessed.Reason
	} else if coveredByTrusted(e) {
		level, why = 1, "nobody signed the provenance itself"
	}
	if level < c.rules.level {
		return notMet, fmt.Sprintf("SLSA level mismatch: required %d, found %d%s.", c.rules.level, level, because(strings.TrimSuffix(why, ".")))
	}
	return met, fmt.Sprintf("The provenance reaches SLSA build level %d.", level)
}

// fromSource compares every repository that the certificate and the provenance name. What only the client of a builder
// says is no evidence for the policy, but must not contradict.
func (c *court) fromSource(e *model.Entry) (model.RequirementStatus, string) {
	p, ok := predicate.Plain(e.Attestation.Predicate).(predicate.Provenance)
	if !ok || !trusted(e) {
		return notMet, "The provenance is not signed itself, so that its source is anybody's word."
	}
	var sources []string
	proven := extension(e, "sourceRepositoryURI")
	if proven != "" {
		sources = append(sources, proven)
	}
	if p.Repository != "" {
		sources = append(sources, p.Repository)
	}
	if len(sources) == 0 || proven == "" && p.SourceByClient {
		return notMet, "The provenance does not prove its source. Expected " + strings.Join(c.rules.sources, " or ") + "."
	}
	for _, source := range sources {
		if !slices.Contains(c.rules.sources, canonicalSource(source)) {
			return notMet, fmt.Sprintf("Source mismatch: required %s, found %s.", strings.Join(c.rules.sources, " or "), source)
		}
	}
	return met, "It was built from " + canonicalSource(sources[0]) + "."
}

// byBuilder compares the builder that is proven: the workflow that the certificate names, or for a key the builder that
// its holder may state.
func (c *court) byBuilder(e *model.Entry) (model.RequirementStatus, string) {
	p, ok := predicate.Plain(e.Attestation.Predicate).(predicate.Provenance)
	if !ok || !trusted(e) || e.Report.Signer == nil {
		return notMet, "The provenance is not signed itself, so that its builder is anybody's word."
	}
	workflow, commit := extension(e, "buildSignerURI"), extension(e, "buildSignerDigest")
	for _, b := range c.rules.builders {
		name, _, _ := strings.Cut(workflow, "@")
		switch {
		case b.Workflow == "" && b.ID == p.BuilderID && b.Signer == e.Report.Signer.Name && e.Report.Signer.Kind == model.SignerKey:
			return met, "It was built by " + b.ID + "."
		case b.Workflow == "" || b.Workflow != name:
		case b.Ref != "" && workflow == b.Workflow+"@"+b.Ref, b.Commit != "" && commit == b.Commit:
			return met, "It was built by " + workflow + "."
		}
	}
	found := workflow
	if e.Report.Signer.Kind == model.SignerKey {
		found = p.BuilderID
	}
	if found == "" {
		return notMet, "The provenance does not prove its builder. Expected " + c.rules.builderNames() + "."
	}
	return notMet, fmt.Sprintf("Builder mismatch: required %s, found %s.", c.rules.builderNames(), found)
}

// builderNames lists the builders for a sentence.
func (r rules) builderNames() string {
	var list []string
	for _, b := range r.builders {
		list = append(list, b.Name)
	}
	return strings.Join(list, " or ")
}

// extension is a value of the proven signer's certificate.
func extension(e *model.Entry, name string) string {
	if e.Report == nil || e.Report.Signer == nil || e.Report.Signer.Kind != model.SignerCertificate {
		return ""
	}
	for _, x := range e.Report.Signer.Extensions {
		if x.Name == name {
			return x.Value
		}
	}
	return ""
}

// summaryRule is the condition for a verification summary: that it passed, and that its signer may speak for its
// verifier, about this image (slsa.dev/spec/v1.2/verification_summary).
func (c *court) summaryRule() rule {
	return rule{id: "vsa-verifier", wants: "passed, by a verifier that its signer may speak for", judge: func(e *model.Entry) (model.RequirementStatus, string) {
		p, ok := predicate.Plain(e.Attestation.Predicate).(predicate.VSA)
		switch {
		case !ok || !trusted(e) || e.Report.Signer == nil:
			return notMet, "The verification summary is not signed by anybody who is trusted."
		case p.Result != "PASSED":
			return notMet, fmt.Sprintf("The verification summary says %q and not PASSED.", p.Result)
		}
		for _, pair := range c.rules.verifiers {
			if pair.signer != e.Report.Signer.Name || pair.verifier != p.Verifier {
				continue
			}
			if !c.isResource(pair, p.Resource) {
				return notMet, fmt.Sprintf("The verification summary is about the resource %q.", p.Resource)
			}
			return met, fmt.Sprintf("It passed, says %s.", p.Verifier)
		}
		return notMet, fmt.Sprintf("%s is not listed as one who may speak for the verifier %s.", sentence(strings.TrimPrefix(bySigner(e.Report.Signer), " by ")), p.Verifier)
	}}
}

// isResource compares a summary's resourceUri: exactly with the one in the file, else with the image's own name.
func (c *court) isResource(pair verifierRule, resource string) bool {
	if pair.resource != "" {
		return resource == pair.resource
	}
	repository, _, found := strings.Cut(c.tree.Reference, "@")
	if !found || repository == "" {
		return false
	}
	for _, scheme := range []string{"https://", "docker://", "oci://"} {
		resource = strings.TrimPrefix(resource, scheme)
	}
	resource, _, _ = strings.Cut(resource, "@")
	if colon := strings.LastIndex(resource, ":"); colon > strings.LastIndex(resource, "/") {
		resource = resource[:colon]
	}
	return resource == repository
}
