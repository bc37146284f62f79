package breaking

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func report(v model.Verdict, id model.CheckID, status model.CheckStatus, why string) model.Report {
	r := model.Report{Verdict: v, Reason: why}
	for _, c := range []model.CheckID{model.CheckContent, model.CheckSignature, model.CheckSubject, model.CheckSigner} {
		check := model.Check{ID: c, Status: model.CheckPassed, Required: c != model.CheckSigner}
		if c == id {
			check.Status, check.Detail = status, why
		}
		r.Checks = append(r.Checks, check)
	}
	return r
}

func TestWhatCatchesABreak(t *testing.T) {
	good := report(model.Trusted, "", "", "")
	stranger := report(model.Untrusted, model.CheckSigner, model.CheckFailed, "nobody we know")
	other := report(model.Invalid, model.CheckSubject, model.CheckFailed, "about another image")
	for _, c := range []struct {
		name          string
		before, after model.Report
		by            model.CheckID
		caught        bool
	}{
		{"a check that fails now", good, report(model.Invalid, model.CheckSignature, model.CheckFailed, "no"), model.CheckSignature, true},
		{"a check that cannot be done any more", good, report(model.Unverifiable, model.CheckSignature, model.CheckSkipped, "no log"), model.CheckSignature, true},
		{"as good as before", good, good, "", false},
		{"good without a signer who is named is good", good, report(model.Valid, "", "", ""), "", false},
		{"as bad as before, for the same reason", other, other, "", false},
		{"as bad as before, for another reason", other, report(model.Invalid, model.CheckSignature, model.CheckFailed, "no"), model.CheckSignature, true},
		{"an unknown signer stays one", stranger, stranger, "", false},
		{"an unknown signer whose signature is broken", stranger, report(model.Invalid, model.CheckSignature, model.CheckFailed, "no"), model.CheckSignature, true},
		{"bytes that are not there", good, model.Report{Verdict: model.Unavailable, Reason: "gone"}, "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			by, caught := Caught(c.before, c.after)
			if by.ID != c.by || caught != c.caught {
				t.Errorf("caught %v by %q, want %v by %q", caught, by.ID, c.caught, c.by)
			}
		})
	}
}

func TestWhyNothingCatchesABreak(t *testing.T) {
	good, bad := report(model.Trusted, "", "", ""), report(model.Invalid, model.CheckSubject, model.CheckFailed, "no")
	for _, c := range []struct {
		name          string
		id            ID
		before, after model.Report
		says          string
	}{
		{"time goes on", Later, good, good, "that is right"},
		{"the log is witness enough", NoTimestamp, good, good, "that is right"},
		{"what was bad is no better", Later, bad, bad, "invalid already"},
		{"a hole is called one", Signature, good, good, "something ought to"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Unnoticed(c.id, c.before, c.after); !strings.Contains(got, c.says) {
				t.Errorf("it does not say %q: %s", c.says, got)
			}
		})
	}
}
