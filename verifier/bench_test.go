package verifier

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/sigstore/sigstore-go/pkg/bundle"
	"github.com/sigstore/sigstore-go/pkg/verify"

	"github.com/attestree/attestree/model"
)

// The ladder is to cost at most 1.6 times what a bare Verifier.Verify costs: compare these two.

func BenchmarkLadder(b *testing.B) {
	for _, name := range []string{bundleRekor1, bundleRekor2} {
		b.Run(name, func(b *testing.B) {
			v, ev := testVerifier(b), named(b, name)
			b.ReportAllocs()
			for b.Loop() {
				if r := v.Verify(b.Context(), ev); r.Verdict != model.Trusted {
					b.Fatal(r.Verdict, r.Reason)
				}
			}
		})
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, name := range []string{bundleRekor1, bundleRekor2} {
		b.Run(name, func(b *testing.B) {
			ev, material := named(b, name), testRoot(b).Material()
			sigstore, err := verify.NewVerifier(material, verify.WithTransparencyLog(1), verify.WithObserverTimestamps(1),
				verify.WithSignedCertificateTimestamps(1), verify.WithoutStatementPredicate())
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				parsed := new(bundle.Bundle)
				if err := parsed.UnmarshalJSON(ev.Blob); err != nil {
					b.Fatal(err)
				}
				if _, err := sigstore.Verify(parsed, verify.NewPolicy(verify.WithoutArtifactUnsafe(), verify.WithoutIdentitiesUnsafe())); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLargePredicate judges an envelope around 20 MiB. Its signature is wrong, which costs as much as a right one.
func BenchmarkLargePredicate(b *testing.B) {
	ev := named(b, "att legacy key=p256 slsa02")
	statement := fmt.Sprintf(`{"_type":%q,"predicateType":"https://spdx.dev/Document","subject":[{"digest":{"sha256":%q}}],"predicate":{"packages":[%s{}]}}`,
		model.StatementV01, ev.Subject.Hex(), strings.Repeat(`{"name":"some-package","versionInfo":"1.2.3"},`, 20<<20/46))
	document := fmt.Sprintf(`{"payloadType":"application/vnd.in-toto+json","payload":%q,"signatures":[{"sig":"MEUCIQ=="}]}`,
		base64.StdEncoding.EncodeToString([]byte(statement)))
	ev = withBlob(ev, document)
	v := testVerifier(b)
	b.ReportAllocs()
	for b.Loop() {
		if r := v.Verify(b.Context(), ev); r.Check(model.CheckSubject).Status != model.CheckPassed {
			b.Fatal(r.Reason)
		}
	}
}
