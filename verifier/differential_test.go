package verifier

import (
	"flag"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// mutations is how many changed copies of each bundle are judged. Many more are worth their time now and then:
// go test ./verifier -run Disagrees -mutations 5000
var mutations = flag.Int("mutations", 150, "changed copies of each bundle that are judged")

// mutate changes one byte, or one value, of a document. Values are also taken from a donor, a good document itself.
func mutate(r *rand.Rand, document, donor []byte) []byte {
	if r.IntN(2) == 0 {
		return mutateByte(r, document)
	}
	values, others := leaves(gjson.ParseBytes(document), nil), leaves(gjson.ParseBytes(donor), nil)
	value, other := values[r.IntN(len(values))], others[r.IntN(len(others))]
	replacement := []string{`""`, `null`, `"0"`, `0`, `"AAAA"`, `{}`, `[]`, other.Raw, strings.ToUpper(value.Raw)}[r.IntN(9)]
	return slices.Concat(document[:value.Index], []byte(replacement), document[value.Index+len(value.Raw):])
}

// leaves are all values of a document that hold no others.
func leaves(v gjson.Result, found []gjson.Result) []gjson.Result {
	if !v.IsObject() && !v.IsArray() {
		return append(found, v)
	}
	v.ForEach(func(_, inner gjson.Result) bool {
		found = leaves(inner, found)
		return true
	})
	return found
}

func mutateByte(r *rand.Rand, document []byte) []byte {
	changed := append([]byte(nil), document...)
	const letters = `ABCxyz019+/=",:{} `
	changed[r.IntN(len(changed))] = letters[r.IntN(len(letters))]
	return changed
}

func TestTheLadderNeverDisagreesWithSigstore(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{bundleRekor1, bundleRekor2, bundleKey, bundleKeyRekor2}
	for i, name := range names {
		donor := named(t, names[(i+1)%len(names)])
		v := testVerifier(t, requireLogs(t))
		v.stepwise = true
		good := named(t, name)
		accepted := 0
		for range *mutations {
			ev := withBlob(good, string(mutate(r, good.Blob, donor.Blob)))
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
		if accepted == *mutations {
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
