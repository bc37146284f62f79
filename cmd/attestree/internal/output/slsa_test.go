package output

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model"
)

func TestALevelIsWrittenAsTheTreeHasIt(t *testing.T) {
	t.Parallel()
	tree := sample()
	tree.Apply(model.Judged{ID: signatureDigest, Report: model.Report{
		Verdict: model.Untrusted, SLSA: &model.SLSA{
			Level: 3, Reason: "why", Source: "https://github.com/acme/app", Lines: []model.SLSALine{
				{Label: "Source", Claimed: "a", Verified: "b", Because: "c", Status: model.CheckFailed, Tenant: true},
			},
		},
	}})
	tree.Judge()
	got := newNode(tree, tree.Entry(signatureDigest), true).SLSA
	want := &slsaLevel{
		Level: 1, Reason: "it is untrusted, so nobody who may be believed says how this was built",
		Source: "https://github.com/acme/app",
		Lines:  []slsaLine{{Label: "Source", Claimed: "a", Verified: "b", Because: "c", Status: "failed", Tenant: true}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	raw, err := json.Marshal(newNode(tree, tree.Entry(imageDigest), true))
	if err != nil {
		t.Fatal(err)
	}
	var node map[string]any
	if err := json.Unmarshal(raw, &node); err != nil {
		t.Fatal(err)
	}
	if level, there := node["slsa"]; !there || level != nil {
		t.Errorf("slsa of an image = %v, there: %v, want null", level, there)
	}
	if got := newNode(tree, tree.Entry(signatureDigest), false).SLSA; got != nil {
		t.Errorf("a tree that nobody judged has level %d", got.Level)
	}
}
