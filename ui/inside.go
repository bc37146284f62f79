package ui

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/safe"
)

// packaged is what there is to say of a package beside its verdict: the answer, on whose word it is the one inside the
// image, what the registry says, what is proven, and what that was compared with.
func (s *sheet) packaged(tree *model.Tree, e *model.Entry, trust trustState) {
	if e.Node.Kind != model.KindPackage || e.Node.Package == nil {
		s.publisher(e)
		return
	}
	sum := pkg.Summarize(tree, e.Node.ID, pkg.Question{Pinned: trust.pinned()})
	s.gap()
	s.packageAnswer(sum, tree.Found)
	s.gap()
	p := sum.Package
	chosen := s.styles.Text
	if !sum.Vouched {
		chosen = s.styles.Warning
	}
	s.field("In the image", sum.Chosen, "", chosen)
	s.field("Asked", p.Asked, "", s.styles.Text)
	s.claimed("Published", moment(p.Published), "as the registry says")
	s.claimed("Source", p.Repository, "as its metadata says")
	s.claimed("Publisher", p.Publisher.String(), "as the registry says")
	for i, who := range sum.Publishers {
		s.field([]string{"Proven", ""}[min(i, 1)], who, "published or built it", s.styles.Text)
	}
	s.field("Checksums", p.Checksum, "", s.styles.Text)
	s.heading(safe.Const("What that proves"))
	for _, sentence := range sum.Proves {
		s.sentence(sentence, s.styles.Text, 2)
	}
	s.packageCompared(sum)
}

// claimed is a value that somebody says, nothing where they do not.
func (s *sheet) claimed(label, value, by string) {
	if value != "" {
		s.field(label, value, by, s.styles.Claim)
	}
}

// packageAnswer is whether the package is good enough, and why.
func (s *sheet) packageAnswer(sum pkg.Summary, found bool) {
	glyph, style, word := s.styles.Glyphs.Error, s.styles.Bad, "not verified"
	switch {
	case !found:
		s.sentence("Still looking: what is missing may yet come.", s.styles.Quiet, 0)
		return
	case sum.Satisfied:
		glyph, style, word = s.styles.Glyphs.Check, s.styles.Good, "verified"
	case sum.Incomplete:
		glyph, style, word = safe.Const("!"), s.styles.Warning, "not known: not everything could be looked at"
	}
	var l line
	l.add(style, safe.Format("%s %s", glyph, safe.Line(word)))
	l.add(s.styles.Quiet, safe.Format("  %s", safe.Line(coverageSaid(sum.Coverage))))
	s.add(l)
	for _, reason := range sum.Reasons {
		s.sentence(reason, s.styles.Text, 2)
	}
}

// coverageSaid is how far a package is attested, in a few words.
func coverageSaid(c pkg.Coverage) string {
	switch c {
	case pkg.Attestations:
		return "attested"
	case pkg.Signatures:
		return "signed by its registry alone"
	case pkg.None:
	}
	return "nothing is signed about it"
}

// packageCompared says with what a package was compared, and how often they differ. The findings say in what.
func (s *sheet) packageCompared(sum pkg.Summary) {
	claim, listings := sum.Package.Claim, sum.Package.Listings
	if claim == nil && len(listings) == 0 {
		return
	}
	s.heading(safe.Const("Compared with"))
	if claim != nil {
		s.compared(claim.From, sum.Findings, "spec-")
	}
	if len(listings) > 0 {
		s.compared("the image's SBOMs and provenance", sum.Findings, "image-")
	}
}

func (s *sheet) compared(with string, findings []model.Finding, prefix string) {
	differ := 0
	for _, f := range findings {
		if strings.HasPrefix(f.ID, prefix) && f.Severity != model.SeverityInfo {
			differ++
		}
	}
	if differ == 0 {
		s.sentence(oneLine(with)+": no difference", s.styles.Text, 2)
		return
	}
	s.sentence(fmt.Sprintf("%s: %s, see the findings", oneLine(with), counted(differ, "difference", "differences")), s.styles.Warning, 2)
}

// publisher is who the registry says published what a node is about; whether the certificate says the same is a finding.
func (s *sheet) publisher(e *model.Entry) {
	if e.Node.Publisher.Zero() {
		return
	}
	note := "as the registry says: not proven"
	if r := e.Report; r != nil && r.Signer != nil && r.Signer.Kind == model.SignerCertificate {
		note = "as the registry says, and as the certificate does"
		for _, f := range model.EntryFindings(e) {
			if f.ID == "publisher-mismatch" {
				note = "as the registry says: the certificate says otherwise"
			}
		}
	}
	s.field("Publisher", e.Node.Publisher.String(), note, s.styles.Claim)
}
