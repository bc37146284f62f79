package main

import (
	"crypto/x509"
	"encoding/json"
)

// trustedRoot is the file that says whom the demo believes (protobuf-specs, sigstore_trustroot.proto).
func (s *sigstore) trustedRoot() []byte {
	type validity struct {
		Start string `json:"start"`
	}
	type publicKey struct {
		RawBytes   []byte   `json:"rawBytes"`
		KeyDetails string   `json:"keyDetails"`
		ValidFor   validity `json:"validFor"`
	}
	type log struct {
		BaseURL       string    `json:"baseUrl"`
		HashAlgorithm string    `json:"hashAlgorithm"`
		PublicKey     publicKey `json:"publicKey"`
		LogID         logID     `json:"logId"`
	}
	type name struct {
		Organization string `json:"organization"`
		CommonName   string `json:"commonName"`
	}
	type chain struct {
		Certificates []rawBytes `json:"certificates"`
	}
	type issuer struct {
		Subject   name     `json:"subject"`
		URI       string   `json:"uri"`
		CertChain chain    `json:"certChain"`
		ValidFor  validity `json:"validFor"`
	}
	since := validity{rfc3339(opened)}
	logOf := func(url string, k key) []log {
		return []log{{url, "SHA2_256", publicKey{k.spki(), "PKIX_ECDSA_P256_SHA_256", since}, logID{k.id()}}}
	}
	issuerOf := func(url string, certificates ...*x509.Certificate) []issuer {
		last := certificates[len(certificates)-1]
		out := issuer{Subject: name{last.Subject.Organization[0], last.Subject.CommonName}, URI: url, ValidFor: since}
		for _, c := range certificates {
			out.CertChain.Certificates = append(out.CertChain.Certificates, rawBytes{c.Raw})
		}
		return []issuer{out}
	}
	return append(must(json.MarshalIndent(struct {
		MediaType string   `json:"mediaType"`
		Tlogs     []log    `json:"tlogs"`
		Issuers   []issuer `json:"certificateAuthorities"`
		Ctlogs    []log    `json:"ctlogs"`
		Stampers  []issuer `json:"timestampAuthorities"`
	}{
		MediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
		Tlogs:     logOf("https://"+rekorHost, s.rekor.key),
		Issuers:   issuerOf("https://fulcio.demo.attestree.example", s.fulcio.issuing, s.fulcio.root),
		Ctlogs:    logOf("https://ct.demo.attestree.example", s.ct.key),
		Stampers: issuerOf("https://tsa.demo.attestree.example/api/v1/timestamp",
			s.tsa.leaf, s.tsa.authority.issuing, s.tsa.authority.root),
	}, "", "  ")), '\n')
}
