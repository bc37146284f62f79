package pkg_test

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

var (
	tarball = model.Compute("sha512", []byte("a tarball"))
	version = &model.Package{Ecosystem: model.EcosystemNPM, Name: "a", Version: "1.0.0", PURL: "pkg:npm/a@1.0.0"}
)

// published is a judged tree of one version with a tarball and, about that, nodes with these verdicts: signatures by the
// registry first, then attestations.
func published(signatures, attestations []model.Verdict, lookups ...model.Lookup) *model.Tree {
	return publishedBy(0, signatures, attestations, lookups...)
}

// publishedBy is published, where the last of the attestations are the registry's own.
func publishedBy(registrys int, signatures, attestations []model.Verdict, lookups ...model.Lookup) *model.Tree {
	t := model.NewTree()
	t.Apply(model.NodeFound{Node: model.Node{ID: version.PURL, Kind: model.KindPackage, Package: version}})
	t.Apply(model.NodeFound{Node: model.Node{ID: "file", Parent: version.PURL, Kind: model.KindPackageFile, Package: version, Name: "a.tgz", Digest: tarball}})
	add := func(format model.Format, kind model.Kind, v model.Verdict, i int, registry bool) {
		id := string(format) + string(rune('0'+i))
		blob := model.DigestOf([]byte(id))
		t.Apply(model.NodeFound{Node: model.Node{
			ID: id, Parent: "file", Kind: kind, Format: format, Package: version, Subject: tarball, Digest: blob,
			Blob: model.Descriptor{Digest: blob, Size: 1},
		}})
		t.Apply(model.BlobLoaded{ID: id, Bytes: []byte("x")})
		a := &model.Attestation{Statement: &model.Statement{
			PredicateType: "https://slsa.dev/provenance/v1",
			Subjects:      []model.Subject{{Digests: []model.NamedDigest{{Algorithm: "sha512", Value: tarball.Hex()}}}},
		}}
		if format == model.FormatRegistrySignature {
			a = &model.Attestation{}
		}
		t.Apply(model.Opened{ID: id, Attestation: a})
		t.Apply(model.Judged{ID: id, Report: model.Report{
			Verdict: v, Reason: "for a reason", Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}},
			Signer: &model.Signer{Kind: model.SignerKey, Registry: registry},
		}})
	}
	for i, v := range signatures {
		add(model.FormatRegistrySignature, model.KindSignature, v, i, true)
	}
	for i, v := range attestations {
		add(model.FormatBundle, model.KindAttestation, v, i, i >= len(attestations)-registrys)
	}
	for _, l := range lookups {
		t.Apply(model.LookedUp{Lookup: l})
	}
	t.Apply(model.DiscoveryDone{})
	t.Apply(model.Done{})
	t.Judge()
	return t
}

func TestAPackageIsGoodEnoughOnlyWhereNothingIsWrongOrMissing(t *testing.T) {
	valid, invalid, trusted := []model.Verdict{model.Valid}, []model.Verdict{model.Invalid}, []model.Verdict{model.Trusted}
	denied := model.Lookup{Mechanism: model.MechanismPackageAttestations, Status: model.LookupDenied, Repository: version.PURL, Detail: "403"}
	for what, c := range map[string]struct {
		tree       *model.Tree
		q          pkg.Question
		coverage   pkg.Coverage
		satisfied  bool
		incomplete bool
		wrong      bool
	}{
		"nothing is signed":                    {published(nil, nil), pkg.Question{}, pkg.None, false, false, false},
		"the registry signed":                  {published(valid, nil), pkg.Question{}, pkg.Signatures, true, false, false},
		"the registry signed, more is wanted":  {published(valid, nil), pkg.Question{Provenance: true}, pkg.Signatures, false, false, false},
		"attested":                             {published(valid, valid), pkg.Question{Provenance: true}, pkg.Attestations, true, false, false},
		"attested, by nobody who is trusted":   {published(valid, valid), pkg.Question{Pinned: true}, pkg.Attestations, false, false, false},
		"attested, by somebody who is trusted": {published([]model.Verdict{model.Untrusted}, trusted), pkg.Question{Pinned: true}, pkg.Attestations, true, false, false},
		"a good and a bad attestation":         {published(valid, []model.Verdict{model.Valid, model.Invalid}), pkg.Question{}, pkg.Attestations, false, false, true},
		"a bad signature":                      {published(invalid, valid), pkg.Question{}, pkg.Attestations, false, false, true},
		"one that cannot be judged":            {published(valid, []model.Verdict{model.Unverifiable}), pkg.Question{}, pkg.Attestations, false, false, false},
		"attested by a key that nobody knows":  {published(nil, []model.Verdict{model.Untrusted}), pkg.Question{}, pkg.Attestations, false, false, false},
		"attestations were denied":             {published(valid, nil, denied), pkg.Question{}, pkg.Unknown, false, true, false},
		"nothing was seen, and not all":        {published(nil, nil, denied), pkg.Question{}, pkg.Unknown, false, true, false},
		"one was seen, and others were denied": {published(valid, valid, denied), pkg.Question{}, pkg.Attestations, false, true, false},
		"the registry attested":                {publishedBy(1, valid, valid), pkg.Question{}, pkg.Attestations, true, false, false},
		"the registry attested, more is wanted": {
			publishedBy(1, valid, valid), pkg.Question{Provenance: true}, pkg.Attestations, false, false, false,
		},
		"the registry is trusted, and who attested is not": {
			published(trusted, []model.Verdict{model.Untrusted}), pkg.Question{Provenance: true, Pinned: true}, pkg.Attestations, false, false, false,
		},
		"another file was given": {published(valid, valid), pkg.Question{Artifact: []model.Digest{model.DigestOf(nil)}}, pkg.Attestations, false, false, false},
	} {
		s := pkg.Summarize(c.tree, version.PURL, c.q)
		if s.Coverage != c.coverage || s.Satisfied != c.satisfied || s.Incomplete != c.incomplete || s.Wrong != c.wrong || len(s.Reasons) == 0 {
			t.Errorf("%s: coverage %s, satisfied %v, incomplete %v, wrong %v, %q", what, s.Coverage, s.Satisfied, s.Incomplete, s.Wrong, s.Reasons)
		}
	}
}

func TestWhatIsNotInTheTreeIsNotKnown(t *testing.T) {
	if s := pkg.Summarize(model.NewTree(), version.PURL, pkg.Question{}); s.Satisfied || !s.Incomplete {
		t.Errorf("%+v", s)
	}
}

func TestARegistrysSignatureIsSaidNotToProveWhoPublished(t *testing.T) {
	s := pkg.Summarize(published([]model.Verdict{model.Valid}, nil), version.PURL, pkg.Question{})
	if said := strings.Join(s.Proves, " "); !strings.Contains(said, "published through the registry") || !strings.Contains(said, "does not prove who published it") {
		t.Errorf("%q", said)
	}
}
