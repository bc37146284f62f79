package main

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// TestNothingThatAnAttackerArrangesIsTrusted has everything that the trusted key ever signed put where it does not
// belong. What is asked for is ":1" unless set says otherwise.
func TestNothingThatAnAttackerArrangesIsTrusted(t *testing.T) {
	for name, set := range map[string]func(*scene) string{
		"the signature of another image": func(s *scene) string {
			s.manifest(sigTag(s.image("1", "evil")), model.Descriptor{}, s.signature(simple(s.image("", "good"))))
			return ":1"
		},
		"the signature of a platform, on the index": func(s *scene) string {
			child := s.image("", "good")
			s.manifest(sigTag(s.index("1", child)), model.Descriptor{}, s.signature(simple(child)))
			return ":1"
		},
		"a signed platform of an index that is not": func(s *scene) string {
			child := s.image("", "good")
			s.index("1", child, s.image("", "evil"))
			s.manifest(sigTag(child), model.Descriptor{}, s.signature(simple(child)))
			return ":1"
		},
		"a signed index inside of one that is not": func(s *scene) string {
			inner := s.index("", s.image("", "good"))
			s.index("1", inner)
			s.manifest(sigTag(inner), model.Descriptor{}, s.signature(simple(inner)))
			return ":1"
		},
		"a bundle about another image, listed as a referrer": func(s *scene) string {
			good, evil := s.image("", "good"), s.image("1", "evil")
			s.Refer(attacked, evil.Digest, s.attach("", good, s.bundle(statement(cosignSign, good, "{}"))).Digest)
			return ":1"
		},
		"a bundle about another image, whose manifest names this one": func(s *scene) string {
			s.attach("", s.image("1", "evil"), s.bundle(statement(cosignSign, s.image("", "good"), "{}")))
			return ":1"
		},
		"a tag that points at a signature": func(s *scene) string {
			good := s.image("", "good")
			s.attach("1", good, s.bundle(statement(cosignSign, good, "{}")))
			return ":1"
		},
		"a digest that is an SBOM attestation's": func(s *scene) string {
			good := s.image("", "good")
			return "@" + string(s.attach("", good, s.bundle(statement(spdx, good, "{}"))).Digest)
		},
		"a tag that points at a .sig manifest": func(s *scene) string {
			good := s.image("", "good")
			s.manifest("1", good, s.signature(simple(good)))
			return ":1"
		},
		"an image with a signature among its layers": func(s *scene) string {
			good := s.image("", "good")
			s.manifest("1", good, s.layer("application/vnd.oci.image.layer.v1.tar", []byte("evil"), nil), s.signature(simple(good)))
			return ":1"
		},
		"an image whose only layer is a bundle": func(s *scene) string {
			good := s.image("", "good")
			s.manifest("1", good, s.layer("application/vnd.oci.image.layer.v1.tar", s.bundle(statement(cosignSign, good, "{}")), nil))
			return ":1"
		},
		"an SBOM attestation": func(s *scene) string {
			image := s.image("1", "x")
			s.attach("", image, s.bundle(statement(spdx, image, "{}")))
			return ":1"
		},
		"a signature inside of another statement": func(s *scene) string {
			image := s.image("1", "x")
			s.attach("", image, s.bundle(statement("https://example.com/x", image, string(statement(cosignSign, image, "{}")))))
			return ":1"
		},
		"provenance inside of another statement": func(s *scene) string {
			image := s.image("1", "x")
			s.attach("", image, s.bundle(statement("https://example.com/x", image, string(statement(provenance, image, "{}")))))
			return ":1"
		},
		"a type that only looks like provenance": func(s *scene) string {
			image := s.image("1", "x")
			s.attach("", image, s.bundle(statement(provenance+"/x", image, "{}")))
			s.attach("", image, s.bundle(statement("https://slsa.dev/provenance/v99", image, "{}")))
			s.attach("", image, s.bundle(statement(cosignSign+" ", image, "{}")))
			return ":1"
		},
		"the signature of what is attached": func(s *scene) string {
			sbom := s.Attach(s.t, attacked, "", s.image("1", "x"), "application/spdx+json", []byte(`{"spdxVersion":"SPDX-2.3"}`))
			s.attach("", sbom, s.bundle(statement(cosignSign, sbom, "{}")))
			return ":1"
		},
		"a statement about nothing": func(s *scene) string {
			image := s.image("1", "x")
			for _, subjects := range []string{"[]", "null", `[{"name":"x"}]`, `[{"digest":{}}]`, `[{"digest":{"sha256":""}}]`} {
				s.attach("", image, s.bundle(statementOn(cosignSign, subjects, "{}")))
			}
			return ":1"
		},
		"a digest in another case or algorithm": func(s *scene) string {
			image := s.image("1", "x")
			for _, digest := range []string{
				`"SHA256":"` + image.Digest.Hex() + `"`, `"sha512":"` + image.Digest.Hex() + `"`,
				`"sha256":"` + strings.ToUpper(image.Digest.Hex()) + `"`, `"sha256":"sha256:` + image.Digest.Hex() + `"`,
				`"sha256":"` + image.Digest.Hex() + `","SHA256":"00"`,
			} {
				s.attach("", image, s.bundle(statementOn(cosignSign, `[{"digest":{`+digest+`}}]`, "{}")))
			}
			return ":1"
		},
		"a subject that is there twice, or in odd case": func(s *scene) string {
			image := s.image("1", "x")
			subject := `[{"digest":{"sha256":"` + image.Digest.Hex() + `"}}]`
			for _, key := range []string{`"subject"`, `"s\u0075bject"`, `"Subject"`, `"ſubject"`} {
				s.attach("", image, s.bundle(statementOn(cosignSign, `[{"digest":{"sha256":"00"}}],`+key+`:`+subject, "{}")))
			}
			return ":1"
		},
		"an envelope with two payloads": func(s *scene) string {
			image := s.image("1", "x")
			envelope := string(s.envelope(inToto, statement(cosignSign, image, "{}")))
			s.attach("", image, s.bundleOf([]byte(strings.Replace(envelope, "{", `{"payload":"e30=",`, 1))))
			return ":1"
		},
		"a payload of another type": func(s *scene) string {
			image := s.image("1", "x")
			envelope := s.envelope("text/plain", statement(cosignSign, image, "{}"))
			s.attach("", image, s.bundleOf(envelope))
			s.attach("", image, s.bundleOf([]byte(strings.Replace(string(envelope), "text/plain", inToto, 1))))
			return ":1"
		},
		"a signed claim of another kind": func(s *scene) string {
			image := s.image("1", "x")
			other := strings.Replace(string(simple(image)), "cosign container", "atomic container", 1)
			twice := strings.Replace(string(simple(s.image("", "y"))), "{", `{"critical":{},`, 1)
			s.manifest(sigTag(image), model.Descriptor{}, s.signature([]byte(other)), s.signature([]byte(twice)),
				s.signature(statement(cosignSign, image, "{}")))
			return ":1"
		},
		"a payload that was replaced, or has another size": func(s *scene) string {
			image := s.image("1", "x")
			good, short := s.signature(simple(image)), s.signature(append(simple(image), ' '))
			swapped := s.signature(append(simple(image), '\n'))
			s.Replace(attacked, swapped.Digest, simple(image))
			short.Size--
			good.Annotations = swapped.Annotations
			s.manifest(sigTag(image), model.Descriptor{}, good, short, swapped)
			return ":1"
		},
		"an attestation of another image under .att": func(s *scene) string {
			s.manifest(attTag(s.image("1", "evil")), model.Descriptor{},
				s.layer(dsseLayer, s.envelope(inToto, statement(provenance, s.image("", "good"), "{}")), nil))
			return ":1"
		},
		"a certificate beside a signature by a key": func(s *scene) string {
			image := s.image("1", "x")
			s.manifest(attTag(image), model.Descriptor{}, s.layer(dsseLayer, s.envelope(inToto, statement(provenance, image, "{}")),
				map[string]string{"dev.sigstore.cosign/certificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"}))
			return ":1"
		},
		"circles": func(s *scene) string {
			image := s.image("1", "x")
			a := s.attach("", image, []byte("a"))
			s.Refer(attacked, a.Digest, image.Digest)
			s.Refer(attacked, image.Digest, image.Digest)
			s.Refer(attacked, s.attach("", a, []byte("b")).Digest, a.Digest)
			return ":1"
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			report, code := s.verify(set(s), "--platform", "linux/amd64")
			if code != 3 || report.Get("policy.satisfied").Bool() || report.Get("policy.reasons.#").Int() == 0 {
				t.Errorf("exit code %d, want 3, and why: %s", code, report.Get("policy"))
			}
			switch root := report.Get("root"); root.Get("kind").String() {
			case "signature", "attestation": // it stands for itself; the policy says that it is no image
			default:
				if v := root.Get("verdict").String(); v == "trusted" || v == "valid" || v == "covered" {
					t.Errorf("the image is %s", v)
				}
			}
		})
	}
}

// TestWhatIsRightIsTrustedAmongWhatIsNot is the other side: the same means, put where they belong.
func TestWhatIsRightIsTrustedAmongWhatIsNot(t *testing.T) {
	for name, set := range map[string]func(*scene) string{
		"a signature among broken ones over the same claim": func(s *scene) string {
			image := s.image("1", "x")
			good, bad := s.signature(simple(image)), s.signature(simple(image))
			bad.Annotations = map[string]string{"dev.cosignproject.cosign/signature": "AAAA"}
			s.manifest(sigTag(image), model.Descriptor{}, bad, good, bad)
			return ":1"
		},
		"a bundle whose manifest calls it anything": func(s *scene) string {
			image := s.image("1", "x")
			s.Attach(s.t, attacked, "", image, "application/octet-stream", s.bundle(statement(cosignSign, image, "{}")))
			return ":1"
		},
		"a bundle whose manifest names another subject": func(s *scene) string {
			image := s.image("1", "x")
			d := s.attach("", s.image("", "y"), s.bundle(statement(cosignSign, image, "{}")))
			s.Refer(attacked, image.Digest, d.Digest)
			return ":1"
		},
		"a digest under another image's tag": func(s *scene) string {
			image := s.image("", "x")
			s.image("1", "y")
			s.manifest(sigTag(image), model.Descriptor{}, s.signature(simple(image)))
			return ":1@" + string(image.Digest)
		},
		"a signature where other look-ups are denied": func(s *scene) string {
			image := s.image("1", "x")
			s.manifest(sigTag(image), model.Descriptor{}, s.signature(simple(image)))
			s.Fail(registrytest.Fault{Path: "/referrers/", Status: 403})
			return ":1"
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t)
			report, code := s.verify(set(s))
			if code != 0 || report.Get("verdict").String() != "trusted" {
				t.Errorf("exit code %d and %s, want trusted: %s", code, report.Get("verdict"), report.Get("policy"))
			}
		})
	}
}

// TestCoverageGoesNoFurtherThanTheHashes signs an index, and puts other things where its children should be.
func TestCoverageGoesNoFurtherThanTheHashes(t *testing.T) {
	s := newScene(t)
	kept, swapped, resized := s.image("", "kept"), s.image("", "swapped"), s.image("", "resized")
	resized.Size++
	layer := s.layer(inToto, statement(provenance, kept, "{}"), nil)
	stray := s.manifest("", model.Descriptor{}, layer)
	index := s.index("1", kept, swapped, resized)
	s.manifest(sigTag(index), model.Descriptor{}, s.signature(simple(index)))
	s.index(tagged(index, ""), stray)
	s.Replace(attacked, swapped.Digest, s.Bytes(attacked, kept.Digest))
	report, code := s.verify(":1")
	if code != 0 {
		t.Errorf("exit code %d, want 0: the index is signed", code)
	}
	for id, want := range map[string]string{
		string(kept.Digest): "covered", string(swapped.Digest): "invalid", string(resized.Digest): "invalid",
		string(stray.Digest) + "#0": "invalid",
	} {
		if got := report.Get(`root.children.#(id=="` + id + `").verdict`).String(); got != want {
			t.Errorf("%s is %q, want %s", id, got, want)
		}
	}
}
