package verifier

import (
	"testing"

	"github.com/attestree/attestree/model"
)

// asJudged is the same signature in its new form, as evidence about what the old one was about: of a plain signature that
// is the payload, which says in turn what image it is about.
func asJudged(f fixture, ev model.Evidence, raw []byte) model.Evidence {
	out := model.Evidence{Node: model.Node{ID: f.Name, Format: model.FormatBundle}, Blob: raw, Subject: ev.Subject, Repository: ev.Repository}
	if f.Format == model.FormatSimpleSigning {
		out.Subject, out.Artifact = model.DigestOf(ev.Blob), ev.Blob
	}
	return out
}

func TestWhatIsConvertedHasTheVerdictThatItHad(t *testing.T) {
	v := testVerifier(t)
	converted := 0
	for _, f := range fixtures(t) {
		ev := f.evidence(t)
		raw, err := AsBundle(ev)
		if err != nil {
			if r := v.Verify(t.Context(), ev); r.Verdict == model.Trusted && f.Format != model.FormatBundle && model.Convertible(ev.Node) {
				t.Errorf("%s is trusted and cannot be converted: %v", f.Name, err)
			}
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			converted++
			r := v.Verify(t.Context(), asJudged(f, ev, raw))
			what := f.Check == string(model.CheckSubject) || f.Check == string(model.CheckEnvelope)
			switch got := r.Verdict.String(); {
			case got == f.Verdict:
			case f.Format == model.FormatSimpleSigning && what: // what it says is wrong, not that it was signed
			default:
				t.Errorf("it is %s (%s), and was %s by %s", got, r.Reason, f.Verdict, f.Check)
			}
		})
	}
	if converted < 10 {
		t.Errorf("only %d of the fixtures could be converted", converted)
	}
}

func TestWhatHoldsNoBundleIsNotMadeOne(t *testing.T) {
	key := named(t, firstOf(t, model.FormatBundle))
	for name, ev := range map[string]model.Evidence{
		"a bundle":            key,
		"a document":          {Node: model.Node{Format: model.FormatDocument}, Blob: []byte("{}")},
		"no signature":        {Node: model.Node{Format: model.FormatSimpleSigning}, Blob: []byte("{}")},
		"no envelope":         {Node: model.Node{Format: model.FormatDSSE}, Blob: []byte("{}")},
		"two signatures":      {Node: model.Node{Format: model.FormatDSSE}, Blob: []byte(`{"payloadType":"application/vnd.in-toto+json","payload":"e30=","signatures":[{"sig":"AA=="},{"sig":"AA=="}]}`)},
		"a damaged log entry": damagedLog(t),
	} {
		if raw, err := AsBundle(ev); err == nil {
			t.Errorf("%s becomes %.200s", name, raw)
		}
	}
}

// firstOf is the name of a fixture of a format.
func firstOf(t *testing.T, format model.Format) string {
	for _, f := range fixtures(t) {
		if f.Format == format {
			return f.Name
		}
	}
	t.Fatalf("no fixture is a %s", format)
	return ""
}

func damagedLog(t *testing.T) model.Evidence {
	for _, f := range fixtures(t) {
		if f.Format == model.FormatSimpleSigning && f.Annotations[annotationBundle] != "" {
			ev := f.evidence(t)
			ev.Node.Blob.Annotations = map[string]string{annotationSignature: f.Annotations[annotationSignature], annotationBundle: "{"}
			return ev
		}
	}
	t.Fatal("no fixture has a log entry beside it")
	return model.Evidence{}
}
