package verifier

import (
	"crypto"
	"crypto/elliptic"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"
	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

func TestBundlesWithAChainAreJudgedByTheLeafAlone(t *testing.T) {
	i := newInstance(t)
	key := i.key(elliptic.P256())
	layer := i.attestation(key, i.leaf(key.Public(), false), statementOf(`{"sha256":"`+image.Hex()+`"}`))
	stranger := newInstance(t)
	for name, chain := range map[string][]*x509.Certificate{
		"leaf alone": nil, "with the authority": {i.ca}, "with somebody else's authority": {stranger.ca},
	} {
		t.Run(name, func(t *testing.T) {
			good := i.bundled(layer, chain...)
			requireGood(t, i.verifier(), good)
			r := i.verifier().Verify(t.Context(), good)
			if brings := hasFinding(r, "root-in-bundle"); brings != (chain != nil) {
				t.Errorf("findings %v", r.Findings)
			}
			// What a bundle brings along makes nobody believe it.
			if r := stranger.verifier().Verify(t.Context(), good); r.Verdict != model.Unverifiable {
				t.Errorf("under a stranger's root: %s", r.Verdict)
			}
			newer := strings.Replace(string(good.Blob), "version=0.1", "version=0.2", 1)
			requireCaught(t, i.verifier(), withBlob(good, newer), model.CheckLog) // v0.2 wants an inclusion proof
			newest := strings.Replace(string(good.Blob), "version=0.1", "version=0.3", 1)
			requireCaught(t, i.verifier(), withBlob(good, newest), model.CheckEnvelope) // v0.3 wants no chain
		})
	}
}

func hasFinding(r model.Report, id string) bool {
	for _, f := range r.Findings {
		if f.ID == id {
			return true
		}
	}
	return false
}

// gitHub is an instance like GitHub's own: certificates without SCT, timestamps, no log.
func gitHub(t *testing.T) *stamper {
	t.Helper()
	i := newInstance(t)
	ca := *i.ca
	ca.Subject.Organization, ca.RawSubject = []string{trust.GitHubOrganization}, nil
	i.ca = i.certificate(&ca, &ca, i.caKey.Public())
	return i.stamper()
}

func TestGitHubsInstanceIsJudgedByTimestampsAlone(t *testing.T) {
	s := gitHub(t)
	public := newInstance(t)
	key := s.i.key(elliptic.P256())
	content, sig := s.enveloped(by(t, key, crypto.SHA256, crypto.SHA256))
	leaf := s.i.leaf(key.Public(), true)
	both := func(o *Options) {
		o.Roots = []trust.Root{public.root(), s.logless(trust.GitHubName)}
		o.Signers[0].Root = trust.GitHubName
	}
	good := s.bundle(leaf, content, s.stamp(sig, signedOn))
	v := public.verifier(both)
	requireGood(t, v, good)
	r := v.Verify(t.Context(), good)
	if r.TrustRoot != trust.GitHubName || r.Check(model.CheckLog).Required || r.Check(model.CheckSCT).Required || !r.SignedAt.Equal(signedOn) {
		t.Errorf("%+v", r)
	}
	stranger := gitHub(t)
	for name, c := range map[string]struct {
		ev     model.Evidence
		want   model.CheckID
		reason string
	}{
		"no timestamp":                   {s.bundle(leaf, content), model.CheckTimestamp, "nothing attests"},
		"a timestamp over another":       {s.bundle(leaf, content, s.stamp([]byte("other"), signedOn)), model.CheckTimestamp, "for other bytes"},
		"a timestamp by a stranger":      {s.bundle(leaf, content, stranger.stamp(sig, signedOn)), model.CheckTimestamp, "not right"},
		"a timestamp by nobody known":    {s.bundle(leaf, content, public.stamper().stamp(sig, signedOn)), model.CheckTimestamp, "does not know"},
		"no timestamp at all":            {s.bundle(leaf, content, []byte("no timestamp")), model.CheckTimestamp, "cannot be read"},
		"signed when it was too late":    {s.bundle(leaf, content, s.stamp(sig, signedOn.Add(time.Hour))), model.CheckCertificate, "51m0s after it ended"},
		"signed before it was issued":    {s.bundle(leaf, content, s.stamp(sig, signedOn.Add(-46*time.Hour))), model.CheckCertificate, "45h59m0s before it began"},
		"one good and one bad timestamp": {s.bundle(leaf, content, s.stamp(sig, signedOn), s.stamp([]byte("other"), signedOn)), model.CheckTimestamp, "for other bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			requireCaught(t, v, c.ev, c.want)
			if r := v.Verify(t.Context(), c.ev); !strings.Contains(r.Reason, c.reason) {
				t.Errorf("reason %q", r.Reason)
			}
		})
	}
	// The same certificate under a root that has logs needs them.
	named := func(o *Options) { o.Roots = []trust.Root{s.i.root()} }
	if r := s.i.verifier(named).Verify(t.Context(), good); r.Verdict == model.Trusted {
		t.Error("trusted without a log entry by a root that has a log")
	}
	retired := *s
	retired.end = signedOn.Add(-time.Hour)
	requireCaught(t, retired.verifier(), good, model.CheckTimestamp)
}

func TestCertificatesOfAPrivateAuthorityMayHaveIntermediates(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	between := i.key(elliptic.P256())
	intermediate := i.certificate(&x509.Certificate{
		SerialNumber: big.NewInt(3), Subject: pkix.Name{CommonName: "intermediate"}, NotBefore: i.start, NotAfter: judgedOn.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, i.ca, between.Public())
	below := *i
	below.ca, below.caKey = intermediate, between
	key := i.key(elliptic.P256())
	content, sig := s.enveloped(by(t, key, crypto.SHA256, crypto.SHA256))
	good := s.bundle(below.leaf(key.Public(), true), content, s.stamp(sig, signedOn))
	private := func(intermediates ...*x509.Certificate) func(*Options) {
		return func(o *Options) { o.Roots = []trust.Root{s.logless("private", intermediates...)} }
	}
	requireGood(t, i.verifier(private(intermediate)), good)
	requireCaught(t, i.verifier(private()), good, model.CheckCertificate)
	forged := newInstance(t)
	impostor := *intermediate
	impostor.PublicKey = forged.caKey.Public()
	forged.ca = &impostor
	requireCaught(t, i.verifier(private(intermediate)), s.bundle(forged.leaf(key.Public(), true), content, s.stamp(sig, signedOn)), model.CheckCertificate)
}

func TestItIsSaidWhatATimestampIsOver(t *testing.T) {
	i := newInstance(t)
	s := i.stamper()
	key := i.key(elliptic.P256())
	layer := i.attestation(key, i.leaf(key.Public(), false), statementOf(`{"sha256":"`+image.Hex()+`"}`))
	stamped := func(o *Options) {
		material, err := root.NewTrustedRoot(root.TrustedRootMediaType01,
			[]root.CertificateAuthority{&root.FulcioCertificateAuthority{Root: i.ca}}, i.log(i.ctKey, "ct"),
			[]root.TimestampingAuthority{s.authority()}, i.log(i.logKey, "log"))
		if err != nil {
			t.Fatal(err)
		}
		o.Roots = []trust.Root{trust.NewRoot(model.TrustRoot{Name: "stamped"}, material)}
	}
	sig, err := base64.StdEncoding.DecodeString(gjson.GetBytes(layer.Blob, "signatures.0.sig").String())
	if err != nil {
		t.Fatal(err)
	}
	for over, b := range map[string][]byte{"signature": sig, "envelope": layer.Blob} {
		ev := withAnnotation(layer, annotationTimestamp, func(string) string {
			return string(i.json(map[string]any{"SignedRFC3161Timestamp": s.stamp(b, signedOn)}))
		})
		requireGood(t, i.verifier(stamped), ev)
		var found bool
		for _, stamp := range i.verifier(stamped).Verify(t.Context(), ev).Timestamps {
			found = found || stamp.Kind == "rfc3161" && stamp.Over == over && stamp.Verified && stamp.Authority == "https://tsa"
		}
		if !found {
			t.Errorf("no timestamp over the %s", over)
		}
	}
	other := withAnnotation(layer, annotationTimestamp, func(string) string {
		return string(i.json(map[string]any{"SignedRFC3161Timestamp": s.stamp([]byte("other"), signedOn)}))
	})
	requireCaught(t, i.verifier(stamped), other, model.CheckTimestamp)
}

func TestWhatTheLogDidNotSignIsAClaim(t *testing.T) {
	v := testVerifier(t, requireLogs(t))
	for name, signed := range map[string]bool{bundleRekor1: true, bundleRekor2: false, layerSignature: true, bundleKey: true} {
		for _, e := range v.Verify(t.Context(), named(t, name)).Log {
			if !e.Verified || e.Signed != signed || e.Kind == "" {
				t.Errorf("%s: %+v", name, e)
			}
		}
	}
	good := named(t, bundleRekor1)
	renamed := strings.Replace(string(good.Blob), `"kind":"dsse"`, `"kind":"rekord"`, 1)
	for _, e := range v.Verify(t.Context(), withBlob(good, renamed)).Log {
		if strings.Contains(e.Kind, "rekord ") && !strings.Contains(e.Kind, "hashedrekord") {
			t.Errorf("kind %q is taken from a field that nothing covers", e.Kind)
		}
	}
}
