package verifier

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/url"
	"testing"
	"time"

	"github.com/sigstore/sigstore-go/pkg/root"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/trust"
)

// instance is a Sigstore instance of our own, for what real tools no longer make: an authority, a certificate log and a
// transparency log that signs entry timestamps.
type instance struct {
	tb                   testing.TB
	caKey, ctKey, logKey *ecdsa.PrivateKey
	ca                   *x509.Certificate
	start, end           time.Time // of the log's key
}

// signedOn is when this instance's signatures are made.
var signedOn = judgedOn.Add(-time.Hour)

func newInstance(tb testing.TB) *instance {
	tb.Helper()
	i := &instance{tb: tb, start: judgedOn.Add(-48 * time.Hour)}
	i.caKey, i.ctKey, i.logKey = i.key(elliptic.P256()), i.key(elliptic.P256()), i.key(elliptic.P256())
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority", Organization: []string{"test"}},
		NotBefore: i.start, NotAfter: judgedOn.Add(48 * time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	}
	i.ca = i.certificate(template, template, i.caKey.Public())
	return i
}

func (i *instance) key(c elliptic.Curve) *ecdsa.PrivateKey {
	i.tb.Helper()
	k, err := ecdsa.GenerateKey(c, rand.Reader)
	if err != nil {
		i.tb.Fatal(err)
	}
	return k
}

// pinned is a new key, as a reader who calls it "release" has it.
func (i *instance) pinned() (*ecdsa.PrivateKey, trust.Key) {
	i.tb.Helper()
	k := i.key(elliptic.P256())
	known, err := trust.NewKey("release", k.Public())
	if err != nil {
		i.tb.Fatal(err)
	}
	return k, known
}

func (i *instance) certificate(template, parent *x509.Certificate, public crypto.PublicKey) *x509.Certificate {
	i.tb.Helper()
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, i.caKey)
	if err != nil {
		i.tb.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		i.tb.Fatal(err)
	}
	return c
}

func keyID(tb testing.TB, public crypto.PublicKey) []byte {
	tb.Helper()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		tb.Fatal(err)
	}
	sum := sha256.Sum256(der)
	return sum[:]
}

func (i *instance) log(k *ecdsa.PrivateKey, name string) map[string]*root.TransparencyLog {
	id := keyID(i.tb, k.Public())
	return map[string]*root.TransparencyLog{hex.EncodeToString(id): {
		BaseURL: "https://" + name, ID: id, ValidityPeriodStart: i.start, ValidityPeriodEnd: i.end,
		HashFunc: crypto.SHA256, PublicKey: k.Public(), SignatureHashFunc: crypto.SHA256,
	}}
}

func (i *instance) root() trust.Root {
	i.tb.Helper()
	material, err := root.NewTrustedRoot(root.TrustedRootMediaType01,
		[]root.CertificateAuthority{&root.FulcioCertificateAuthority{Root: i.ca, URI: "https://ca"}},
		i.log(i.ctKey, "ct"), nil, i.log(i.logKey, "log"))
	if err != nil {
		i.tb.Fatal(err)
	}
	return trust.NewRoot(model.TrustRoot{Name: "instance", Source: trust.SourceFile}, material)
}

func (i *instance) verifier(change ...func(*Options)) *Verifier {
	i.tb.Helper()
	return testVerifier(i.tb, append([]func(*Options){func(o *Options) {
		o.Roots = []trust.Root{i.root()}
		o.Signers = signers(i.tb, trust.Signer{Name: "ci", Enabled: true, Keyless: true, Issuer: "https://issuer.example", Subject: "https://ci.example/run"})
	}}, change...)...)
}

// leaf issues a certificate for ten minutes around signedOn, with a timestamp of the certificate log unless bare.
func (i *instance) leaf(public crypto.PublicKey, bare bool, extra ...pkix.Extension) *x509.Certificate {
	i.tb.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: signedOn.Add(-time.Minute), NotAfter: signedOn.Add(9 * time.Minute),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning},
		URIs:            []*url.URL{{Scheme: "https", Host: "ci.example", Path: "/run"}},
		ExtraExtensions: append([]pkix.Extension{derText(i.tb, 8, "https://issuer.example")}, extra...),
	}
	first := i.certificate(template, i.ca, public)
	if bare {
		return first
	}
	template.ExtraExtensions = append(template.ExtraExtensions, i.sct(first))
	return i.certificate(template, i.ca, public)
}

func derText(tb testing.TB, number int, text string) pkix.Extension {
	tb.Helper()
	value, err := asn1.MarshalWithParams(text, "utf8")
	if err != nil {
		tb.Fatal(err)
	}
	return pkix.Extension{Id: append(append(asn1.ObjectIdentifier{}, fulcioArc...), number), Value: value}
}

// sct is the embedded list with one signed certificate timestamp over a certificate without it (RFC 6962 §3.2, §3.3).
func (i *instance) sct(precertificate *x509.Certificate) pkix.Extension {
	i.tb.Helper()
	issuer := sha256.Sum256(i.ca.RawSubjectPublicKeyInfo)
	tbs := precertificate.RawTBSCertificate
	stamp := binary.BigEndian.AppendUint64(nil, uint64(signedOn.UnixMilli()))
	over := append([]byte{0, 0}, stamp...)
	over = append(append(over, 0, 1), issuer[:]...)
	over = append(append(over, byte(len(tbs)>>16), byte(len(tbs)>>8), byte(len(tbs))), tbs...)
	over = append(over, 0, 0)
	sig := sign(i.tb, i.ctKey, over)
	one := append([]byte{0}, keyID(i.tb, i.ctKey.Public())...)
	one = append(append(one, stamp...), 0, 0, 4, 3)
	one = append(binary.BigEndian.AppendUint16(one, uint16(len(sig))), sig...)
	list := append(binary.BigEndian.AppendUint16(nil, uint16(len(one)+2)), binary.BigEndian.AppendUint16(nil, uint16(len(one)))...)
	value, err := asn1.Marshal(append(list, one...))
	if err != nil {
		i.tb.Fatal(err)
	}
	return pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 11129, 2, 4, 2}, Value: value}
}

func sign(tb testing.TB, k *ecdsa.PrivateKey, message []byte) []byte {
	tb.Helper()
	sum := sha256.Sum256(message)
	return signDigest(tb, k, sum[:])
}

func signDigest(tb testing.TB, k *ecdsa.PrivateKey, digest []byte) []byte {
	tb.Helper()
	sig, err := ecdsa.SignASN1(rand.Reader, k, digest)
	if err != nil {
		tb.Fatal(err)
	}
	return sig
}

// set is cosign's bundle annotation: an entry with the log's promise.
func (i *instance) set(body string, at time.Time) string {
	i.tb.Helper()
	id := hex.EncodeToString(keyID(i.tb, i.logKey.Public()))
	encoded := base64.StdEncoding.EncodeToString([]byte(body))
	payload := fmt.Sprintf(`{"body":%q,"integratedTime":%d,"logID":%q,"logIndex":7}`, encoded, at.Unix(), id)
	return fmt.Sprintf(`{"SignedEntryTimestamp":%q,"Payload":%s}`,
		base64.StdEncoding.EncodeToString(sign(i.tb, i.logKey, []byte(payload))), payload)
}

func pemOf(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// image is what this instance's signatures are about.
var image = model.DigestOf([]byte("an image"))

// simple is a .sig layer, signed with the leaf's key and logged.
func (i *instance) simple(k *ecdsa.PrivateKey, leaf *x509.Certificate, at time.Time) model.Evidence {
	i.tb.Helper()
	payload := fmt.Sprintf(`{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":%q},"type":"cosign container image signature"},"optional":null}`, image)
	sig := base64.StdEncoding.EncodeToString(sign(i.tb, k, []byte(payload)))
	body := fmt.Sprintf(`{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{"data":{"hash":{"algorithm":"sha256","value":%q}},"signature":{"content":%q,"publicKey":{"content":%q}}}}`,
		hexSum([]byte(payload)), sig, base64.StdEncoding.EncodeToString([]byte(pemOf(leaf.Raw))))
	return i.layer(model.FormatSimpleSigning, payload, map[string]string{
		annotationSignature: sig, annotationCertificate: pemOf(leaf.Raw), annotationBundle: i.set(body, at),
	})
}

// statement is an .att layer whose log entry is of kind intoto 0.0.1, as cosign made them until 2023.
func (i *instance) statement(k *ecdsa.PrivateKey, leaf *x509.Certificate, payloadType string) model.Evidence {
	i.tb.Helper()
	payload := fmt.Sprintf(`{"_type":%q,"predicateType":"https://slsa.dev/provenance/v0.2","subject":[{"name":"x","digest":{"sha256":%q}}],"predicate":{}}`,
		model.StatementV01, image.Hex())
	sig := sign(i.tb, k, pae(payloadType, []byte(payload)))
	envelope, err := json.Marshal(map[string]any{
		"payloadType": payloadType, "payload": []byte(payload), "signatures": []any{map[string]any{"keyid": "", "sig": sig}},
	})
	if err != nil {
		i.tb.Fatal(err)
	}
	body := fmt.Sprintf(`{"apiVersion":"0.0.1","kind":"intoto","spec":{"content":{"hash":{"algorithm":"sha256","value":%q},"payloadHash":{"algorithm":"sha256","value":%q}},"publicKey":%q}}`,
		hexSum(envelope), hexSum([]byte(payload)), base64.StdEncoding.EncodeToString([]byte(pemOf(leaf.Raw))))
	return i.layer(model.FormatDSSE, string(envelope), map[string]string{
		annotationCertificate: pemOf(leaf.Raw), annotationBundle: i.set(body, signedOn),
	})
}

func (i *instance) layer(format model.Format, blob string, annotations map[string]string) model.Evidence {
	return model.Evidence{
		Node: model.Node{ID: "layer", Format: format, Blob: model.Descriptor{
			Digest: model.DigestOf([]byte(blob)), Size: int64(len(blob)), Annotations: annotations,
		}},
		Blob: []byte(blob), Subject: image,
	}
}

// leafWithForeignSCT carries a timestamp that the log gave to another certificate.
func (i *instance) leafWithForeignSCT(k *ecdsa.PrivateKey) *x509.Certificate {
	other := i.leaf(i.key(elliptic.P256()).Public(), true)
	return i.leaf(k.Public(), true, i.sct(other))
}

// rootWithLogOf is the root with the transparency log of another instance.
func (i *instance) rootWithLogOf(other *instance) trust.Root {
	mixed := *i
	mixed.logKey = other.logKey
	return mixed.root()
}
