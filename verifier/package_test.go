package verifier

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/trust"
)

// packages is what a registry of packages answers about the demo's package, and the demo's own Sigstore.
type packages struct {
	t       *testing.T
	entry   string
	list    string
	keys    string
	root    trust.Root
	tarball model.Digest
}

const packageURL = "pkg:npm/%40attestree/demo-server@1.4.0"

func readPackages(t *testing.T) *packages {
	t.Helper()
	read := func(name ...string) string {
		raw, err := os.ReadFile(filepath.Join(append([]string{"..", "testdata"}, name...)...))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	roots, err := trust.ParseRoot("demo", trust.SourceFile, []byte(read("demo", "trusted_root.json")))
	if err != nil {
		t.Fatal(err)
	}
	p := &packages{
		t: t, root: roots[0], entry: read("packages", "npm", "version.json"), list: read("packages", "npm", "attestations.json"),
		keys: read("packages", "npm-keys.json"),
	}
	p.tarball = model.IntegrityDigest(gjson.Get(p.entry, "dist.integrity").String())
	return p
}

// verifier judges by the demo's Sigstore and these keys, for a reader who trusts whoever is named.
func (p *packages) verifier(keys string, trusted ...trust.Signer) *Verifier {
	p.t.Helper()
	parsed, err := pkgsig.Parse("file", []byte(keys))
	if err != nil {
		p.t.Fatal(err)
	}
	return testVerifier(p.t, func(o *Options) {
		o.Roots, o.PackageKeys, o.Signers = []trust.Root{p.root}, parsed, signers(p.t, trusted...)
		o.Now = func() time.Time { return time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC) }
	})
}

func (p *packages) node(format model.Format, blob []byte) model.Evidence {
	about := &model.Package{Ecosystem: model.EcosystemNPM, Name: "@attestree/demo-server", Version: "1.4.0", PURL: packageURL}
	n := model.Node{
		ID: "node", Format: format, Package: about, Subject: p.tarball,
		Blob: model.Descriptor{Digest: model.DigestOf(blob), Size: int64(len(blob))},
	}
	if format == model.FormatBundle {
		n.SubjectName = packageURL
	}
	return model.Evidence{Node: n, Blob: blob, Subject: p.tarball}
}

// signature is the registry's, changed by f.
func (p *packages) signature(f func(*model.RegistrySignature)) model.Evidence {
	p.t.Helper()
	s := model.RegistrySignature{
		Name: "@attestree/demo-server", Version: "1.4.0", Integrity: gjson.Get(p.entry, "dist.integrity").String(),
		KeyID: gjson.Get(p.entry, "dist.signatures.0.keyid").String(), Signature: gjson.Get(p.entry, "dist.signatures.0.sig").String(),
	}
	f(&s)
	blob, err := json.Marshal(s)
	if err != nil {
		p.t.Fatal(err)
	}
	return p.node(model.FormatRegistrySignature, blob)
}

// attestation is one of those that were published: the registry's own is the first, the provenance the second.
func (p *packages) attestation(n string) model.Evidence {
	return p.node(model.FormatBundle, []byte(gjson.Get(p.list, "attestations."+n+".bundle").Raw))
}

func same(*model.RegistrySignature) {}

func TestARegistrysSignatureIsJudgedByItsKeys(t *testing.T) {
	p := readPackages(t)
	r := p.verifier(p.keys).Verify(t.Context(), p.signature(same))
	if r.Verdict != model.Valid || r.VerifiedBy != registryJudge || r.Signer == nil || r.Signer.Kind != model.SignerKey {
		t.Fatalf("%s by %s: %s", r.Verdict, r.VerifiedBy, r.Reason)
	}
	requireOwnWords(t, r)
	other := strings.Repeat("A", 86)
	for what, c := range map[string]struct {
		change func(*model.RegistrySignature)
		want   model.CheckID
	}{
		"another name":      {func(s *model.RegistrySignature) { s.Name = "other" }, model.CheckSignature},
		"another version":   {func(s *model.RegistrySignature) { s.Version = "1.4.1" }, model.CheckSignature},
		"another integrity": {func(s *model.RegistrySignature) { s.Integrity = "sha512-" + other + "==" }, model.CheckSignature},
		"a damaged one":     {func(s *model.RegistrySignature) { s.Integrity = "sha512-%" }, model.CheckSignature},
		"no integrity":      {func(s *model.RegistrySignature) { s.Integrity = "" }, model.CheckEnvelope},
		"a strange key":     {func(s *model.RegistrySignature) { s.KeyID = "SHA256:other" }, model.CheckSignature},
		"no base64":         {func(s *model.RegistrySignature) { s.Signature = "%" }, model.CheckSignature},
	} {
		t.Run(what, func(t *testing.T) { requireCaught(t, p.verifier(p.keys), p.signature(c.change), c.want) })
	}
	t.Run("another file", func(t *testing.T) {
		ev := p.signature(same)
		ev.Subject = model.Compute("sha512", []byte("another tarball"))
		requireCaught(t, p.verifier(p.keys), ev, model.CheckSubject)
	})
	t.Run("another version's entry", func(t *testing.T) {
		ev := p.signature(same)
		ev.Node.Package = &model.Package{Name: "@attestree/demo-server", Version: "1.4.1"}
		requireCaught(t, p.verifier(p.keys), ev, model.CheckSubject)
	})
	t.Run("bytes that are no signature", func(t *testing.T) {
		requireCaught(t, p.verifier(p.keys), p.node(model.FormatRegistrySignature, []byte(`{"name":7}`)), model.CheckEnvelope)
	})
}

// retire gives the registry's current key an end.
func (p *packages) retire(end string) string {
	return strings.ReplaceAll(p.keys, `"start": "2026-06-01T09:00:00Z"`, `"start": "2026-01-01T00:00:00Z", "end": "`+end+`"`)
}

func TestARetiredKeyOfARegistry(t *testing.T) {
	p := readPackages(t)
	at := time.Date(2026, 6, 1, 9, 15, 0, 0, time.UTC)
	published := p.signature(func(s *model.RegistrySignature) { s.Published = at })
	if r := p.verifier(p.retire("2026-06-02T00:00:00Z")).Verify(t.Context(), published); r.Verdict != model.Valid {
		t.Errorf("published before the end: %s, %s", r.Verdict, r.Reason)
	}
	requireCaught(t, p.verifier(p.retire("2026-05-01T00:00:00Z")), published, model.CheckTimestamp)
	requireCaught(t, p.verifier(p.retire("2026-06-02T00:00:00Z")), p.signature(same), model.CheckTimestamp)
	// The publish attestation has a time of its own, by the log.
	if r := p.verifier(p.retire("2026-06-02T00:00:00Z")).Verify(t.Context(), p.attestation("0")); r.Verdict != model.Valid {
		t.Errorf("attested before the end: %s, %s", r.Verdict, r.Reason)
	}
	requireCaught(t, p.verifier(p.retire("2026-05-01T00:00:00Z")), p.attestation("0"), model.CheckTimestamp)
}

func TestARegistrysSignatureAsOfAnotherTime(t *testing.T) {
	p := readPackages(t)
	at := time.Date(2026, 6, 1, 9, 15, 0, 0, time.UTC)
	v := p.verifier(p.keys)
	v.at = at.Add(time.Hour)
	if r := v.Verify(t.Context(), p.signature(func(s *model.RegistrySignature) { s.Published = at })); r.Verdict != model.Valid {
		t.Errorf("published before: %s, %s", r.Verdict, r.Reason)
	}
	requireCaught(t, v, p.signature(same), model.CheckTimestamp)
	requireCaught(t, v, p.signature(func(s *model.RegistrySignature) { s.Published = at.Add(2 * time.Hour) }), model.CheckTimestamp)
}

func TestAttestationsOfAPackageAreAboutItsContentAndItsName(t *testing.T) {
	p := readPackages(t)
	for _, n := range []string{"0", "1"} {
		if r := p.verifier(p.keys).Verify(t.Context(), p.attestation(n)); r.Verdict != model.Valid {
			t.Fatalf("attestation %s is %s: %s", n, r.Verdict, r.Reason)
		}
		other := p.attestation(n)
		other.Subject = model.Compute("sha512", []byte("another tarball"))
		requireCaught(t, p.verifier(p.keys), other, model.CheckSubject)
		renamed := p.attestation(n)
		renamed.Node.SubjectName = "pkg:npm/%40attestree/demo-server@1.4.1"
		requireCaught(t, p.verifier(p.keys), renamed, model.CheckSubject)
		changed := p.attestation(n)
		changed.Blob = []byte(edit(t, string(changed.Blob), "dsseEnvelope.payload", func(s string) string { return flipText(t, s) }))
		changed.Node.Blob = model.Descriptor{Digest: model.DigestOf(changed.Blob), Size: int64(len(changed.Blob))}
		if r := p.verifier(p.keys).Verify(t.Context(), changed); r.Verdict != model.Invalid {
			t.Errorf("a changed attestation %s is %s", n, r.Verdict)
		}
	}
}

func TestARegistrysKeySaysNothingOfImages(t *testing.T) {
	p := readPackages(t)
	ev := p.attestation("0")
	ev.Node.Package = nil
	switch r := p.verifier(p.keys).Verify(t.Context(), ev); r.Verdict {
	case model.Untrusted, model.Unverifiable: // by a key that its log entry names, and nobody listed
	default:
		t.Errorf("without a package it is %s", r.Verdict)
	}
}

func TestWhoeverIsPinnedDecidesAboutPackagesToo(t *testing.T) {
	p := readPackages(t)
	workflow := trust.Signer{
		Name: "release", Enabled: true, Keyless: true, Issuer: "https://token.actions.githubusercontent.com",
		Subject: "https://github.com/attestree/demo-server/.github/workflows/release.yml@refs/heads/main",
	}
	stranger := workflow
	stranger.Name, stranger.Subject = "stranger", "https://github.com/other/x/.github/workflows/release.yml@refs/heads/main"
	for _, c := range []struct {
		what string
		who  trust.Signer
		ev   model.Evidence
		want model.Verdict
	}{
		{"the provenance, by the one who is trusted", workflow, p.attestation("1"), model.Trusted},
		{"the provenance, by nobody who is trusted", stranger, p.attestation("1"), model.Untrusted},
		{"the registry's attestation", workflow, p.attestation("0"), model.Untrusted},
		{"the registry's signature", workflow, p.signature(same), model.Untrusted},
	} {
		if r := p.verifier(p.keys, c.who).Verify(t.Context(), c.ev); r.Verdict != c.want {
			t.Errorf("%s is %s (%s), want %s", c.what, r.Verdict, r.Reason, c.want)
		}
	}
}
