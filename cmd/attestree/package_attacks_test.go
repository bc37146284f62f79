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
