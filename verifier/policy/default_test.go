package policy

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

const name = "ghcr.io/acme/app:1"

// judged is a tree whose root stands as given.
func judged(kind model.Kind, standing model.Standing, children ...*model.Report) *model.Tree {
	t := model.NewTree()
	t.Apply(model.NodeFound{Node: model.Node{ID: "root", Kind: kind}})
	t.Root().Standing = standing
	for i, r := range children {
		id := string(rune('a' + i))
		t.Apply(model.NodeFound{Node: model.Node{ID: id, Parent: "root", Kind: model.KindSignature}})
		t.Apply(model.Judged{ID: id, Report: *r})
		t.Entry(id).Standing = model.Standing{Verdict: r.Verdict}
	}
	return t
}

func TestOnlyATrustedDigestSatisfies(t *testing.T) {
	signed := func(v model.Verdict) *model.Report {
		return &model.Report{Verdict: v, Signer: &model.Signer{Subject: "alice@example.com"}}
	}
	for _, c := range []struct {
		verdict model.Verdict
		child   *model.Report
		want    string
	}{
		{model.Trusted, signed(model.Trusted), ""},
		{model.Valid, signed(model.Valid), "Image " + name + " is signed by alice@example.com, but nobody was named as trusted."},
		{model.Untrusted, signed(model.Untrusted), "signed by alice@example.com, who is not trusted"},
		{model.Unsigned, nil, "Image " + name + " is not signed. Signature required."},
		{model.Covered, nil, "no signature of its own"},
		{model.Invalid, signed(model.Invalid), "no valid signature: why"},
		{model.Unverifiable, nil, "cannot be verified: why"},
		{model.Unavailable, nil, "not known whether image " + name + " is signed: why"},
		{model.Unchecked, nil, "was not verified"},
	} {
		t.Run(c.verdict.String(), func(t *testing.T) {
			standing := model.Standing{Verdict: c.verdict, Reason: "why"}
			var children []*model.Report
			if c.child != nil {
				children = append(children, c.child)
			}
			answer := Default(judged(model.KindIndex, standing, children...), name)
			if answer.Satisfied != (c.want == "") || answer.Satisfied != (len(answer.Reasons) == 0) {
				t.Fatalf("%+v", answer)
			}
			if c.want != "" && !strings.Contains(answer.Reasons[0], c.want) {
				t.Errorf("%q, want %q", answer.Reasons[0], c.want)
			}
			status := model.RequirementNotMet
			switch c.verdict {
			case model.Trusted:
				status = model.RequirementMet
			case model.Unchecked:
				status = model.RequirementUnknown
			default:
			}
			line := answer.Requirements[0]
			if line.Status != status {
				t.Errorf("the requirement is %q, want %q", line.Status, status)
			}
			if c.want != "" && line.Message != answer.Reasons[0] {
				t.Errorf("the requirement says %q, the answer %q", line.Message, answer.Reasons[0])
			}
		})
	}
}

func TestAFileThatNothingWasComparedWithNeverSatisfies(t *testing.T) {
	subject := func(status model.CheckStatus) *model.Report {
		return &model.Report{Verdict: model.Trusted, Checks: []model.Check{{ID: model.CheckSubject, Status: status}}}
	}
	for _, kind := range []model.Kind{model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile} {
		bare := judged(kind, model.Standing{Verdict: model.Trusted}, subject(model.CheckSkipped))
		if Default(bare, "bundle.json").Satisfied {
			t.Errorf("%s: satisfied without an artifact", kind)
		}
		compared := judged(kind, model.Standing{Verdict: model.Trusted}, subject(model.CheckPassed))
		if a := Default(compared, "bundle.json"); !a.Satisfied {
			t.Errorf("%s: %q", kind, a.Reasons)
		}
	}
}

func TestASignatureThatIsItselfAskedForNeverSatisfies(t *testing.T) {
	const about = model.Digest("sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
	for _, kind := range []model.Kind{model.KindSignature, model.KindAttestation} {
		for _, verdict := range []model.Verdict{model.Trusted, model.Valid} {
			tree := judged(kind, model.Standing{Verdict: verdict})
			tree.Root().Node.Format, tree.Root().Node.Subject = model.FormatBundle, about
			a := Default(tree, name)
			if a.Satisfied || len(a.Reasons) != 1 || !strings.Contains(a.Reasons[0], string(about)) {
				t.Errorf("%s %s: a tag that points at it satisfies, or the reason does not say what it is about: %+v", kind, verdict, a)
			}
		}
	}
}

func TestNothingFoundIsNotSatisfied(t *testing.T) {
	if a := Default(model.NewTree(), name); a.Satisfied || len(a.Reasons) != 1 {
		t.Errorf("%+v", a)
	}
}
