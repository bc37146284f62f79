package page

import (
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/uitest"
	"github.com/attestree/attestree/ui/widget"
)

// wrapping is a judged tree of an image with an SBOM that nobody signed and the package that it names, with hostile words
// wherever the registry has any.
func wrapping(verdict model.Verdict) (*model.Tree, string) {
	const bad = "\x1b[31m\u202e"
	image, t := uitest.Digest("image"), model.NewTree()
	p := &model.Package{
		Ecosystem: model.EcosystemNPM, Name: "@x/a", Version: "1.0.0", PURL: "pkg:npm/%40x/a@1.0.0", Asked: "registry.example" + bad,
		Repository: "https://example.org/source" + bad, Published: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC),
		Publisher: model.Publisher{Kind: "GitHub", Repository: "x/a" + bad, Workflow: "release.yml"},
		Claim:     &model.PackageClaim{From: "spec.yaml" + bad, Repository: "https://example.org/other"},
		Choice:    &model.Choice{By: model.ChosenBySBOM, Node: "sbom"},
	}
	for _, n := range []model.Node{
		{ID: string(image), Kind: model.KindImage, Digest: image, Found: []model.Found{model.FoundRoot}},
		{ID: "sbom", Parent: string(image), Kind: model.KindSBOM, Format: model.FormatDocument, Subject: image, Digest: uitest.Digest("sbom")},
		{ID: p.PURL, Parent: string(image), Kind: model.KindPackage, Package: p},
		{ID: "file", Parent: p.PURL, Kind: model.KindPackageFile, Package: p, Name: "a.tgz", Digest: uitest.Digest("file")},
		{ID: "signature", Parent: "file", Kind: model.KindSignature, Format: model.FormatRegistrySignature, Package: p, Subject: uitest.Digest("file"),
			Digest: uitest.Digest("signature"), Blob: model.Descriptor{Digest: uitest.Digest("signature"), Size: 1}},
	} {
		t.Apply(model.NodeFound{Node: n})
	}
	t.Apply(model.Judged{ID: "sbom", Report: model.Report{Verdict: model.Unsigned}})
	t.Apply(model.BlobLoaded{ID: "signature", Bytes: []byte("x")})
	t.Apply(model.Opened{ID: "signature", Attestation: &model.Attestation{}})
	t.Apply(model.Judged{ID: "signature", Report: model.Report{
		Verdict: verdict, Reason: "for a reason", Signer: &model.Signer{Kind: model.SignerKey, Registry: true},
		Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}},
	}})
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t, p.PURL
}

// written is the text of a sheet.
func written(s widget.Sheet) string {
	var text []string
	for _, l := range s.Lines {
		var b strings.Builder
		for _, p := range append(l.Left, l.Right...) {
			b.WriteString(p.Text.String())
		}
		text = append(text, b.String())
	}
	return strings.Join(text, "\n")
}

func TestThePackageInsideSaysWhatIsProvenOfItAndOnWhoseWordItIsThere(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	for verdict, answer := range map[model.Verdict]string{model.Valid: "verified  signed by its registry alone", model.Invalid: "not verified"} {
		for _, width := range []int{14, 90} {
			tree, id := wrapping(verdict)
			s := widget.Sheet{Width: width, Styles: &styles}
			Summary(&s, tree, tree.Entry(id), Trust{}, About{})
			shown := written(s)
			if strings.ContainsAny(shown, "\x1b\u202e") {
				t.Errorf("at %d cells a terminal obeys the registry:\n%q", width, shown)
			}
			if width < 90 {
				continue
			}
			for _, want := range []string{
				answer, "the root of an SBOM", "which is unsigned", "registry.example", "as its metadata says", "as the registry says", "2026-05-01",
				"GitHub x/a", "release.yml", "What that proves", "spec.yaml", "see the findings",
			} {
				if !strings.Contains(shown, want) {
					t.Errorf("%s: it does not show %q:\n%s", verdict, want, shown)
				}
			}
		}
	}
}

func TestWhatWasAskedOfThePackageInsideAndIsNotSoStandsBesideItsAnswer(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	tree, id := wrapping(model.Valid)
	for status, says := range map[model.RequirementStatus]bool{model.RequirementNotMet: true, model.RequirementMet: false} {
		s := widget.Sheet{Width: 90, Styles: &styles}
		trust := Trust{Judged: true, Policy: model.PolicyAnswer{Requirements: []model.Requirement{{ID: "package-inside", Node: id, Status: status, Message: "nobody you trust says\x1b so"}}}}
		Summary(&s, tree, tree.Entry(id), trust, About{})
		shown := written(s)
		if got := strings.Contains(shown, "not as it has to be") && strings.Contains(shown, "nobody you trust says"); got != says || strings.Contains(shown, "\x1b") {
			t.Errorf("%v: said: %v\n%s", status, got, shown)
		}
	}
}

func TestWhatIsWrongAboutThePackageStandsOnItsPageOnce(t *testing.T) {
	styles := theme.New(theme.Options{Mono: true})
	tree, id := wrapping(model.Invalid)
	reason := pkg.Summarize(tree, id, pkg.Question{}).Reasons[0]
	s := widget.Sheet{Width: 300, Styles: &styles}
	trust := Trust{Judged: true, Policy: model.PolicyAnswer{Requirements: []model.Requirement{{ID: "package-inside", Node: id, Status: model.RequirementNotMet, Message: "the package inside: " + reason}}}}
	Summary(&s, tree, tree.Entry(id), trust, About{})
	if shown := written(s); strings.Count(shown, reason) != 1 || strings.Contains(shown, "not as it has to be") {
		t.Errorf("%q is not said once:\n%s", reason, shown)
	}
}
