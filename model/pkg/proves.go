package pkg

import (
	"fmt"
	"slices"

	"github.com/attestree/attestree/model"
)

// What signatures of packages prove, and what they do not.
const (
	registryProves = "The registry's signature proves that this name, version and content were published through the registry. It does not prove who published it, nor from which source it was made."
	publishProves  = "The registry's publish attestation proves that the registry accepted this very file, and that this was put into a public log. It does not prove who published it."
	nothingProven  = "Nothing is proven: who published it, and from which source it was made, is the registry's word."
	goModules      = "No attestation exists for Go modules. A checksum database that has a record of it says that everybody is given the same content; it does not prove who made it, nor from which source."
)

// proves says for each kind of thing that was verified about a package what it proves.
func proves(p *model.Package, about []*model.Entry) (out []string) {
	if p.Ecosystem == model.EcosystemGolang {
		return []string{goModules}
	}
	add := func(sentence string) {
		if !slices.Contains(out, sentence) {
			out = append(out, sentence)
		}
	}
	for _, e := range about {
		signer := proven(e)
		switch {
		case signer == nil:
		case e.Node.Format == model.FormatRegistrySignature:
			add(registryProves)
		case signer.Kind == model.SignerKey && signer.Registry:
			add(publishProves)
		case signer.Kind != model.SignerCertificate:
			add(fmt.Sprintf("The attestation by the key %s proves that whoever holds that key said so about %s.", signer.Fingerprint, which(e)))
		case model.FamilyOf(outer(e)) == model.FamilyProvenance:
			add(fmt.Sprintf("The provenance proves that %s made %s%s. It does not prove that the source does what it should.", signer.Subject, which(e), from(signer)))
		default:
			add(fmt.Sprintf("The publish attestation proves that %s published %s%s. It does not prove how the file was made.", signer.Subject, which(e), from(signer)))
		}
	}
	if len(out) == 0 {
		return []string{nothingProven}
	}
	return out
}

// which is what was attested: this file, unless nothing was compared.
func which(e *model.Entry) string {
	if e.Node.Subject == "" {
		return "a file whose digest it names, which was compared with none"
	}
	return "this very file"
}

// outer is the type of the statement that was signed, "" if it cannot be read.
func outer(e *model.Entry) string {
	if e.Attestation == nil || e.Attestation.Statement == nil {
		return ""
	}
	return e.Attestation.Statement.PredicateType
}

// from is the source that a certificate proves, as the end of a sentence.
func from(s *model.Signer) string {
	o := model.CertificateOrigin(s)
	switch {
	case o.Repository == "":
		return ""
	case o.Commit == "":
		return ", in a run of " + o.Repository
	}
	return ", in a run of " + o.Repository + " at commit " + o.Commit
}
