package verifier

import (
	"bytes"
	"crypto/x509"
	"slices"
	"time"

	"github.com/notaryproject/notation-core-go/signature"

	"github.com/attestree/attestree/verifier/notation"
)

const wantAnchor = "a certificate of the trust store in its chain"

// findAnchor looks for a certificate of the trust store in the chain (trust-store-trust-policy.md, "Steps"). Where there
// is none, the result says why.
func (n *notarized) findAnchor() (result, bool) {
	leaf := n.chain[0].Subject.String()
	if n.broken {
		return fail(wantAnchor, leaf, "the certificates in the signature are no chain: one of them was changed, did not issue the next, or may not sign"), false
	}
	if !n.ruled {
		return skip(wantAnchor, leaf, n.why), false
	}
	anchors, kind := n.rule.CA, notation.StoreCA
	if n.info.SignedAttributes.SigningScheme == signature.SigningSchemeX509SigningAuthority {
		anchors, kind = n.rule.SigningAuthority, notation.StoreSigningAuthority
	}
	if len(anchors) == 0 {
		return skip(wantAnchor, leaf, "signatures of this scheme are judged by a trust store of the type "+string(kind)+", and there is none for this image"), false
	}
	for _, a := range anchors {
		if slices.ContainsFunc(n.chain, a.Certificate.Equal) {
			n.anchor = a
			return result{}, true
		}
	}
	return n.stranger(anchors), false
}

// stranger tells a chain of somebody unknown from one that uses the name of somebody known.
func (n *notarized) stranger(anchors []notation.Anchor) result {
	root := n.chain[len(n.chain)-1]
	for _, c := range n.chain {
		for _, a := range anchors {
			if !bytes.Equal(c.RawIssuer, a.Certificate.RawSubject) || !sameIssuerKey(a.Certificate, c) {
				continue
			}
			if a.Certificate.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil {
				return skip(wantAnchor, root.Subject.String(), "it is by an authority of the trust store, but with another certificate for it than the store has; add that one if you trust it")
			}
			return fail(wantAnchor, "names "+a.Certificate.Subject.String(),
				"it uses the name of a certificate in the trust store ("+a.Store+") but another key: it was renewed, or somebody made it in that name")
		}
	}
	return skip(wantAnchor, root.Subject.String(), "the trust store does not know this authority; if you trust it, add its certificate to the store")
}

// sameIssuerKey compares key identifiers where both certificates carry one (RFC 5280 §4.2.1.1). One that signs itself may
// leave out whose key that is.
func sameIssuerKey(issuer, c *x509.Certificate) bool {
	id := c.AuthorityKeyId
	if len(id) == 0 && bytes.Equal(c.RawIssuer, c.RawSubject) {
		id = c.SubjectKeyId
	}
	return len(issuer.SubjectKeyId) == 0 || len(id) == 0 || bytes.Equal(issuer.SubjectKeyId, id)
}

// certificate judges the chain from the leaf to the anchor: at the proven time of signing, or else today, for what has
// expired since may have been signed by anybody who found the key.
func (n *notarized) certificate() result {
	times := n.proven
	if len(times) == 0 {
		times = []time.Time{n.v.judgedAt()}
	}
	for _, t := range times {
		for i, c := range n.chain {
			if !outside(t, c.NotBefore, c.NotAfter) {
				continue
			}
			expected, actual := "valid at "+when(t), ordinal(i, len(n.chain))+" is valid "+span(c.NotBefore, c.NotAfter)
			switch {
			case len(n.proven) > 0:
				return fail(expected, actual, "the certificate was not valid when it signed")
			case t.Before(c.NotBefore):
				return fail(expected, actual, "the certificate is not valid yet")
			}
			return skip(expected, actual, "a certificate has expired, and nothing but the signer's own clock says that the signature is older: it lacks a timestamp by an authority of the trust store")
		}
		if n.path(t) != nil {
			return fail(wantAnchor, n.anchor.Certificate.Subject.String(), "the certificate's path to the trust store does not validate")
		}
	}
	if !mayCodeSign(n.chain[0]) {
		return fail("a certificate for code signing", "a certificate for something else", "the certificate's extended key usage does not allow signing code")
	}
	detail := n.anchor.Store
	if n.rule.Name != "" {
		detail += ", under the trust policy " + n.rule.Name
	}
	return pass(wantAnchor, n.anchor.Certificate.Subject.String(), detail)
}

// path validates the chain as RFC 5280 §6 does, which is more than notation asks: names constrained by an authority, for
// instance, and critical extensions.
func (n *notarized) path(at time.Time) error {
	roots, intermediates := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(n.anchor.Certificate)
	for _, c := range n.chain[1:] {
		intermediates.AddCert(c)
	}
	_, err := n.chain[0].Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: intermediates, CurrentTime: at, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return err
}
