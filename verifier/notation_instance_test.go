package verifier

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/json"
	"math/big"
	"testing"
	"testing/fstest"
	"time"

	"github.com/digitorus/timestamp"
	"github.com/notaryproject/notation-core-go/signature"
	notationcose "github.com/notaryproject/notation-core-go/signature/cose"
	"github.com/notaryproject/notation-core-go/signature/jws"
	"github.com/notaryproject/tspclient-go"
	"github.com/veraison/go-cose"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/notation"
)

// certified is a certificate with its key.
type certified struct {
	*x509.Certificate
	key *ecdsa.PrivateKey
}

// notary is an authority of our own with a signer, and a timestamp authority.
type notary struct {
	tb                         testing.TB
	root, middle, leaf         certified
	clockRoot, clock           certified
	signedOn, stampedOn, until time.Time
	scheme                     signature.SigningScheme
	stamped                    bool
}

var (
	long  = [2]time.Time{judgedOn.AddDate(-20, 0, 0), judgedOn.AddDate(20, 0, 0)}
	brief = [2]time.Time{judgedOn.AddDate(0, -2, 0), judgedOn.AddDate(0, -1, 0)} // over when it is judged
)

func newNotary(tb testing.TB, leafValid [2]time.Time) *notary {
	tb.Helper()
	n := &notary{tb: tb, signedOn: leafValid[0].AddDate(0, 0, 7), scheme: signature.SigningSchemeX509}
	n.stampedOn = n.signedOn
	n.root = n.issue("root", long, nil, true)
	n.middle = n.issue("middle", long, &n.root, true)
	n.leaf = n.issue("images", leafValid, &n.middle, false)
	n.clockRoot = n.issue("clock root", long, nil, true)
	usage, err := asn1.Marshal([]asn1.ObjectIdentifier{{1, 3, 6, 1, 5, 5, 7, 3, 8}})
	if err != nil {
		tb.Fatal(err)
	}
	n.clock = n.issue("clock", long, &n.clockRoot, false, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, 37}, Critical: true, Value: usage})
	return n
}

func (n *notary) issue(common string, valid [2]time.Time, by *certified, authority bool, extra ...pkix.Extension) certified {
	n.tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		n.tb.Fatal(err)
	}
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		n.tb.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: serial, NotBefore: valid[0], NotAfter: valid[1], KeyUsage: x509.KeyUsageDigitalSignature,
		Subject:         pkix.Name{Country: []string{"CH"}, Province: []string{"Zug"}, Organization: []string{"Acme"}, CommonName: common},
		ExtraExtensions: extra,
	}
	if authority {
		template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
	}
	if by == nil {
		by = &certified{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, by.Certificate, key.Public(), by.key)
	if err != nil {
		n.tb.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		n.tb.Fatal(err)
	}
	return certified{c, key}
}

// Timestamp is tspclient.Timestamper.
func (n *notary) Timestamp(_ context.Context, request *tspclient.Request) (*tspclient.Response, error) {
	t := timestamp.Timestamp{
		HashAlgorithm: crypto.SHA256, HashedMessage: request.MessageImprint.HashedMessage, Time: n.stampedOn, Nonce: request.Nonce,
		Policy: asn1.ObjectIdentifier{1, 2, 3}, SerialNumber: big.NewInt(1), Accuracy: time.Second, AddTSACertificate: true,
	}
	der, err := t.CreateResponseWithOpts(n.clock.Certificate, n.clock.key, crypto.SHA256)
	if err != nil {
		return nil, err
	}
	response := &tspclient.Response{}
	return response, response.UnmarshalBinary(der)
}

// notarizedImage is what this instance signs.
var notarizedImage = model.Descriptor{MediaType: model.MediaTypeOCIManifest, Digest: model.DigestOf([]byte("image")), Size: 5}

var notationFormats = map[model.Format]string{
	model.FormatNotationJWS: jws.MediaTypeEnvelope, model.FormatNotationCOSE: notationcose.MediaTypeEnvelope,
}

// sign makes evidence of the image, signed by this instance.
func (n *notary) sign(format model.Format, change ...func(*signature.SignRequest)) model.Evidence {
	n.tb.Helper()
	payload, err := json.Marshal(map[string]any{"targetArtifact": map[string]any{
		"mediaType": notarizedImage.MediaType, "digest": notarizedImage.Digest, "size": notarizedImage.Size,
	}})
	if err != nil {
		n.tb.Fatal(err)
	}
	signer, err := signature.NewLocalSigner([]*x509.Certificate{n.leaf.Certificate, n.middle.Certificate, n.root.Certificate}, n.leaf.key)
	if err != nil {
		n.tb.Fatal(err)
	}
	request := &signature.SignRequest{
		Payload: signature.Payload{ContentType: notationPayload, Content: payload}, Signer: signer,
		SigningTime: n.signedOn, Expiry: n.until, SigningScheme: n.scheme,
	}
	if n.stamped {
		request.Timestamper, request.TSARootCAs = n, x509.NewCertPool()
		request.TSARootCAs.AddCert(n.clockRoot.Certificate)
	}
	for _, c := range change {
		c(request)
	}
	envelope, err := signature.NewEnvelope(notationFormats[format])
	if err != nil {
		n.tb.Fatal(err)
	}
	raw, err := envelope.Sign(request)
	if err != nil {
		n.tb.Fatal(err)
	}
	return withBlob(model.Evidence{
		Node: model.Node{Format: format, Subject: notarizedImage.Digest}, Subject: notarizedImage.Digest, Repository: "registry.example/app",
	}, string(raw))
}

// trust believes this instance: every certificate of the map, by "type/name".
func (n *notary) trust(policy string, stores map[string]certified) notation.Trust {
	n.tb.Helper()
	files := fstest.MapFS{}
	for name, c := range stores {
		files["x509/"+name+"/a.crt"] = &fstest.MapFile{Data: c.Raw}
	}
	store, err := notation.ReadStore(files)
	if err != nil {
		n.tb.Fatal(err)
	}
	t := notation.Trust{Store: store}
	if policy != "" {
		if t.Policy, err = notation.ParsePolicy([]byte(policy)); err != nil {
			n.tb.Fatal(err)
		}
	}
	return t
}

// whole believes both authorities, and names the signer.
func (n *notary) whole() notation.Trust {
	return n.trust(trustPolicy(`"ca:acme","tsa:clock"`, namedIdentity("images"), `"verifyTimestamp":"afterCertExpiry","level":"strict"`),
		map[string]certified{"ca/acme": n.root, "tsa/clock": n.clockRoot})
}

func namedIdentity(common string) string {
	return `"x509.subject:C=CH,ST=Zug,O=Acme,CN=` + common + `"`
}

func trustPolicy(stores, identities, verification string) string {
	return `{"version":"1.0","trustPolicies":[{"name":"p","registryScopes":["*"],"signatureVerification":{` + verification +
		`},"trustStores":[` + stores + `],"trustedIdentities":[` + identities + `]}]}`
}

// notationVerifier trusts nobody but by notation's configuration.
func notationVerifier(tb testing.TB, trust notation.Trust, change ...func(*Options)) *Verifier {
	tb.Helper()
	return testVerifier(tb, append([]func(*Options){func(o *Options) { o.Signers, o.Notation = nil, trust }}, change...)...)
}

// editCOSE changes a COSE envelope and encodes it again; what is signed keeps its bytes unless it is changed.
func editCOSE(t *testing.T, raw []byte, change func(*cose.Sign1Message)) string {
	t.Helper()
	var message cose.Sign1Message
	if err := message.UnmarshalCBOR(raw); err != nil {
		t.Fatal(err)
	}
	change(&message)
	out, err := message.MarshalCBOR()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// issueAs makes a certificate that signs itself and has the same name as another.
func (n *notary) issueAs(other *x509.Certificate) certified {
	n.tb.Helper()
	c := n.issue("", long, nil, false)
	template := *other
	template.PublicKey, template.SignatureAlgorithm = nil, x509.UnknownSignatureAlgorithm
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, c.key.Public(), c.key)
	if err != nil {
		n.tb.Fatal(err)
	}
	if c.Certificate, err = x509.ParseCertificate(der); err != nil {
		n.tb.Fatal(err)
	}
	return c
}
