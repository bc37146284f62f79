package audit

import (
	"fmt"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// attachFile hangs a file on the image, as oras does.
func attachFile(t *model.Tree, digit, name, content string, verdict model.Verdict) {
	id := model.Digest("sha256:" + strings.Repeat(digit, 64))
	t.Apply(model.NodeFound{Node: model.Node{
		ID: string(id), Parent: string(imageDigest), Kind: model.KindArtifact, Format: model.FormatOpaque, Digest: id, Subject: imageDigest,
		Blob: model.Descriptor{
			Digest: model.DigestOf([]byte(content)), Size: int64(len(content)),
			Annotations: map[string]string{"org.opencontainers.image.title": name},
		},
	}})
	t.Apply(model.BlobLoaded{ID: string(id), Bytes: []byte(content)})
	t.Apply(model.Judged{ID: string(id), Report: model.Report{Verdict: model.Unsigned}})
	if verdict != model.Trusted {
		return
	}
	signature := model.Digest("sha256:" + strings.Repeat("e", 63) + digit)
	t.Apply(model.NodeFound{Node: model.Node{
		ID: string(signature), Parent: string(id), Kind: model.KindSignature, Format: model.FormatSimpleSigning, Digest: signature, Subject: id,
		Blob: model.Descriptor{Digest: signature, Size: 2},
	}})
	t.Apply(model.Judged{ID: string(signature), Report: model.Report{
		Verdict: model.Trusted, Checks: []model.Check{{ID: model.CheckSubject, Status: model.CheckPassed, Required: true}},
	}})
}

func TestTheAttachedSpecificationIsThatOfTheScan(t *testing.T) {
	claim := &Claim{ConfigFile: "uvx/weather/spec.yaml"}
	for _, test := range []struct {
		name        string
		attach      func(*model.Tree)
		wantVersion string // "" for none
		vouched     bool
		problem     bool
	}{
		{"none", func(*model.Tree) {}, "", false, false},
		{"one that nobody signed", func(tree *model.Tree) { attachFile(tree, "5", "spec.yaml", goodSpec, model.Unsigned) }, "2.0.1", false, false},
		{"one that somebody trusted signed, before one that nobody did", func(tree *model.Tree) {
			attachFile(tree, "5", "spec.yaml", strings.ReplaceAll(goodSpec, "2.0.1", "9.9.9"), model.Unsigned)
			attachFile(tree, "6", "spec.yaml", goodSpec, model.Trusted)
		}, "2.0.1", true, false},
		{"not that of another server", func(tree *model.Tree) {
			attachFile(tree, "5", "spec.yaml", strings.ReplaceAll(goodSpec, "name: weather", "name: other"), model.Unsigned)
		}, "", false, false},
		{"not a file of another name", func(tree *model.Tree) { attachFile(tree, "5", "README.md", goodSpec, model.Unsigned) }, "", false, false},
		{"one that is broken is said to be", func(tree *model.Tree) { attachFile(tree, "5", "spec.yaml", "[", model.Unsigned) }, "", false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			tree := newStory().tree()
			test.attach(tree)
			tree.Judge()
			f, problem := AttachedSpec(tree, claim)
			got := ""
			if f != nil {
				got = f.Spec.Version
			}
			if got != test.wantVersion || (problem != "") != test.problem || f != nil && f.Vouched != test.vouched {
				t.Errorf("version %q, problem %q, %s", got, problem, fmt.Sprint(f))
			}
		})
	}
}

func TestTheScanThatCountsLeadsToItsSpecification(t *testing.T) {
	if claim := Leading(newStory().tree()); claim == nil || claim.ConfigFile != "uvx/weather/spec.yaml" {
		t.Errorf("%+v", claim)
	}
	s := newStory()
	s.noScan = true
	if claim := Leading(s.tree()); claim != nil {
		t.Errorf("%+v", claim)
	}
}

func TestEvidenceBesideASourceIsUsedOnlyIfItIsTheSignedOne(t *testing.T) {
	s := newStory()
	s.noEvidence = true
	for _, test := range []struct {
		bytes string
		want  bool
	}{{goodSummary, true}, {goodSummary + " ", false}} {
		s.change = func(c *Case) { c.Beside = &File{Name: "beside", Bytes: []byte(test.bytes)} }
		if got := s.audit(t).Current.Binding.Summary != nil; got != test.want {
			t.Errorf("used: %v, want %v", got, test.want)
		}
	}
}
