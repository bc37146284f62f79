package policy

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestNothingIsSatisfiedBeforeEverythingIsJudged(t *testing.T) {
	f := policyOf(t, "require_signature: true")
	answer := f.Judge(grow(false, signedBy(model.Trusted)), image, today)
	if answer.Satisfied || len(answer.Requirements) != 1 || answer.Requirements[0].Status != model.RequirementMet {
		t.Errorf("%+v", answer)
	}
	if answer = f.Judge(grow(false), image, today); answer.Satisfied || answer.Requirements[0].Status != model.RequirementUnknown {
		t.Errorf("what may still come is called missing: %+v", answer)
	}
	if answer = f.Judge(model.NewTree(), image, today); answer.Satisfied || len(answer.Reasons) != 1 {
		t.Errorf("%+v", answer)
	}
}

func TestWhatCouldNotBeLookedForIsNotCalledMissing(t *testing.T) {
	denied := model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismReferrersAPI, Subject: root, Status: model.LookupDenied, Detail: "403"}}
	for policy, want := range map[string]string{
		"require_signature: true": "It is not known whether image ghcr.io/acme/app is signed: referrers-api denied: 403.",
		"require: [sbom]":         "It is not known whether image ghcr.io/acme/app has an SBOM attestation: referrers-api denied: 403.",
	} {
		tree := indexOf()
		tree.Apply(denied)
		tree.Judge()
		answer := policyOf(t, policy).Judge(tree, image, today)
		if answer.Satisfied || answer.Reasons[0] != want {
			t.Errorf("%q, want %q", answer.Reasons, want)
		}
	}
	tree := indexOf(signedBy(model.Trusted))
	tree.Apply(denied)
	tree.Judge()
	if answer := policyOf(t, "require_signature: true").Judge(tree, image, today); !answer.Satisfied {
		t.Errorf("a place that denied undoes what was found elsewhere: %q", answer.Reasons)
	}
}

func TestWhatCouldNotBeHadMayHaveBeenIt(t *testing.T) {
	for name, happens := range map[string]func(*model.Tree){
		"an attachment of the root": func(tree *model.Tree) {
			n := says(typeSPDX, spdx).entryNode()
			tree.Apply(model.NodeFound{Node: n})
			tree.Apply(model.BlobLoaded{ID: n.ID, Problem: "rate limited"})
		},
		"a look-up of a platform": func(tree *model.Tree) {
			tree.Apply(model.LookedUp{Lookup: model.Lookup{Mechanism: model.MechanismCosignAtt, Subject: arm64, Status: model.LookupFailed, Detail: "rate limited"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			tree := indexOf()
			happens(tree)
			tree.Judge()
			answer := policyOf(t, "require: [sbom]").Judge(tree, image, today)
			if answer.Satisfied || !strings.HasPrefix(answer.Reasons[0], "It is not known whether image") || !strings.Contains(answer.Reasons[0], "rate limited") {
				t.Errorf("%q", answer.Reasons)
			}
		})
	}
}

func TestAPlatformIsNotHiddenByWhatItLooksLike(t *testing.T) {
	index, err := json.Marshal(map[string]any{
		"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
		"manifests": []any{
			map[string]any{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": root, "size": 1, "platform": map[string]string{"os": "linux", "architecture": "s390x"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	top := model.DigestOf(index)
	tree := model.NewTree()
	tree.Apply(model.Resolved{Reference: image + "@" + string(top), Digest: top})
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(top), Kind: model.KindIndex, Digest: top, Raw: index}})
	tree.Apply(model.NodeFound{Node: model.Node{
		ID: string(root), Parent: string(top), Kind: model.KindArtifact, Format: model.FormatOpaque, Digest: root, Subject: top,
	}})
	for _, done := range []model.Event{model.DiscoveryDone{}, model.Done{}} {
		tree.Apply(done)
	}
	tree.Judge()
	list := platforms(tree, tree.Root(), image, attached(tree))
	if len(list) != 1 || list[0].digest != root || !strings.HasPrefix(list[0].what, "linux/s390x of ") {
		t.Errorf("platforms %+v", list)
	}
}

func TestWhatRunsNowhereIsNoPlatform(t *testing.T) {
	tree := indexOf()
	index := must[[]byte](t)(json.Marshal(map[string]any{
		"schemaVersion": 2, "manifests": []any{
			map[string]any{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": model.DigestOf([]byte("x")), "size": 1, "platform": map[string]string{"os": "unknown", "architecture": "unknown"}},
		},
	}))
	tree.Root().Node.Raw = index
	d := model.DigestOf([]byte("x"))
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(d), Parent: string(root), Kind: model.KindAttestationManifest, Digest: d}})
	if list := platforms(tree, tree.Root(), image, attached(tree)); len(list) != 2 {
		t.Errorf("%d platforms", len(list))
	}
}

func TestPlatformsOfNestedIndexesCountToo(t *testing.T) {
	tree := indexOf()
	inner, deep := model.DigestOf([]byte("inner")), model.DigestOf([]byte("deep"))
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(inner), Parent: string(root), Kind: model.KindIndex, Digest: inner}})
	tree.Apply(model.NodeFound{Node: model.Node{ID: string(deep), Parent: string(inner), Kind: model.KindImage, Digest: deep}})
	if list := platforms(tree, tree.Root(), image, attached(tree)); len(list) != 3 {
		t.Errorf("%d platforms", len(list))
	}
}

func TestAnAttestationThatIsItselfAskedForSatisfiesNothing(t *testing.T) {
	n := says(typeSPDX, spdx)
	about := n.on
	n.on = ""
	own := n.entryNode()
	own.Subject = about
	tree := model.NewTree()
	tree.Apply(model.NodeFound{Node: own})
	tree.Apply(model.BlobLoaded{ID: own.ID, Bytes: []byte("bytes")})
	n.on = about
	tree.Apply(model.Opened{ID: own.ID, Attestation: n.attestation()})
	tree.Apply(model.Judged{ID: own.ID, Report: n.report()})
	tree.Apply(model.DiscoveryDone{})
	tree.Apply(model.Done{})
	tree.Judge()
	answer := policyOf(t, "require: [sbom]").Judge(tree, image, today)
	if answer.Satisfied || !strings.Contains(answer.Reasons[0], "no image but an attestation itself") {
		t.Errorf("%+v", answer)
	}
}

// file is a bundle given as a file.
func file(n node) *model.Tree {
	own := n.entryNode()
	own.Parent, own.Kind, own.Subject, own.Found = "", model.KindBundle, "", []model.Found{model.FoundFile}
	tree := model.NewTree()
	tree.Apply(model.NodeFound{Node: own})
	tree.Apply(model.BlobLoaded{ID: own.ID, Bytes: []byte("bytes")})
	tree.Apply(model.Opened{ID: own.ID, Attestation: n.attestation()})
	tree.Apply(model.Judged{ID: own.ID, Report: n.report()})
	tree.Apply(model.DiscoveryDone{})
	tree.Apply(model.Done{})
	tree.Judge()
	return tree
}

func TestAFileSatisfiesByWhatItHoldsOnceItWasCompared(t *testing.T) {
	compared, bare := says(typeSPDX, spdx), says(typeSPDX, spdx)
	bare.subject = model.CheckSkipped
	nestedElsewhere := says(typeSPDX, spdx, nest(typeSPDX, amd64))
	for name, c := range map[string]struct {
		node   node
		policy string
		want   string
	}{
		"an attestation": {compared, "require: [sbom]", ""},
		"a nested statement about something else":  {nestedElsewhere, "require: [sbom]", "about another digest"},
		"an attestation compared with nothing":     {bare, "require: [sbom]", "not compared"},
		"an attestation where another is required": {compared, "require: [scai]", "File bundle.json has no SCAI attestation"},
		"an attestation where a signature is":      {compared, "require_signature: true", "File bundle.json is not signed"},
		"a signature":                              {signedBy(model.Trusted), "require_signature: true", ""},
	} {
		t.Run(name, func(t *testing.T) {
			answer := policyOf(t, c.policy).Judge(file(c.node), "bundle.json", today)
			if answer.Satisfied != (c.want == "") || !strings.Contains(strings.Join(answer.Reasons, "\n"), c.want) {
				t.Errorf("%+v", answer)
			}
		})
	}
}

func TestAFileThatAsksForNothingFallsBackToTheDefault(t *testing.T) {
	f := must[*File](t)(Parse("p", []byte(identity("")), nil))
	for tree, want := range map[*model.Tree]bool{indexOf(signedBy(model.Trusted)): true, indexOf(): false, indexOf(signedBy(model.Untrusted)): false} {
		answer := f.Judge(tree, image, today)
		if answer.Satisfied != want || answer.Path != "p" || len(answer.Requirements) != 1 || answer.Requirements[0].ID != "image-trusted" {
			t.Errorf("%+v, want %v", answer, want)
		}
	}
}

func TestTheDefaultPolicySaysWhichNodeDecided(t *testing.T) {
	answer := Default(indexOf(says(typeSPDX, spdx), signedBy(model.Trusted)), image)
	want := model.Requirement{
		ID: "image-trusted", Wants: "a trusted signature on what was asked for", Status: model.RequirementMet, On: root,
		Node: string(model.DigestOf([]byte("signature"))), Message: "Image ghcr.io/acme/app is signed by " + workflow + ".",
	}
	if !answer.Satisfied || len(answer.Requirements) != 1 || answer.Requirements[0] != want {
		t.Errorf("%+v", answer)
	}
}

func TestTheAnswerDoesNotDependOnTheOrderOfNodes(t *testing.T) {
	nodes := []node{
		signedBy(model.Trusted), says(typeSPDX, spdx, on(amd64)), says(typeSPDX, spdx, stands(model.Untrusted)),
		says(typeSCAI, scan(passed, clean)), says(typeSCAI, scan("MCP_SECURITY_SCAN_FAILED", clean), signedAt(today)),
	}
	f := policyOf(t, "require_signature: true, require: [sbom, vuln], "+scaiRules1)
	first := toJSON(t, f.Judge(indexOf(nodes...), image, today))
	for i := range nodes {
		turned := append(append([]node{}, nodes[i:]...), nodes[:i]...)
		if got := toJSON(t, f.Judge(indexOf(turned...), image, today)); got != first {
			t.Errorf("turned by %d:\n%s\nnot\n%s", i, got, first)
		}
	}
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	return string(must[[]byte](t)(json.Marshal(v)))
}
