package kyverno

import (
	"regexp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
)

// Image is what a policy is judged on: one digest and what is attached to it.
type Image struct {
	// References are the forms in which the image may stand in a manifest: "registry/repository:tag", "…@sha256:…".
	References []string
	Referrers  int // that a registry lists for the digest
	Nodes      []Node
	// Broken is the ID of a referrer that the registry may call a Sigstore bundle and that is none, "" for none.
	Broken string
}

// Node is a signature or an attestation of the image whose signer is proven.
type Node struct {
	ID        string
	Trusted   bool // by the reader
	Signature bool // and no attestation, unless it is a bundle with a statement
	Type      string
	Statement map[string]any // decoded; nil where there is none
	Problem   string         // why no condition is held against the statement, a clause; "" if it is
	Signer    model.Signer
	Bundle    bool  // a Sigstore bundle
	AtTag     bool  // at one of cosign's tags
	Referrer  bool  // listed as a referrer
	Logged    bool  // the entry in a transparency log that it has was verified
	LogTime   bool  // and the log says when
	Stamped   bool  // the timestamp of an authority over the signature was verified
	Size      int64 // bytes of the layer
}

// The limits of Kyverno itself. Beyond them it gives up on the whole image.
const (
	MaxReferrers = 50
	MaxLayer     = 10 * 1000 * 1000 // bytes
)

// Outcome is how one demand of a rule ended.
type Outcome struct {
	Rule       Rule
	Path       string // in the file
	Line       int
	Expression string
	Result     diagnosis.Result
	WouldBe    bool
	FailsOpen  bool // it is undefined, and Kyverno lets it pass
	Node       string
	Trusted    bool
	Reads      []Read
	Message    string // one sentence
	Attestor   *Attestor
	Condition  *Condition
	Type       string // of the attestation that it is about
	Unseen     []Node // what there is and Kyverno does not look at
	// ByAttestation is set where an attestation was taken for the signature that attestors are asked for.
	ByAttestation bool
}

// sees reports whether Kyverno finds a node with the rule's type.
func (r Rule) sees(n Node) bool {
	if r.Format == SigstoreBundle {
		return n.Bundle && n.Referrer
	}
	return !n.Bundle && n.AtTag
}

// Concerns reports whether the rule is about an image that is named so.
func (r Rule) Concerns(name string) bool {
	yes, _ := r.concerns([]string{name})
	return yes
}

// concerns reports whether the rule is about the image, and by which form of its name it is or is left out.
func (r Rule) concerns(references []string) (yes bool, by string) {
	for _, name := range references {
		if slices.ContainsFunc(r.Skip, func(p string) bool { return Wildcard(p, name) }) {
			return false, name
		}
	}
	for _, name := range references {
		if slices.ContainsFunc(r.Images, func(p string) bool { return Wildcard(p, name) }) {
			return true, name
		}
	}
	return false, ""
}

// Matches reports whether a proven signer is the attestor, as Kyverno compares them for the rule's type. A set of attestors
// is no signer.
func (a Attestor) Matches(s model.Signer, format Format) bool {
	switch {
	case a.Nested != nil:
		return false
	case a.Key != nil:
		return s.Kind == model.SignerKey && s.Fingerprint == a.Key.Fingerprint
	case s.Kind != model.SignerCertificate:
		return false
	case format == SigstoreBundle:
		named := (a.Issuer != "" || a.IssuerRegexp != "") && (a.Subject != "" || a.SubjectRegexp != "")
		return named && (a.Issuer == "" || a.Issuer == s.Issuer) && (a.Subject == "" || a.Subject == s.Subject) &&
			matches(a.IssuerRegexp, s.Issuer) && matches(a.SubjectRegexp, s.Subject)
	}
	subject := a.Subject == "" && a.SubjectRegexp == "" || a.Subject != "" && Wildcard(a.Subject, s.Subject) ||
		a.SubjectRegexp != "" && matches(a.SubjectRegexp, s.Subject) // either is enough
	return subject && (a.Issuer == "" || Wildcard(a.Issuer, s.Issuer)) && matches(a.IssuerRegexp, s.Issuer)
}

// signed reports whether a node is by the attestor, with the proof that Kyverno wants.
func (r Rule) signed(a Attestor, n Node) bool {
	return a.proven(n, r.Format) && a.Matches(n.Signer, r.Format)
}

// matches holds a regular expression against a text. It matches anywhere, as Kyverno's do.
func matches(pattern, text string) bool {
	if pattern == "" {
		return true
	}
	compiled, err := regexp.Compile(pattern)
	return err == nil && compiled.MatchString(text)
}

// String is the attestor in a few words.
func (a Attestor) String() string {
	switch {
	case a.Key != nil:
		return "key " + a.Key.Fingerprint
	case a.Nested != nil:
		return "(" + described(*a.Nested) + ")"
	}
	var parts []string
	for _, p := range []struct{ name, value string }{
		{"issuer", a.Issuer}, {"issuerRegExp", a.IssuerRegexp}, {"subject", a.Subject}, {"subjectRegExp", a.SubjectRegexp},
	} {
		if p.value != "" {
			parts = append(parts, p.name+": "+p.value)
		}
	}
	if len(parts) == 0 {
		return "anybody"
	}
	return strings.Join(parts, ", ")
}
