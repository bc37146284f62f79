package coverage

import "github.com/attestree/attestree/model"

// recipe is a way to make something and attach it to an image.
type recipe struct {
	says     string
	commands []string // one after the other
}

// recipes are the ways to make what a family is about, for an image. The commands are those of each tool's manual.
func recipes(f model.Family, image string) []recipe {
	attest := func(says, make, predicateType, file string) recipe {
		r := recipe{says: says, commands: []string{"cosign attest --type " + predicateType + " --predicate " + file + " " + image}}
		if make != "" {
			r.commands = append([]string{make}, r.commands...)
		}
		return r
	}
	switch f {
	case model.FamilySignature:
		return []recipe{
			{"Sign it with cosign, with a short-lived certificate for who you are:", []string{"cosign sign " + image}},
			{"Or with notation, with a key that it knows:", []string{"notation sign " + image}},
		}
	case model.FamilyProvenance:
		return []recipe{
			{"Docker's builder writes provenance into the index as it builds. It is signed only when the index is:", []string{"docker buildx build --provenance=mode=max --push --tag NAME ."}},
			{"In a GitHub workflow, a step with the digest as its subject signs and attaches it:", []string{"uses: actions/attest-build-provenance"}},
			attest("Or attach provenance that your builder has written:", "", "slsaprovenance1", "provenance.json"),
		}
	case model.FamilySBOM:
		return []recipe{
			{"Docker's builder writes an SBOM of each platform into the index as it builds. It is signed only when the index is:", []string{"docker buildx build --sbom=true --push --tag NAME ."}},
			attest("Or list what is inside and attest it:", "syft "+image+" --output spdx-json=sbom.json", "spdxjson", "sbom.json"),
		}
	case model.FamilySCAI:
		return []recipe{attest("Attest what a scan or a build step has found, as attributes with their evidence:", "", "https://in-toto.io/attestation/scai/v0.3", "attributes.json")}
	case model.FamilyVuln:
		return []recipe{attest("Scan it and attest the result:", "trivy image --format cosign-vuln --output vuln.json "+image, "vuln", "vuln.json")}
	case model.FamilyVEX:
		return []recipe{attest("Say of a known vulnerability whether it matters here, and attest that:",
			"vexctl create --product="+image+" --vuln=CVE-… --status=not_affected --justification=… --file=vex.json", "openvex", "vex.json")}
	case model.FamilyVSA:
		return []recipe{attest("Whoever has verified it attests the outcome:", "", "https://slsa.dev/verification_summary/v1", "vsa.json")}
	case model.FamilyOther:
	}
	return []recipe{attest("Anything can be attested under a type of its own:", "", "https://example.com/my-type/v1", "predicate.json")}
}
