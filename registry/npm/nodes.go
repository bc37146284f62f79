package npm

import (
	"encoding/json"
	"fmt"
	"path"

	"github.com/attestree/attestree/model"
)

// bundleType is the media type by which a bundle is announced; its own says its version.
const bundleType = "application/vnd.dev.sigstore.bundle+json"

// Emit turns answers into nodes below parent ("" for the root of a tree): the package, its tarball, and what is signed
// about that. claim is what somebody who wraps the package says of it, or nil.
func (a Answers) Emit(name, wanted, parent string, describe func(*model.Package), emit func(model.Event)) error {
	v, err := parseVersion(a.Version, name, wanted)
	if err != nil {
		return err
	}
	p := &model.Package{
		Ecosystem: model.EcosystemNPM, Name: name, Version: wanted, PURL: PURL(name, wanted), Asked: a.Asked,
		Repository: v.repository(), Published: a.Published, Publisher: v.publisher(),
		Announced: v.Dist.Attestations != nil, AnnouncedType: v.announces(), Withdrawn: v.withdrawn(),
	}
	if describe != nil {
		describe(p)
	}
	found := []model.Found{model.FoundPackageRegistry}
	emit(model.NodeFound{Node: model.Node{ID: p.PURL, Parent: parent, Kind: model.KindPackage, Package: p, Found: found, Raw: a.Version}})
	file := model.Node{
		ID: p.PURL + "#tarball", Parent: p.PURL, Kind: model.KindPackageFile, Package: p, Found: found,
		Name: tarballName(v), Digest: model.IntegrityDigest(v.Dist.Integrity),
	}
	if file.Digest == "" {
		file.Unavailable = fmt.Sprintf("the registry's integrity %q names no SHA-512 or SHA-256 digest, so that there is nothing to compare with", v.Dist.Integrity)
	}
	emit(model.NodeFound{Node: file})
	b := below{p: p, file: file, found: found, emit: emit}
	for _, s := range v.Dist.Signatures {
		if err := b.signature(v, s); err != nil {
			return err
		}
	}
	if a.Attestations != nil {
		list, err := parseAttestations(a.Attestations)
		if err != nil {
			return err
		}
		for _, one := range list {
			b.attestation(one)
		}
	}
	for _, l := range a.Lookups {
		if file.Digest != "" && l.Mechanism == model.MechanismPackageAttestations {
			l.Subject = file.Digest
		}
		emit(model.LookedUp{Lookup: l})
	}
	return nil
}

// below adds what hangs on a tarball.
type below struct {
	p     *model.Package
	file  model.Node
	found []model.Found
	emit  func(model.Event)
}

func (b below) signature(v version, s signature) error {
	document, err := json.Marshal(model.RegistrySignature{
		Name: v.Name, Version: v.Version, Integrity: v.Dist.Integrity, KeyID: s.KeyID, Signature: s.Sig, Published: b.p.Published,
	})
	if err != nil {
		return fmt.Errorf("read the registry's signature: %w", err)
	}
	b.node(model.KindSignature, model.FormatRegistrySignature, "application/json", document)
	return nil
}

func (b below) attestation(a attestation) {
	b.node(model.KindAttestation, model.FormatBundle, bundleType, a.Bundle)
}

// node adds a node with its payload. Its digest is ours: the registry names none.
func (b below) node(kind model.Kind, format model.Format, mediaType string, blob []byte) {
	digest := model.DigestOf(blob)
	n := model.Node{
		ID: b.file.ID + "/" + string(digest), Parent: b.file.ID, Kind: kind, Format: format, Package: b.p, Found: b.found,
		Digest: digest, Size: int64(len(blob)), MediaType: mediaType, Subject: b.file.Digest, Publisher: b.p.Publisher,
		Blob: model.Descriptor{MediaType: mediaType, Digest: digest, Size: int64(len(blob))},
	}
	if format == model.FormatBundle {
		n.SubjectName = b.p.PURL
	}
	b.emit(model.NodeFound{Node: n})
	b.emit(model.BlobLoaded{ID: n.ID, Bytes: blob})
}

func tarballName(v version) string {
	if name := path.Base(v.Dist.Tarball); v.Dist.Tarball != "" {
		return name
	}
	return path.Base(v.Name) + "-" + v.Version + ".tgz"
}
