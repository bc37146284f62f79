package fleet

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// signedBy is a signature about the index that calls it by a name, judged.
func signedBy(id, name string, v model.Verdict) []model.Event {
	return []model.Event{
		model.NodeFound{Node: model.Node{
			ID: id, Parent: string(root), Kind: model.KindSignature, Format: model.FormatSimpleSigning, Subject: root, Digest: model.Digest(id),
		}},
		model.Opened{ID: id, Attestation: &model.Attestation{SimpleSigning: &model.SimpleSigning{DockerReference: name, ManifestDigest: string(root)}}},
		model.Judged{ID: id, Report: model.Report{
			Verdict: v, Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed}}, Signer: &model.Signer{Subject: "x"},
		}},
	}
}

func TestAnImageThatWasSignedByAnotherNameSaysSo(t *testing.T) {
	t.Parallel()
	both := func(a, b []model.Event) []model.Event { return append(a, b...) }
	for _, c := range []struct {
		what   string
		events []model.Event
		want   string
	}{
		{"by its own name", signedBy("a", "r.example/a:1", model.Trusted), ""},
		{"by none", signedBy("a", "", model.Trusted), ""},
		{"by another", signedBy("a", "r.example/b", model.Trusted), "r.example/b"},
		{"by both, and equally good", both(signedBy("a", "r.example/b", model.Trusted), signedBy("b", "r.example/a", model.Trusted)), ""},
		{"by its own, and nobody trusts that", both(signedBy("a", "r.example/b", model.Trusted), signedBy("b", "r.example/a", model.Valid)), "r.example/b"},
		{"by another, which is wrong", signedBy("a", "r.example/b", model.Invalid), ""},
		{"on Docker Hub", signedBy("a", "alpine:3", model.Valid), "docker.io/library/alpine"},
	} {
		row := Judged(Image{Reference: "r.example/a:1"}, 0, tree(c.events...), Columns(nil), model.PolicyAnswer{}, "")
		if got := strings.Join(row.SignedAs, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}
