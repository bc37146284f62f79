package pypi

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Emit turns answers into nodes below parent ("" for the root of a tree): the project's version, its files, and the
// attestations of each.
func (a Answers) Emit(name, version, parent string, describe func(*model.Package), emit func(model.Event)) error {
	p := &model.Package{
		Ecosystem: model.EcosystemPyPI, Name: name, Version: version, PURL: PURL(name, version), Asked: a.Asked,
	}
	files, err := a.files(name, version)
	if err != nil {
		return err
	}
	for _, f := range files {
		if p.Withdrawn == "" {
			p.Withdrawn = f.yanked()
		}
		if answer, err := parseProvenance(a.Provenance[f.Filename]); err == nil && len(answer.Bundles) > 0 && p.Publisher.Zero() {
			p.Publisher = answer.Bundles[0].Publisher.model("")
		}
	}
	if describe != nil {
		describe(p)
	}
	found := []model.Found{model.FoundPackageRegistry}
	emit(model.NodeFound{Node: model.Node{ID: p.PURL, Parent: parent, Kind: model.KindPackage, Package: p, Found: found}})
	if a.Index != nil && a.Lookups != nil {
		emit(model.LookedUp{Lookup: model.Lookup{
			Mechanism: model.MechanismPackageMetadata, Subject: model.Digest(p.PURL), Repository: p.PURL, Status: model.LookupFound, Count: len(files),
		}})
	}
	for _, f := range files {
		a.emitFile(p, f, found, emit)
	}
	return nil
}

// files are those of the version, by name: of the index, or those whose provenance was saved without it.
func (a Answers) files(name, version string) ([]file, error) {
	if a.Index != nil {
		files, err := parseIndex(a.Index, name, version)
		slices.SortFunc(files, func(x, y file) int { return strings.Compare(x.Filename, y.Filename) })
		return files, err
	}
	var files []file
	for filename := range a.Provenance {
		f := file{Filename: filename, Hashes: map[string]string{}}
		for _, d := range a.Digests {
			f.Hashes[d.Algorithm()] = d.Hex()
		}
		files = append(files, f)
	}
	slices.SortFunc(files, func(x, y file) int { return strings.Compare(x.Filename, y.Filename) })
	return files, nil
}

func (a Answers) emitFile(p *model.Package, f file, found []model.Found, emit func(model.Event)) {
	n := model.Node{
		ID: p.PURL + "#" + f.Filename, Parent: p.PURL, Kind: model.KindPackageFile, Package: p, Found: found,
		Name: f.Filename, Digest: f.digest(), Size: f.Size,
	}
	n.Unavailable = a.unknown(f)
	emit(model.NodeFound{Node: n})
	if l, asked := a.Lookups[f.Filename]; asked {
		emit(model.LookedUp{Lookup: l})
	}
	raw := a.Provenance[f.Filename]
	if raw == nil {
		return
	}
	answer, err := parseProvenance(raw)
	if err != nil {
		emitBroken(n, "provenance", err.Error(), emit)
		return
	}
	for _, b := range answer.Bundles {
		for _, one := range b.Attestations {
			emitAttestation(n, b.Publisher.model(f.Filename), one, emit)
		}
	}
}

// unknown is why nothing can be said of a file, "" where something can. Saved answers may lack what the index has.
func (a Answers) unknown(f file) string {
	link, linked := f.link()
	switch {
	case f.digest() == "" && a.Index != nil:
		return "the index names no SHA-256 digest of it, so that there is nothing to compare with"
	case f.digest() == "":
		return "nothing says what its content is: save the project's list of files too, or give the file with --artifact"
	case a.Lookups != nil || a.Provenance[f.Filename] != nil:
	case link != "":
		return "the index says that there is provenance of it, which was not saved"
	case !linked:
		return "the index does not say whether there is provenance of it, and none was saved"
	}
	return ""
}

// emitBroken adds a node for something that cannot be made into a bundle: it was there, and cannot be believed.
func emitBroken(file model.Node, name, problem string, emit func(model.Event)) {
	emit(model.NodeFound{Node: model.Node{
		ID: file.ID + "/" + name, Parent: file.ID, Kind: model.KindAttestation, Format: model.FormatNone, Package: file.Package,
		Found: file.Found, Name: name, Subject: file.Digest, Unavailable: problem,
	}})
}

func emitAttestation(file model.Node, by model.Publisher, raw []byte, emit func(model.Event)) {
	blob, err := Convert(raw)
	if err != nil {
		emitBroken(file, string(model.DigestOf(raw)), err.Error(), emit)
		return
	}
	digest := model.DigestOf(blob)
	n := model.Node{
		ID: file.ID + "/" + string(digest), Parent: file.ID, Kind: model.KindAttestation, Format: model.FormatBundle,
		Package: file.Package, Found: file.Found, Digest: digest, Size: int64(len(blob)), MediaType: bundleType,
		Subject: file.Digest, SubjectName: file.Name, Publisher: by,
		Blob: model.Descriptor{MediaType: bundleType, Digest: digest, Size: int64(len(blob))},
	}
	emit(model.NodeFound{Node: n})
	emit(model.BlobLoaded{ID: n.ID, Bytes: blob})
}
