package model

import "testing"

// alike is a signed attestation with a payload.
func alike(name, signer, payload string, v Verdict) plant {
	p := bundle(name, amd64, predicateSLSA, said(v))
	p.report.Signer = &Signer{Kind: SignerCertificate, Issuer: "https://issuer.example", Subject: signer, Fingerprint: name}
	p.opened.Payload = []byte(payload)
	return p
}

func TestDuplicatesAreOfOneSignerAndOnePayload(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		b    plant
		same bool
	}{
		{"the same once more", alike("b", "ann", "payload", Valid), true},
		{"another signer", alike("b", "bob", "payload", Valid), false},
		{"another payload of the same length", alike("b", "ann", "PAYLOAD", Valid), false},
		{"one that came out otherwise", alike("b", "ann", "payload", Untrusted), false},
		{"one that nobody is proven to have signed", func() plant {
			p := alike("b", "ann", "payload", Unverifiable)
			p.report.Signer = nil
			return p
		}(), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			tree := grow(image(amd64, alike("a", "ann", "payload", Valid), c.b), finished...)
			var marked, found int
			tree.Walk(func(e *Entry) {
				if e.DuplicateOf != "" {
					marked++
					if tree.Entry(e.DuplicateOf) == nil || tree.Entry(e.DuplicateOf).DuplicateOf != "" || e.DuplicateOf == e.Node.ID {
						t.Errorf("%s is a duplicate of %s, which is no first one", e.Node.ID, e.DuplicateOf)
					}
				}
				for _, f := range e.Cross {
					if f.ID == "duplicate" {
						found++
					}
				}
			})
			if same := marked == 1 && found == 1; same != c.same || marked > 1 {
				t.Errorf("%d are marked and %d have the finding, want one of two: %v", marked, found, c.same)
			}
		})
	}
}
