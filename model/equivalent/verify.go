package equivalent

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// cosignFlags are those of how the registry is asked.
func (m *maker) cosignFlags() word {
	return m.transport("--allow-http-registry", "--allow-insecure-registry")
}

// imageVerified verifies an image by what vouches for it.
func (m *maker) imageVerified() {
	by := m.tree.Entry(cmp.Or(m.entry.Standing.VouchedBy, m.entry.Standing.CoveredBy))
	if by == nil {
		m.cannot("cosign", Verify, "the signature", "nothing that holds vouches for this image, so that no command would say that it is signed")
		return
	}
	voucher := &maker{tree: m.tree, entry: by, ctx: m.ctx, repo: m.repo}
	voucher.verified()
	m.out = append(m.out, voucher.out...)
}

// verified verifies one attached thing with whatever program can.
func (m *maker) verified() {
	e := m.entry
	switch e.Node.Format {
	case model.FormatBundle, model.FormatDSSE, model.FormatSimpleSigning:
		m.cosign()
		m.github()
		m.slsaVerifier()
		m.kyverno()
	case model.FormatNotationJWS, model.FormatNotationCOSE:
		m.add("notation", Show, "all signatures", "", ours("notation inspect"), m.notationFlags(), m.at(e.Node.Subject))
		m.add("notation", Verify, "by your trust policy", "verifies any signature that the trust policy accepts, not this one alone",
			ours("notation verify"), m.notationFlags(), m.at(e.Node.Subject))
	case model.FormatStatement, model.FormatDocument:
		m.unsigned()
	case model.FormatNone, model.FormatOpaque, model.FormatRegistrySignature:
	}
}

// notationFlags are notation's, which has none for a certificate that the system does not know.
func (m *maker) notationFlags() word { return m.transport("--insecure-registry", "") }

// unsigned says how BuildKit's statements and bare documents are read elsewhere.
func (m *maker) unsigned() {
	m.cannot("cosign", Verify, "the signature", "it carries no signature of its own")
	if !slices.Contains(m.entry.Node.Found, model.FoundBuildKit) {
		return
	}
	field, does := ".Provenance", "as BuildKit's provenance"
	if model.EntryFamily(m.entry) == model.FamilySBOM {
		field, does = ".SBOM", "as BuildKit's SBOM"
	}
	root := m.tree.Root()
	m.add("docker", Decode, does, "prints all platforms, and verifies nothing",
		ours("docker buildx imagetools inspect"), m.at(root.Node.Digest), ours("--format"), quoted("{{ json "+field+" }}"))
}

// signer is who is proven to have signed; an equivalent for a claim would verify nothing.
func (m *maker) signer() *model.Signer {
	if r := m.entry.Report; r != nil {
		return r.Signer
	}
	return nil
}

// cosign verifies signatures and attestations where this one is kept: the formats do not see each other.
func (m *maker) cosign() {
	e := m.entry
	who := m.signer()
	verb, does := "cosign verify", "the signature"
	attested := e.Attestation != nil && e.Attestation.Statement != nil && model.EntryFamily(e) != model.FamilySignature
	if attested {
		verb, does = "cosign verify-attestation", "the attestation"
	}
	switch {
	case who == nil:
		m.cannot("cosign", Verify, does, "who signed is not proven, so there is nobody to name")
		return
	case e.Node.Subject == "":
		m.cannot("cosign", Verify, does, "it is not known which image it is about; see cosign verify-blob-attestation")
		return
	case e.Attestation != nil && e.Attestation.Message:
		m.cannot("cosign", Verify, does, "cosign reads no message signatures from registries")
		return
	}
	words := []word{ours(verb), m.cosignFlags()}
	if attested {
		words = append(words, ours("--type"), quoted(e.Attestation.Statement.PredicateType))
	}
	words = append(words, m.who(who)...)
	words = append(words, m.format()...)
	note := "verifies any of this kind that such a signer made, not this one alone" + m.anybody(who)
	m.add("cosign", Verify, does, note, append(words, m.at(e.Node.Subject))...)
	if attested {
		m.add("cosign", Decode, "the statement, once verified", "", append(slices.Clone(words), m.at(e.Node.Subject),
			ours(`| jq -r '.payload // .dsseEnvelope.payload' | base64 -d | jq .`))...)
	}
}

// anybody is what to know of a signer that is a workflow of another repository: whoever calls it signs as it, and the
// command does not ask who did.
func (m *maker) anybody(s *model.Signer) string {
	source := s.Extension("sourceRepositoryURI")
	if s.Issuer != actionsIssuer || source == "" || strings.HasPrefix(s.Subject, source+"/") {
		return ""
	}
	return "; the identity is a workflow that any repository can call, and it is not asked that " + source + " did"
}

// who are cosign's flags for a signer.
func (m *maker) who(s *model.Signer) []word {
	var words []word
	if s.Kind == model.SignerKey {
		words = append(words, ours("--key"), quoted(m.key()))
		if m.entry.Report.Check(model.CheckLog).Status != model.CheckPassed {
			words = append(words, ours("--insecure-ignore-tlog=true"))
		}
	} else {
		words = append(words, ours("--certificate-identity"), quoted(s.Subject), ours("--certificate-oidc-issuer"), quoted(s.Issuer))
	}
	if root := m.trustedRoot(); root != "" {
		words = append(words, ours("--trusted-root"), quoted(root))
	}
	return words
}

// key is the file of the key that signed: the reader's, if it was that one.
func (m *maker) key() string {
	if m.ctx.Key != "" && m.entry.Report.Check(model.CheckSigner).Status == model.CheckPassed {
		return m.ctx.Key
	}
	return someKey
}

// publicGood is the instance that every program knows by itself.
const publicGood = "public-good"

// trustedRoot is the file that another program has to be given, "" where it knows the root by itself.
func (m *maker) trustedRoot() string {
	switch r := m.entry.Report; {
	case m.ctx.TrustedRoot != "":
		return m.ctx.TrustedRoot
	case r != nil && r.Signer != nil && r.Signer.Kind == model.SignerCertificate && r.TrustRoot != publicGood && r.TrustRoot != "":
		return someRoot
	}
	return ""
}

// format chooses where cosign looks. By default it takes bundles if there is one on the image, and nothing else then.
func (m *maker) format() []word {
	n := m.entry.Node
	if n.Format == model.FormatBundle {
		return nil
	}
	words := []word{ours("--new-bundle-format=false")}
	if strings.HasPrefix(n.ArtifactType, "application/vnd.dev.cosign.artifact.") {
		words = append(words, ours("--experimental-oci11=true"))
	}
	if m.entry.Report.Check(model.CheckTimestamp).Status == model.CheckPassed && n.Blob.Annotations["dev.sigstore.cosign/rfc3161timestamp"] != "" {
		words = append(words, ours("--use-signed-timestamps"))
	}
	return words
}
