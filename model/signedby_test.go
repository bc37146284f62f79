package model

import "testing"

func TestWhoIsOneSigner(t *testing.T) {
	workflow := func(fingerprint string) *Signer {
		return &Signer{Kind: SignerCertificate, Issuer: "https://token.example", Subject: "https://example.org/release.yml", Fingerprint: fingerprint}
	}
	key := func(fingerprint string) *Signer {
		return &Signer{Kind: SignerKey, Fingerprint: fingerprint}
	}
	hinted := key("a")
	hinted.Hint = "a hint"
	other := workflow("a")
	other.Issuer = "https://issuer.example"
	for _, c := range []struct {
		name string
		a, b *Signer
		same bool
	}{
		{"one identity with two certificates", workflow("a"), workflow("b"), true},
		{"one subject of two issuers", workflow("a"), other, false},
		{"one key", key("a"), key("a"), true},
		{"two keys", key("a"), key("b"), false},
		{"one key, whatever else is hinted", key("a"), hinted, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := WhoSigned(c.a, nil, true)
			b, _ := WhoSigned(c.b, nil, true)
			if (a == b) != c.same {
				t.Errorf("%+v and %+v", a, b)
			}
			if claim, _ := WhoSigned(nil, c.a, true); claim == a {
				t.Error("a claim is grouped with what is proven")
			}
		})
	}
}
