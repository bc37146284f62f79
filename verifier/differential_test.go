package verifier

import (
	"math/rand/v2"
	"testing"

	"github.com/attestree/attestree/model"
)

// mutations is how many changed copies of each bundle are judged in every test run.
const mutations = 150

// mutate changes one byte of a document.
func mutate(r *rand.Rand, document []byte) []byte {
	changed := append([]byte(nil), document...)
	const letters = `ABCxyz019+/=",:{} `
	changed[r.IntN(len(changed))] = letters[r.IntN(len(letters))]
	return changed
}

func TestTheLadderNeverDisagreesWithSigstore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, name := range []string{bundleRekor1, bundleRekor2, bundleKey, bundleKeyRekor2} {
		v := testVerifier(t, requireLogs(t))
		v.stepwise = true
		good := named(t, name)
		accepted := 0
		for range mutations {
			ev := withBlob(good, string(mutate(r, good.Blob)))
			j, report := judgeOne(v, ev)
			if report.Reason == internalDisagreement {
				t.Fatalf("%s: every check passed and sigstore-go refuses:\n%s", name, ev.Blob)
			}
			requireOwnWords(t, report)
			green := report.Verdict == model.Trusted
			if green {
				accepted++
			}
			if green && refused(j) {
				t.Fatalf("%s: trusted although sigstore-go refuses:\n%s", name, ev.Blob)
			}
			// The other way round only our stricter steps may refuse: the envelope and the subject are not sigstore-go's.
			if !green && j.s.content != nil && !refused(j) && j.passed(model.CheckEnvelope) && j.passed(model.CheckSubject) &&
				j.passed(model.CheckContent) && j.s.badLog == "" && (j.key != nil || !j.s.keyed) {
				t.Fatalf("%s: sigstore-go accepts, the ladder says %s at %s:\n%s", name, report.Verdict, deciding(report), ev.Blob)
			}
		}
		if accepted == mutations {
			t.Errorf("%s: no mutation was noticed", name)
		}
	}
}

func refused(j *judging) bool {
	_, err := j.whole()
	return err != nil
}

// judgeOne is the judging behind a report.
func judgeOne(v *Verifier, ev model.Evidence) (*judging, model.Report) {
	s := openBundle(ev)[0]
	root, own := v.rootFor(s)
	return v.climb(ev, s, root, own)
}

func FuzzNothingButAnUntouchedBundleIsTrusted(f *testing.F) {
	good := named(f, bundleKeyRekor2)
	f.Add(good.Blob)
	f.Add([]byte(`{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}`))
	v := testVerifier(f)
	known := model.Open(good.Node, good.Blob)
	f.Fuzz(func(t *testing.T, document []byte) {
		ev := withBlob(good, string(document))
		r := v.Verify(t.Context(), ev)
		if r.Verdict == model.Trusted && string(model.Open(ev.Node, ev.Blob).Payload) != string(known.Payload) {
			t.Fatalf("trusted with another payload: %s", document)
		}
		if r.Verdict == model.Unchecked || r.Verdict != model.Trusted && r.Reason == "" {
			t.Fatalf("verdict %s without a reason", r.Verdict)
		}
	})
}
