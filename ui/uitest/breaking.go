package uitest

import (
	"context"
	"errors"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
)

// Bench is how evidence breaks in a fake backend.
type Bench struct {
	Refuse error
	Tried  []string // the ID and the variant of each try
	Text   string   // quoted in every change, "" for an ordinary one
}

// Breaks implements breaking.Backend.
func (f Backend) Breaks(*model.Entry) []breaking.Break {
	if f.Bench == nil {
		return nil
	}
	return []breaking.Break{
		{ID: breaking.Content, Title: "a byte of the blob, and nothing else", Why: "Whoever serves the image answers with other bytes than the manifest names.", Variants: 1},
		{ID: breaking.Payload, Title: "a byte of the payload", Why: "A finding less, another version, a kinder result: the statement is made to say something else.", Variants: 3},
		{ID: breaking.Identity, Title: "a letter of the identity in the certificate", Why: "Somebody wants to be you.", Variants: 40},
		{ID: breaking.NoLog, Title: "the log entry taken away", Why: "A stolen key is used where nobody can see it.", Variants: 1},
		{ID: breaking.Later, Title: "the clock, ten years on", Why: "Short-lived certificates end within minutes; what they signed in time stays signed.", Variants: 1},
	}
}

// Break implements breaking.Backend.
func (f Backend) Break(_ context.Context, e *model.Entry, id breaking.ID, variant int) (breaking.Broken, model.Report, error) {
	if f.Bench == nil || f.Bench.Refuse != nil {
		return breaking.Broken{}, model.Report{}, errors.Join(f.Bench.Refuse, errors.New("nothing to break"))
	}
	f.Bench.Tried = append(f.Bench.Tried, string(id)+"/"+string(rune('0'+variant)))
	b := breaking.Broken{Where: "the payload, byte " + string(rune('1'+variant)) + "12" + f.Bench.Text}
	switch id {
	case breaking.Content:
		b.Before, b.After = `"status":"passed","x"`, `"status":"pasted","x"`
		return b, By(Ladder(model.Invalid, model.CheckContent, model.CheckFailed, "the bytes are not those that the manifest names"), ""), nil
	case breaking.Identity:
		b.Before, b.After = Workflow, Workflow[:20]+"T"+Workflow[21:]+f.Bench.Text
		return b, claimed(Ladder(model.Invalid, model.CheckCertificate, model.CheckFailed, "the authority did not sign this certificate"+f.Bench.Text)), nil
	case breaking.NoLog:
		b.Before, b.After = "there", "gone"
		return b, claimed(Ladder(model.Unverifiable, model.CheckLog, model.CheckSkipped, "no log entry")), nil
	case breaking.Later:
		b.Before, b.After = "2026-11-21T12:00:00Z", "2036-11-21T12:00:00Z"
		return b, *e.Report, nil
	default:
		b.Before, b.After = `"severity":"HIGH"`, `"severity":"HIGI"`
		return b, claimed(Ladder(model.Invalid, model.CheckSignature, model.CheckFailed, "the signature is not over these bytes")), nil
	}
}

// Breakable is a backend with evidence that can be broken.
func Breakable() Backend {
	b := Trusting()
	b.Bench = &Bench{}
	return b
}
