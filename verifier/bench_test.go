package verifier

import (
	"crypto/elliptic"
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

// large is an attestation of 20 MiB by the instance, as a layer under a tag and as a bundle.
func large(tb testing.TB, i *instance) map[string]model.Evidence {
	tb.Helper()
	payload := fmt.Sprintf(`{"_type":%q,"predicateType":"https://spdx.dev/Document","subject":[{"digest":{"sha256":%q}}],"predicate":{"packages":[%s{}]}}`,
		model.StatementV01, image.Hex(), strings.Repeat(`{"name":"some-package","versionInfo":"1.2.3"},`, 20<<20/46))
	key := i.key(elliptic.P256())
	layer := i.attestation(key, i.leaf(key.Public(), false), payload)
	return map[string]model.Evidence{"layer": layer, "bundle": i.bundled(layer)}
}

func BenchmarkLargePredicate(b *testing.B) {
	i := newInstance(b)
	for name, ev := range large(b, i) {
		b.Run(name, func(b *testing.B) {
			v := i.verifier()
			b.ReportAllocs()
			for b.Loop() {
				if r := v.Verify(b.Context(), ev); r.Verdict != model.Trusted {
					b.Fatal(r.Reason)
				}
			}
		})
	}
}

// BenchmarkManyOnEveryCore judges as many attestations at once as there are cores: its time per bundle, times the number
// of cores, is that of BenchmarkLadder where they do not wait for each other.
func BenchmarkManyOnEveryCore(b *testing.B) {
	v, ev := testVerifier(b), named(b, bundleRekor1)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if r := v.Verify(b.Context(), ev); r.Verdict != model.Trusted {
				b.Error(r.Verdict, r.Reason)
				return
			}
		}
	})
}
