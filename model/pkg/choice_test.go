package pkg_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

// wrapped is a judged image with two SBOMs of these verdicts and the package inside, which the first of them names.
func wrapped(chooser, other model.Verdict, by model.ChooserKind) (*model.Tree, string) {
	image := model.DigestOf([]byte("image"))
	t := model.NewTree()
	t.Apply(model.NodeFound{Node: model.Node{ID: string(image), Kind: model.KindImage, Digest: image, Found: []model.Found{model.FoundRoot}}})
	for id, v := range map[string]model.Verdict{"chooser": chooser, "other": other} {
		blob := model.DigestOf([]byte(id))
		format := model.FormatDSSE
		if v == model.Unsigned {
			format = model.FormatDocument
		}
		t.Apply(model.NodeFound{Node: model.Node{
			ID: id, Parent: string(image), Kind: model.KindSBOM, Format: format, Subject: image, Digest: blob, Blob: model.Descriptor{Digest: blob, Size: 1},
		}})
		t.Apply(model.BlobLoaded{ID: id, Bytes: []byte("x")})
		t.Apply(model.Judged{ID: id, Report: model.Report{Verdict: v, Signer: &model.Signer{Kind: model.SignerKey}}})
	}
	p := *version
	p.Choice = &model.Choice{By: by, Node: "chooser", Rivals: []model.Rival{{By: model.ChosenBySBOM, Node: "other", PURL: "pkg:npm/b@2.0.0"}}}
	t.Apply(model.NodeFound{Node: model.Node{ID: p.PURL, Parent: string(image), Kind: model.KindPackage, Package: &p}})
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t, p.PURL
}

func TestOnWhoseWordAnImageWrapsAPackageIsSaid(t *testing.T) {
	for _, c := range []struct {
		what           string
		chooser, other model.Verdict
		by             model.ChooserKind
		says           string
		vouched        bool
		findings       string
	}{
		{"an unsigned SBOM", model.Unsigned, model.Invalid, model.ChosenBySBOM, "the root of an SBOM", false, "package-unvouched warning"},
		{"a trusted SBOM against an unsigned one", model.Trusted, model.Unsigned, model.ChosenBySBOM, "which is trusted", true, "package-disputed info"},
		{"a valid specification against a valid SBOM", model.Valid, model.Valid, model.ChosenBySpec, "the attached spec.yaml", false, "package-disputed warning"},
		{"an unsigned SBOM against one that is trusted since", model.Unsigned, model.Trusted, model.ChosenBySBOM, "the root of an SBOM", false, "package-disputed error, package-unvouched warning"},
		{"a trusted SBOM against another that is trusted since", model.Trusted, model.Trusted, model.ChosenBySBOM, "which is trusted", true, "package-disputed error"},
		{"the reader against a trusted SBOM", model.Unsigned, model.Trusted, model.ChosenByReader, "named by you", true, "package-disputed warning"},
	} {
		t.Run(c.what, func(t *testing.T) {
			tree, id := wrapped(c.chooser, c.other, c.by)
			s := pkg.Summarize(tree, id, pkg.Question{Provenance: true})
			var found []string
			for _, f := range s.Findings {
				if strings.HasPrefix(f.ID, "package-") {
					found = append(found, f.ID+" "+string(f.Severity))
				}
			}
			if !strings.Contains(s.Chosen, c.says) || s.Vouched != c.vouched || strings.Join(found, ", ") != c.findings {
				t.Errorf("%q, vouched for: %v, %v", s.Chosen, s.Vouched, found)
			}
			asked := slices.ContainsFunc(s.Reasons, func(r string) bool { return strings.Contains(r, "an attestation was asked for, and which package") })
			if asked == c.vouched || s.Satisfied {
				t.Errorf("where an attestation was asked for: %v", s.Reasons)
			}
		})
	}
}

func TestWhatAnybodyCanAttachSaysNothingWrongOfThePackage(t *testing.T) {
	yes := true
	for _, c := range []struct {
		what  string
		other model.Verdict
		node  string
		wrong bool
	}{
		{"of the reader", model.Unsigned, "", true},
		{"that somebody trusted signed", model.Trusted, "other", true},
		{"that nobody signed", model.Unsigned, "other", false},
		{"that is gone", model.Unsigned, "elsewhere", false},
	} {
		t.Run("a specification "+c.what, func(t *testing.T) {
			tree, id := wrapped(model.Trusted, c.other, model.ChosenBySBOM)
			tree.Entry(id).Node.Package.Claim = &model.PackageClaim{From: "spec.yaml", Node: c.node, Available: &yes}
			tree.Judge()
			s := pkg.Summarize(tree, id, pkg.Question{})
			said := slices.ContainsFunc(s.Findings, func(f model.Finding) bool { return f.ID == "spec-attestations-missing" })
			if !said || s.Wrong != c.wrong {
				t.Errorf("said: %v, wrong: %v, want %v; %v", said, s.Wrong, c.wrong, s.Findings)
			}
		})
	}
}

func TestAnSBOMThatNamesAnotherVersionContradictsThePackage(t *testing.T) {
	for _, c := range []struct {
		what      string
		ecosystem model.Ecosystem
		listed    []string
		found     string
	}{
		{"the same", model.EcosystemNPM, []string{"1.0.0"}, ""},
		{"the same among others", model.EcosystemNPM, []string{"0.9.0", "1.0.0"}, ""},
		{"another", model.EcosystemNPM, []string{"1.0.1"}, "image-version-mismatch error"},
		{"another spelling, which npm does not know", model.EcosystemNPM, []string{"1.0"}, "image-version-mismatch error"},
		{"another spelling, which Python knows", model.EcosystemPyPI, []string{"v1.0"}, ""},
		{"another of Python", model.EcosystemPyPI, []string{"1.0.post1"}, "image-version-mismatch error"},
		{"none", model.EcosystemPyPI, nil, "image-without-package warning"},
	} {
		tree, id := wrapped(model.Trusted, model.Trusted, model.ChosenByReader)
		p := tree.Entry(id).Node.Package
		p.Ecosystem, p.Choice, p.Listings = c.ecosystem, nil, []model.Listing{{Node: "other", SBOM: true, Versions: c.listed}}
		tree.Judge()
		var found []string
		for _, f := range pkg.Summarize(tree, id, pkg.Question{}).Findings {
			found = append(found, f.ID+" "+string(f.Severity))
		}
		if strings.Join(found, ", ") != c.found {
			t.Errorf("%s: %v, want %q", c.what, found, c.found)
		}
	}
}
