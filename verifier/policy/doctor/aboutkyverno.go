package doctor

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/kyverno"
	"github.com/attestree/attestree/verifier/policy/pointer"
)

// aboutKyverno is what is to be said of one outcome.
func (e *examiner) aboutKyverno(o kyverno.Outcome, image kyverno.Image) []diagnosis.Finding {
	var list []diagnosis.Finding
	if o.FailsOpen {
		list = append(list, mistake("fails-open", "Kyverno lets pass what this condition could not look at"))
	}
	if len(o.Unseen) > 0 && o.Result != diagnosis.Met {
		list = append(list, unseenBy(o))
	}
	if o.Rule.Format == kyverno.SigstoreBundle && image.Referrers > kyverno.MaxReferrers {
		list = append(list, mistake("kyverno-referrers", fmt.Sprintf(
			"the image has %d referrers; Kyverno reads no bundle of an image with more than %d", image.Referrers, kyverno.MaxReferrers)))
	}
	if o.Type != "" && o.Condition == nil && o.Node == "" && len(o.Unseen) == 0 {
		list = append(list, e.absentType(o.Type)...)
	}
	list = append(list, e.otherRoot(o)...)
	if o.ByAttestation {
		list = append(list, warning("attestation-for-signature",
			"with type SigstoreBundle Kyverno takes any bundle by the attestor for a signature of the image, and this one is an attestation"))
	}
	for _, r := range o.Reads {
		if r.Missing == nil {
			continue
		}
		list = append(list, e.aboutCondition(o, r)...)
	}
	return list
}

// publicGood is the trusted root of the instance that Kyverno knows by itself.
const publicGood = "public-good"

// otherRoot is said of what is met on a node that was verified under a root which Kyverno has to be given.
func (e *examiner) otherRoot(o kyverno.Outcome) []diagnosis.Finding {
	entry := e.tree.Entry(o.Node)
	if entry == nil || entry.Report == nil || o.Condition != nil || o.Result != diagnosis.Met && !o.WouldBe {
		return nil
	}
	root := entry.Report.TrustRoot
	unneeded := o.Attestor != nil && o.Attestor.Key != nil && o.Attestor.NoLog
	if root == "" || root == publicGood || unneeded {
		return nil
	}
	return []diagnosis.Finding{warning("kyverno-root", fmt.Sprintf(
		"it was verified under the trusted root %s; Kyverno knows the public Sigstore instance alone, unless the cluster has another set up for it", root))}
}

// unseenBy says that what is asked for is there, in a form that Kyverno does not look at with this type.
func unseenBy(o kyverno.Outcome) diagnosis.Finding {
	what := "a signature"
	if o.Type != "" {
		what = "an attestation of type " + o.Type
	}
	asBundle := slices.ContainsFunc(o.Unseen, func(n kyverno.Node) bool { return n.Bundle && n.Referrer })
	atTag := slices.ContainsFunc(o.Unseen, func(n kyverno.Node) bool { return !n.Bundle && n.AtTag })
	switch {
	case o.Rule.Format == kyverno.Cosign && asBundle:
		return mistake("kyverno-type", fmt.Sprintf(
			"the image has %s as a Sigstore bundle, as cosign 3 stores it; with type Cosign (the default) Kyverno looks only at cosign's tags: it needs type: SigstoreBundle", what))
	case o.Rule.Format == kyverno.SigstoreBundle && atTag:
		return mistake("kyverno-type", fmt.Sprintf(
			"the image has %s at one of cosign's tags; with type SigstoreBundle Kyverno looks only at bundles among the referrers: it needs type: Cosign", what))
	}
	return mistake("kyverno-unlisted", fmt.Sprintf(
		"there is %s where Kyverno never looks: it is neither listed in the registry nor at one of cosign's tags", what))
}

func (e *examiner) aboutCondition(o kyverno.Outcome, r kyverno.Read) []diagnosis.Finding {
	i := slices.IndexFunc(e.subjects, func(s subject) bool { return s.id() == o.Node })
	if i < 0 {
		return nil
	}
	s := e.subjects[i]
	found, ok := suggest(s.floats(), s.nested, append(pointer.Keys("predicate"), r.Path...))
	if !ok || len(found.path) < 2 {
		if len(r.Path) > 0 && r.Path[0].Key == "predicate" {
			return []diagnosis.Finding{mistake("predicate-is-root", r.Text()+" leads nowhere: Kyverno's paths begin inside the predicate")}
		}
		return nil
	}
	return []diagnosis.Finding{mistake(found.id, fmt.Sprintf("%s leads nowhere: %s; %s does", r.Text(), found.why, found.path[1:].Text("", "*")))}
}

// aboutRule says of a rule what holds whatever the image has, beside its first outcome.
func (e *examiner) aboutRule(r kyverno.Rule, rules []diagnosis.Rule) {
	at := slices.IndexFunc(rules, func(d diagnosis.Rule) bool { return d.Line >= r.Line })
	if at < 0 {
		at = len(rules) - 1
	}
	list := aboutLaxity(r)
	if r.Format == kyverno.SigstoreBundle {
		list = append(list, remark("kyverno-artifact-type", fmt.Sprintf(
			"Kyverno finds bundles by the artifactType in the registry's list, which need not be the manifest's, reads one layer of at most %d MB of each, and gives up beyond %d referrers",
			kyverno.MaxLayer/1000/1000, kyverno.MaxReferrers)))
	}
	for _, a := range r.Attestations {
		switch {
		case len(a.Attestors) > 0:
		case r.Format == kyverno.SigstoreBundle:
			list = append(list, mistake("nobody-named", "the attestation of type "+a.Type+
				" names no attestors, without whom Kyverno verifies no bundle: the rule lets nothing pass"))
		default:
			list = append(list, warning("nobody-named", "the attestation of type "+a.Type+" may be signed by anybody: it names no attestors"))
		}
	}
	for _, set := range everySet(r) {
		for _, a := range set.Entries {
			list = append(list, e.aboutAttestor(a, r.Format)...)
		}
	}
	rules[at].Diagnosis = append(rules[at].Diagnosis, unique(list)...)
}

// aboutNames says under which of its names the image is let pass, because no rule is about it, although one is under another.
func aboutNames(f *kyverno.File, image kyverno.Image) []diagnosis.Finding {
	var others []string
	for _, name := range image.References {
		if !slices.ContainsFunc(f.Rules, func(r kyverno.Rule) bool { return r.Concerns(name) }) {
			others = append(others, name)
		}
	}
	if len(others) == 0 || len(others) == len(image.References) {
		return nil
	}
	return []diagnosis.Finding{warning("by-another-name", fmt.Sprintf(
		"no rule is about %s: whoever names the image so is let pass; a pattern that ends in * and not in :* takes tags and digests", strings.Join(others, " or ")))}
}

// aboutLaxity is where a rule lets pass what it is about.
func aboutLaxity(r kyverno.Rule) []diagnosis.Finding {
	var list []diagnosis.Finding
	if r.Audit {
		list = append(list, warning("audit-only", "it only reports: with Audit Kyverno lets pass what is not met"))
	}
	if r.Optional {
		list = append(list, warning("not-required", "with required: false Kyverno does not insist that the image was verified"))
	}
	if r.LetsThrough {
		list = append(list, warning("failure-ignored", "with failurePolicy Ignore the cluster lets everything pass while Kyverno does not answer"))
	}
	if r.TagStays {
		list = append(list, warning("tag-stays",
			"with mutateDigest and verifyDigest false a tag is neither replaced by the digest that was verified nor refused: another image can be run under it"))
	}
	for _, set := range everySet(r) {
		for _, a := range set.Entries {
			list = append(list, aboutProof(a, r.Format)...)
		}
	}
	return list
}

// aboutProof is what becomes of an attestor who is asked for less than usual as a proof of when he signed.
func aboutProof(a kyverno.Attestor, f kyverno.Format) []diagnosis.Finding {
	why, reachable := a.Reachable(f)
	var list []diagnosis.Finding
	switch {
	case !reachable:
		return []diagnosis.Finding{mistake("matches-nobody", "Kyverno lets in nobody: "+why)}
	case a.NoLog && f == kyverno.SigstoreBundle && !a.NoSCT:
		list = append(list, warning("log-ignored", "with ignoreTlog alone Kyverno asks bundles for the timestamp of an authority, and the log's time does not count"))
	case a.NoLog:
		list = append(list, warning("log-ignored", "with ignoreTlog Kyverno asks for no entry in a transparency log; attestree asks for one unless your own policy says otherwise"))
	}
	if a.NoSCT && a.Key == nil {
		list = append(list, warning("sct-ignored", "with ignoreSCT Kyverno asks for no proof that the certificate was logged; attestree asks for one all the same"))
	}
	return list
}

// everySet is every set of attestors of a rule, those inside of others too.
func everySet(r kyverno.Rule) []kyverno.AttestorSet {
	list := slices.Clone(r.Attestors)
	for _, a := range r.Attestations {
		list = append(list, a.Attestors...)
	}
	for i := 0; i < len(list); i++ {
		for _, a := range list[i].Entries {
			if a.Nested != nil {
				list = append(list, *a.Nested)
			}
		}
	}
	return list
}

func unique(list []diagnosis.Finding) []diagnosis.Finding {
	var out []diagnosis.Finding
	for _, f := range list {
		if !slices.ContainsFunc(out, func(o diagnosis.Finding) bool { return o.Finding == f.Finding }) {
			out = append(out, f)
		}
	}
	return out
}

// aboutAttestor is what is wrong with whom a rule names.
func (e *examiner) aboutAttestor(a kyverno.Attestor, format kyverno.Format) []diagnosis.Finding {
	switch {
	case a.Nested != nil:
		return nil
	case a.Key != nil:
		return e.aboutKey(a, format)
	}
	var list []diagnosis.Finding
	if finding, bad := aboutIssuer(a.Issuer); bad {
		list = append(list, finding)
	}
	if a.Issuer == "" && a.IssuerRegexp == "" {
		list = append(list, mistake("no-issuer", "it names no issuer, so that the same name with any other identity provider is let in"))
	}
	if p := a.IssuerRegexp; p != "" && matchesAnything(p) {
		list = append(list, mistake("matches-everybody", p+" takes every issuer"))
	}
	bundle := format == kyverno.SigstoreBundle
	switch {
	case !strings.Contains(a.Issuer, "*"):
	case bundle:
		list = append(list, mistake("not-an-issuer", a.Issuer+" is no OIDC issuer: with type SigstoreBundle the * is compared as a *"))
	case kyverno.Wildcard(a.Issuer, "https://issuer.example"):
		list = append(list, mistake("matches-everybody", a.Issuer+" takes every issuer"))
	}
	if bundle && (a.Issuer+a.IssuerRegexp == "" || a.Subject+a.SubjectRegexp == "") {
		return append(list, mistake("matches-nobody", "with type SigstoreBundle Kyverno verifies no bundle without both an issuer and a subject"))
	}
	if bundle && strings.Contains(a.Subject, "*") {
		return append(list, mistake("matches-nobody", a.Subject+
			" matches nobody: with type SigstoreBundle Kyverno compares the subject letter by letter, with the * too; it needs subjectRegExp"))
	}
	return append(list, e.aboutIdentity(identity{
		issuer: a.Issuer, issuerRegexp: a.IssuerRegexp, subject: a.Subject, subjectRegexp: a.SubjectRegexp, wildcard: !bundle,
	})...)
}

func matchesAnything(pattern string) bool {
	i := identity{subjectRegexp: pattern}
	return i.matchesSubject("https://issuer.example") && i.matchesSubject("x")
}

func (e *examiner) aboutKey(a kyverno.Attestor, format kyverno.Format) []diagnosis.Finding {
	if format == kyverno.SigstoreBundle {
		return []diagnosis.Finding{warning("key-without-identity",
			"Kyverno before 1.19 asks every bundle for an issuer and a subject, which a key has not, and lets nothing pass")}
	}
	known := false
	e.tree.Walk(func(entry *model.Entry) {
		r := entry.Report
		known = known || r != nil && r.Signer != nil && r.Signer.Fingerprint == a.Key.Fingerprint
	})
	if known {
		return nil
	}
	return []diagnosis.Finding{remark("key-not-known",
		"no signature was verified with this key; if you trust it, name it with --key or in your policy, and it is tried")}
}
