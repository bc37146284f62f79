package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// packaged is what there is to say of a package beside its verdict: the answer, on whose word it is the one inside the
// image, what the registry says, what is proven, and what that was compared with.
func (s writer) packaged(tree *model.Tree, e *model.Entry, trust Trust) {
	if e.Node.Kind != model.KindPackage || e.Node.Package == nil {
		s.publisher(e)
		return
	}
	sum := pkg.Summarize(tree, e.Node.ID, pkg.Question{Pinned: trust.Pinned()})
	s.Gap()
	s.packageAnswer(sum, tree.Found)
	s.packageAsked(sum, trust.Policy)
	s.Gap()
	p := sum.Package
	chosen := s.Styles.Text
	if !sum.Vouched {
		chosen = s.Styles.Warning
	}
	s.Field("In the image", sum.Chosen, "", chosen)
	s.Field("Asked", p.Asked, "", s.Styles.Text)
	s.claimed("Published", phrase.Moment(p.Published), "as the registry says")
	s.claimed("Source", p.Repository, "as its metadata says")
	s.claimed("Publisher", p.Publisher.String(), "as the registry says")
	for i, who := range sum.Publishers {
		s.Field([]string{"Proven", ""}[min(i, 1)], who, "published or built it", s.Styles.Text)
	}
	s.Field("Checksums", p.Checksum, "", s.Styles.Text)
	s.Heading(safe.Const("What that proves"))
	for _, sentence := range sum.Proves {
		s.Sentence(sentence, s.Styles.Text, 2)
	}
	s.packageCompared(sum)
}

// claimed is a value that somebody says, nothing where they do not.
func (s writer) claimed(label, value, by string) {
	if value != "" {
		s.Field(label, value, by, s.Styles.Claim)
	}
}

// packageAnswer is whether the package is good enough, and why.
func (s writer) packageAnswer(sum pkg.Summary, found bool) {
	glyph, style, word := s.Styles.Glyphs.Error, s.Styles.Bad, "not verified"
	switch {
	case !found:
		s.Sentence("Still looking: what is missing may yet come.", s.Styles.Quiet, 0)
		return
	case sum.Satisfied:
		glyph, style, word = s.Styles.Glyphs.Check, s.Styles.Good, "verified"
	case sum.Incomplete:
		glyph, style, word = safe.Const("!"), s.Styles.Warning, "not known: not everything could be looked at"
	case sum.Verified:
		glyph, style, word = safe.Const("!"), s.Styles.Warning, "verified, but not as was asked for"
	}
	var l widget.Line
	l.Add(style, safe.Format("%s %s", glyph, safe.Line(word)))
	l.Add(s.Styles.Quiet, safe.Format("  %s", safe.Line(coverageSaid(sum.Coverage))))
	s.Add(l)
	for _, reason := range sum.Reasons {
		s.Sentence(reason, s.Styles.Text, 2)
	}
}

// packageAsked says what was asked for of a package and is not so, but for what its own answer has said already.
func (s writer) packageAsked(sum pkg.Summary, policy model.PolicyAnswer) {
	for _, r := range policy.Requirements {
		said := func(reason string) bool { return strings.HasSuffix(r.Message, reason) }
		if r.Node != sum.Package.PURL || r.Status == model.RequirementMet || slices.ContainsFunc(sum.Reasons, said) {
			continue
		}
		var l widget.Line
		l.Add(s.Styles.Bad, safe.Format("%s not as it has to be", s.Styles.Glyphs.Error))
		s.Add(l)
		s.Sentence(r.Message, s.Styles.Text, 2)
	}
}

// coverageSaid is how far a package is attested, in a few words.
func coverageSaid(c pkg.Coverage) string {
	switch c {
	case pkg.Attestations:
		return "attested"
	case pkg.Signatures:
		return "signed by its registry alone"
	case pkg.Unknown:
		return "nobody knows how far it is attested"
	case pkg.None:
	}
	return "nothing is signed about it"
}

// packageCompared says with what a package was compared, and how often they differ. The findings say in what.
func (s writer) packageCompared(sum pkg.Summary) {
	claim, listings := sum.Package.Claim, sum.Package.Listings
	if claim == nil && len(listings) == 0 {
		return
	}
	s.Heading(safe.Const("Compared with"))
	if claim != nil {
		s.compared(claim.From, sum.Findings, "spec-")
	}
	if len(listings) > 0 {
		s.compared("the image's SBOMs and provenance", sum.Findings, "image-")
	}
}

func (s writer) compared(with string, findings []model.Finding, prefix string) {
	differ := 0
	for _, f := range findings {
		if strings.HasPrefix(f.ID, prefix) && f.Severity != model.SeverityInfo {
			differ++
		}
	}
	if differ == 0 {
		s.Sentence(widget.OneLine(with)+": no difference", s.Styles.Text, 2)
		return
	}
	s.Sentence(fmt.Sprintf("%s: %s, see the findings", widget.OneLine(with), phrase.Counted(differ, "difference", "differences")), s.Styles.Warning, 2)
}

// publisher is who the registry says published what a node is about; whether the certificate says the same is a finding.
func (s writer) publisher(e *model.Entry) {
	if e.Node.Publisher.Zero() {
		return
	}
	note := "as the registry says: not proven"
	if r := e.Report; r != nil && r.Signer != nil && r.Signer.Kind == model.SignerCertificate {
		note = "as the registry says, and as the certificate does"
		for _, f := range model.EntryFindings(e) {
			if f.ID == model.FindingPublisherMismatch {
				note = "as the registry says: the certificate says otherwise"
			}
		}
	}
	s.Field("Publisher", e.Node.Publisher.String(), note, s.Styles.Claim)
}
