package equivalent

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

const actionsIssuer = "https://token.actions.githubusercontent.com"

// github verifies with GitHub's own tool what a GitHub workflow signed and keeps as a bundle beside the image.
func (m *maker) github() {
	who, e := m.signer(), m.entry
	if who == nil || who.Issuer != actionsIssuer || e.Attestation == nil || e.Attestation.Statement == nil {
		return
	}
	const does = "the attestation"
	if model.EntryFamily(e) == model.FamilySignature {
		return // it knows attestations only
	}
	if e.Node.Format != model.FormatBundle {
		m.cannot("gh", Verify, does, "gh reads bundles that are referrers of the image, and this is kept under cosign's tag")
		return
	}
	repository := model.RepositoryPath(who.Extension("sourceRepositoryURI"))
	if repository == "" {
		m.cannot("gh", Verify, does, "the certificate names no source repository, which gh asks for")
		return
	}
	words := []word{ours("gh attestation verify"), quoted("oci://" + m.repo + "@" + string(e.Node.Subject)), ours("--bundle-from-oci --repo"), quoted(repository),
		ours("--predicate-type"), quoted(e.Attestation.Statement.PredicateType), ours("--cert-identity"), quoted(who.Subject)}
	if root := m.trustedRoot(); root != "" {
		words = append(words, ours("--custom-trusted-root"), quoted(root))
	}
	m.add("gh", Verify, does, "", words...)
}

// generator is whose provenance slsa-verifier reads from images.
const generator = "https://github.com/slsa-framework/slsa-github-generator/"

// slsaVerifier verifies provenance of the SLSA project's own generators, which cosign attached under its tag.
func (m *maker) slsaVerifier() {
	who, e := m.signer(), m.entry
	if model.EntryFamily(e) != model.FamilyProvenance || who == nil {
		return
	}
	const does = "the provenance, its builder and its source"
	switch {
	case !strings.HasPrefix(who.Subject, generator):
		m.cannot("slsa-verifier", Verify, does, "it knows images by the slsa-github-generator only, and this signer is another")
		return
	case e.Node.Format != model.FormatDSSE || !slices.Contains(e.Node.Found, model.FoundCosignTag):
		m.cannot("slsa-verifier", Verify, does, "it reads cosign's .att tag only, and this is kept as a referrer")
		return
	}
	source := strings.TrimPrefix(model.CanonicalRepository(who.Extension("sourceRepositoryURI")), "https://")
	words := []word{ours("slsa-verifier verify-image"), m.at(e.Node.Subject), ours("--source-uri"), quoted(source)}
	switch ref := who.Extension("sourceRepositoryRef"); {
	case strings.HasPrefix(ref, "refs/tags/"):
		words = append(words, ours("--source-tag"), quoted(strings.TrimPrefix(ref, "refs/tags/")))
	case strings.HasPrefix(ref, "refs/heads/"):
		words = append(words, ours("--source-branch"), quoted(strings.TrimPrefix(ref, "refs/heads/")))
	}
	m.add("slsa-verifier", Verify, does, "", words...)
}
