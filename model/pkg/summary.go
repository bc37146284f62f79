package pkg

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// Coverage is how far a package is attested. What that is worth is said apart.
type Coverage string

// The coverages, the least first.
const (
	None         Coverage = "none"
	Signatures   Coverage = "signatures"   // by the registry alone
	Attestations Coverage = "attestations" // about at least one file
	// Unknown is where not everything could be looked at, and what was seen is no attestation: there may be one.
	Unknown Coverage = "unknown"
)

// coverages lists those that something seen gives, in order.
var coverages = []Coverage{None, Signatures, Attestations}

// File is one file of a package.
type File struct {
	Name         string
	Digest       model.Digest
	Verdict      model.Verdict
	Reason       string // of the verdict
	Signatures   int
	Attestations int
	// Attested counts the attestations that count: those that passed, by somebody other than the registry, whom the reader
	// trusts where the reader named anybody.
	Attested int
}

// Summary is what there is to say of one package.
type Summary struct {
	Package  *model.Package
	Coverage Coverage
	// Verified says that every file has something about it that was verified, that nothing about any is wrong, and that nothing
	// contradicts it in earnest.
	Verified bool
	Verdict  model.Verdict
	Files    []File
	// Publishers are who published or built it, as certificates prove, each once.
	Publishers []string
	Findings   []model.Finding // of all its nodes, the worst first
	Proves     []string        // what is proven, and what is not, a sentence or two each
	// Chosen says on whose word an image wraps it, "" where it was asked about by itself; Vouched that this is the reader's
	// word or that of somebody whom the reader trusts.
	Chosen  string
	Vouched bool
	Answer
}

// Answer is whether the package is good enough.
type Answer struct {
	Satisfied  bool
	Incomplete bool     // not everything could be looked at
	Wrong      bool     // something about it is false, and not merely absent
	Reasons    []string // why it is not satisfied, or why it is
}

// Question is what is asked of a package.
type Question struct {
	Pinned     bool           // the reader named whom to trust, so that nobody else will do
	Provenance bool           // the registry's signature alone will not do
	Artifact   []model.Digest // of the file that ought to be one of the package's, none if there is no such
}

// Packages are the IDs of all packages in a tree, in its order.
func Packages(t *model.Tree) (ids []string) {
	t.Walk(func(e *model.Entry) {
		if e.Node.Kind == model.KindPackage && e.Node.Package != nil {
			ids = append(ids, e.Node.ID)
		}
	})
	return ids
}

// Summarize looks at one package of a judged tree.
func Summarize(t *model.Tree, id string, q Question) Summary {
	s := Summary{Coverage: None}
	root := t.Entry(id)
	if root == nil || root.Node.Package == nil {
		s.Coverage, s.Incomplete, s.Reasons = Unknown, true, []string{"the package could not be looked at"}
		return s
	}
	s.Package, s.Verdict = root.Node.Package, root.Standing.Verdict
	about := nodes(t, root)
	for _, e := range about {
		s.add(t, e, q)
	}
	slices.SortStableFunc(s.Findings, func(a, b model.Finding) int { return weight(b.Severity) - weight(a.Severity) })
	s.Proves = proves(s.Package, about)
	s.Chosen, s.Vouched = t.ChosenBy(s.Package), t.Vouched(s.Package)
	s.answer(t, about, q)
	if s.Incomplete && s.Coverage != Attestations {
		s.Coverage = Unknown
	}
	return s
}

// nodes are a package's own entries, the package first.
func nodes(t *model.Tree, root *model.Entry) (out []*model.Entry) {
	var walk func(e *model.Entry)
	walk = func(e *model.Entry) {
		out = append(out, e)
		for _, id := range e.Children {
			if child := t.Entry(id); child != nil {
				walk(child)
			}
		}
	}
	walk(root)
	return out
}

func (s *Summary) add(t *model.Tree, e *model.Entry, q Question) {
	for _, f := range model.EntryFindings(e) {
		if !slices.Contains(s.Findings, f) {
			s.Findings = append(s.Findings, f)
		}
	}
	switch {
	case e.Node.Kind == model.KindPackageFile:
		s.Files = append(s.Files, file(t, e, q))
	case e.Node.Format == model.FormatRegistrySignature:
		s.reach(Signatures)
	case e.Node.Kind != model.KindPackage:
		s.reach(Attestations)
	}
	if signer := proven(e); signer != nil && signer.Kind == model.SignerCertificate && !slices.Contains(s.Publishers, signer.Subject) {
		s.Publishers = append(s.Publishers, signer.Subject)
	}
}

// reach raises the coverage.
func (s *Summary) reach(c Coverage) {
	if slices.Index(coverages, c) > slices.Index(coverages, s.Coverage) {
		s.Coverage = c
	}
}

func file(t *model.Tree, e *model.Entry, q Question) File {
	f := File{Name: e.Node.Name, Digest: e.Node.Digest, Verdict: e.Standing.Verdict, Reason: e.Standing.Reason}
	for _, id := range e.Children {
		if child := t.Entry(id); child != nil && child.Node.Format == model.FormatRegistrySignature {
			f.Signatures++
		} else if child != nil {
			f.Attestations++
			if q.attested(child) {
				f.Attested++
			}
		}
	}
	return f
}

// attested reports whether an attestation says, by somebody other than the registry, how a file was made or by whom it was
// published. The registry's own says no more than its signature.
func (q Question) attested(e *model.Entry) bool {
	signer := proven(e)
	return signer != nil && !signer.Registry && q.will(e.Standing.Verdict) && (!q.Pinned || e.Standing.Verdict == model.Trusted)
}

// proven is who signed a node that passed its checks, nil if none did.
func proven(e *model.Entry) *model.Signer {
	if e.Report == nil || !good(e.Standing.Verdict) {
		return nil
	}
	return e.Report.Signer
}

// good reports whether every required check passed but, perhaps, for who signed.
func good(v model.Verdict) bool {
	return v == model.Trusted || v == model.Valid || v == model.Untrusted
}

// will reports whether that will do: where nobody is named as trusted, what is untrusted is signed with a key that
// nothing vouches for. Where somebody is, a registry's own statements are, and say what they say all the same.
func (q Question) will(v model.Verdict) bool {
	return v == model.Trusted || v == model.Valid || q.Pinned && v == model.Untrusted
}

func weight(s model.Severity) int {
	return slices.Index([]model.Severity{model.SeverityInfo, model.SeverityWarning, model.SeverityError}, s)
}
