package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/npm/npmtest"
)

// TestAnAttestationThatWasAskedForIsNotForgotten has an image that is signed, and a package inside that nobody can look at.
func TestAnAttestationThatWasAskedForIsNotForgotten(t *testing.T) {
	s := newScene(t)
	image := s.image("1", "x")
	s.manifest(sigTag(image), model.Descriptor{}, s.signature(simple(image)))
	shop := npmtest.New(t)
	for name, want := range map[string]int{"--package=npm:absent@1.0.0": 0, "--package": 0} {
		if report, code := s.verify(":1", name, "--npm-registry", shop.URL()); code != want {
			t.Errorf("%s alone: exit code %d: %s", name, code, report.Get("policy"))
		}
		if report, code := s.verify(":1", name, "--require-attestation", "--npm-registry", shop.URL()); code == 0 {
			t.Errorf("%s: exit code 0: %s", name, report.Get("policy"))
		}
	}
}

// TestSBOMsThatDisagreeDoNotChooseThePackage has somebody who may push attach one that names a better package.
func TestSBOMsThatDisagreeDoNotChooseThePackage(t *testing.T) {
	s := newScene(t)
	image := s.image("1", "x")
	for _, name := range []string{"a", "b"} {
		s.Attach(t, attacked, "", image, "application/vnd.cyclonedx+json", fmt.Appendf(nil,
			`{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"component":{"name":%q,"purl":"pkg:npm/%s@1.0.0"}},"components":[]}`, name, name))
	}
	shop := npmtest.New(t)
	report, _ := s.verify(":1", "--package", "--npm-registry", shop.URL())
	if detail := report.Get(`discovery.#(mechanism=="package-metadata").detail`).String(); !strings.Contains(detail, "different packages") || len(shop.Asked()) > 0 {
		t.Errorf("%q, and asked %v", detail, shop.Asked())
	}
}

// TestTheSBOMWhoseWordCountsChoosesThePackage has SBOMs that name different packages, and one by the trusted key among
// them; and somebody who asks for an attestation of the package while nobody but an unsigned SBOM says which one it is.
func TestTheSBOMWhoseWordCountsChoosesThePackage(t *testing.T) {
	const cyclonedx = "https://cyclonedx.org/bom"
	bom := func(name string) string {
		return fmt.Sprintf(`{"bomFormat":"CycloneDX","specVersion":"1.5","metadata":{"component":{"name":%q,"purl":"pkg:npm/%s@1.0.0"}},"components":[]}`, name, name)
	}
	for what, c := range map[string]struct {
		attach  func(s *scene, image model.Descriptor)
		flag    string
		asked   string // package that was asked about, "" for none
		chosen  string
		finding string
	}{
		"an unsigned one alone": {func(s *scene, image model.Descriptor) {
			s.Attach(s.t, attacked, "", image, "application/vnd.cyclonedx+json", []byte(bom("lie")))
		}, "--package", "lie", "which is unsigned", "package-unvouched"},
		"a trusted one beside it": {func(s *scene, image model.Descriptor) {
			s.Attach(s.t, attacked, "", image, "application/vnd.cyclonedx+json", []byte(bom("lie")))
			s.attach("", image, s.bundle(statement(cyclonedx, image, bom("truth"))))
		}, "--package", "truth", "which is trusted", "package-disputed"},
		"a signed one of another image beside it": {func(s *scene, image model.Descriptor) {
			s.Attach(s.t, attacked, "", image, "application/vnd.cyclonedx+json", []byte(bom("truth")))
			s.Refer(attacked, image.Digest, s.attach("", s.image("", "other"), s.bundle(statement(cyclonedx, s.image("", "other"), bom("lie")))).Digest)
		}, "--package", "truth", "which is unsigned", "package-unvouched"},
		"the reader, against an unsigned one": {func(s *scene, image model.Descriptor) {
			s.Attach(s.t, attacked, "", image, "application/vnd.cyclonedx+json", []byte(bom("lie")))
		}, "--package=npm:truth@1.0.0", "truth", "named by you", "package-disputed"},
	} {
		t.Run(what, func(t *testing.T) {
			s := newScene(t)
			image := s.signed("1")
			c.attach(s, image)
			shop := npmtest.New(t)
			for _, name := range []string{"truth", "lie"} {
				shop.Versions[name+"@1.0.0"] = fmt.Appendf(nil, `{"name":%q,"version":"1.0.0","dist":{"integrity":"sha512-%s==","tarball":"https://x.example/a.tgz"}}`, name, strings.Repeat("A", 86))
			}
			report, code := s.verify(":1", c.flag, "--npm-registry", shop.URL())
			p := report.Get("packages.0")
			if p.Get("name").String() != c.asked || !strings.Contains(p.Get("chosenBy").String(), c.chosen) || code != 0 {
				t.Errorf("%s, %q, exit code %d", p.Get("name"), p.Get("chosenBy"), code)
			}
			if found := p.Get("findings.#.id").String(); !strings.Contains(found, c.finding) {
				t.Errorf("findings %s, want %s", found, c.finding)
			}
		})
	}
}

// TestSpecificationsThatDisagreeDoNotChooseThePackage has somebody who may push attach a spec.yaml of their own: nobody
// signed any, so that none counts more.
func TestSpecificationsThatDisagreeDoNotChooseThePackage(t *testing.T) {
	s := newScene(t)
	image := s.image("1", "x")
	for _, name := range []string{"truth", "lie"} {
		spec := fmt.Appendf(nil, "metadata:\n  name: %s\n  protocol: npx\nspec:\n  package: %s\n  version: \"1.0.0\"\n", name, name)
		s.manifest("", image, s.layer("application/yaml", spec, map[string]string{"org.opencontainers.image.title": "spec.yaml"}))
	}
	shop := npmtest.New(t)
	report, _ := s.verify(":1", "--package", "--npm-registry", shop.URL())
	if detail := report.Get(`discovery.#(mechanism=="package-metadata").detail`).String(); !strings.Contains(detail, "different packages") || len(shop.Asked()) > 0 {
		t.Errorf("%q, and asked %v", detail, shop.Asked())
	}
}
