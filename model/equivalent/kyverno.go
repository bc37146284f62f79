package equivalent

import (
	"bytes"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/model"
)

// The part of Kyverno's ClusterPolicy that a rule needs (kyverno.io/v1, verifyImages).
type (
	clusterPolicy struct {
		APIVersion string            `yaml:"apiVersion"`
		Kind       string            `yaml:"kind"`
		Metadata   map[string]string `yaml:"metadata"`
		Spec       policySpec        `yaml:"spec"`
	}
	policySpec struct {
		Background bool         `yaml:"background"`
		Rules      []policyRule `yaml:"rules"`
	}
	policyRule struct {
		Name   string        `yaml:"name"`
		Match  policyMatch   `yaml:"match"`
		Verify []verifyImage `yaml:"verifyImages"`
	}
	policyMatch struct {
		Any []policyResources `yaml:"any"`
	}
	policyResources struct {
		Resources map[string][]string `yaml:"resources"`
	}
	verifyImage struct {
		ImageReferences []string      `yaml:"imageReferences"`
		Type            string        `yaml:"type"`
		FailureAction   string        `yaml:"failureAction"`
		Attestors       []attestor    `yaml:"attestors,omitempty"`
		Attestations    []attestation `yaml:"attestations,omitempty"`
	}
	attestation struct {
		Type      string     `yaml:"type"`
		Attestors []attestor `yaml:"attestors"`
	}
	attestor struct {
		Count   int             `yaml:"count"`
		Entries []attestorEntry `yaml:"entries"`
	}
	attestorEntry struct {
		Keyless *keyless `yaml:"keyless,omitempty"`
		Keys    *keys    `yaml:"keys,omitempty"`
	}
	keyless struct {
		Issuer  string `yaml:"issuer"`
		Subject string `yaml:"subject"`
		Rekor   *rekor `yaml:"rekor,omitempty"`
	}
	keys struct {
		PublicKeys string `yaml:"publicKeys"`
		Rekor      *rekor `yaml:"rekor,omitempty"`
		CTLog      *ctlog `yaml:"ctlog,omitempty"`
	}
	rekor struct {
		IgnoreTlog bool `yaml:"ignoreTlog"`
	}
	ctlog struct {
		IgnoreSCT bool `yaml:"ignoreSCT"`
	}
)

// kyverno makes a rule that asks for a signature or attestation by the proven signer of this one.
func (m *maker) kyverno() {
	who, e := m.signer(), m.entry
	const does = "a rule that asks for it in a cluster"
	if who == nil || m.repo == somewhere {
		return
	}
	by, ok := entryOf(who, e.Report, e.Node.Format == model.FormatBundle)
	if !ok {
		m.cannot("kyverno", Policy, does, "the signer has characters or a key that a policy cannot name, or his certificate no entry in a log, which Kyverno asks for at cosign's tags")
		return
	}
	v := verifyImage{ImageReferences: []string{m.repo + ":*", m.repo + "@*"}, Type: "Cosign", FailureAction: "Enforce"}
	var notes []string
	if e.Node.Format == model.FormatBundle {
		v.Type = "SigstoreBundle"
		notes = append(notes, "Kyverno gives up on an image with more than 50 referrers, and reads those only that the registry calls a Sigstore bundle")
		if who.Kind == model.SignerKey {
			notes = append(notes, "before 1.19 it takes no key for bundles")
		}
	}
	if root := m.tree.Root(); root != nil && e.Node.Subject != root.Node.Digest {
		notes = append(notes, "it is about "+e.Node.Subject.Short()+": of an image that is named by an index Kyverno looks at the index only")
	}
	note := strings.TrimPrefix(strings.Join(notes, "; ")+m.anybody(who), "; ")
	attestors := []attestor{{Count: 1, Entries: []attestorEntry{by}}}
	if a := e.Attestation; a != nil && a.Statement != nil {
		v.Attestations = []attestation{{Type: a.Statement.PredicateType, Attestors: attestors}}
	} else {
		v.Attestors = attestors
	}
	if m.trustedRoot() != "" {
		note = "the signature is by a Sigstore instance of its own, which Kyverno has to be set up for" + m.anybody(who)
	}
	rule := clusterPolicy{
		APIVersion: "kyverno.io/v1", Kind: "ClusterPolicy", Metadata: map[string]string{"name": "require-" + slug(model.EntryFamily(e))},
		Spec: policySpec{Rules: []policyRule{{
			Name:   "verify",
			Match:  policyMatch{Any: []policyResources{{Resources: map[string][]string{"kinds": {"Pod"}}}}},
			Verify: []verifyImage{v},
		}}},
	}
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(rule); err != nil {
		m.cannot("kyverno", Policy, does, "the rule cannot be written as YAML")
		return
	}
	m.out = append(m.out, Command{Tool: "kyverno", Purpose: Policy, Does: does, Line: text.String(), Note: note})
}

// entryOf names a signer as Kyverno does. Its wildcards are meant literally nowhere, so a subject that has one cannot be
// named.
func entryOf(s *model.Signer, r *model.Report, bundle bool) (attestorEntry, bool) {
	for _, c := range s.Subject + s.Issuer {
		if c > unicode.MaxASCII || !unicode.IsPrint(c) || c == '*' || c == '?' {
			return attestorEntry{}, false
		}
	}
	logged := r.Check(model.CheckLog).Status == model.CheckPassed
	dated, stamped := dates(r)
	switch s.Kind {
	case model.SignerCertificate:
		k := &keyless{Issuer: s.Issuer, Subject: s.Subject}
		if !logged {
			k.Rekor = &rekor{IgnoreTlog: true}
		}
		return attestorEntry{Keyless: k}, logged || bundle && stamped
	case model.SignerKey:
		if s.KeyPEM == "" {
			return attestorEntry{}, false
		}
		k := &keys{PublicKeys: s.KeyPEM}
		if !logged || bundle && !dated && !stamped {
			// Of bundles Kyverno asks for another proof of the time, or else; at tags it fetches the keys of logs that it has
			// no use for, which an offline cluster cannot.
			k.Rekor, k.CTLog = &rekor{IgnoreTlog: true}, &ctlog{IgnoreSCT: true}
		}
		return attestorEntry{Keys: k}, true
	default:
		return attestorEntry{}, false
	}
}

// dates are whether a log, and whether an authority, is proven to say when something was signed.
func dates(r *model.Report) (byLog, byAuthority bool) {
	for _, t := range r.Timestamps {
		byLog = byLog || t.Verified && t.Kind == "log"
		byAuthority = byAuthority || t.Verified && t.Kind == "rfc3161"
	}
	return byLog, byAuthority
}

func slug(f model.Family) string {
	if f == "" || f == model.FamilyOther {
		return "attestation"
	}
	return string(f)
}
