package model

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// originated is a predicate that says where it comes from.
type originated struct {
	Predicate
	origin Origin
}

func (p originated) Origin() Origin      { return p.origin }
func (p originated) Title() string       { return "a predicate" }
func (p originated) Findings() []Finding { return nil }

const (
	acme     = "https://github.com/acme/app"
	mallory  = "https://github.com/mallory/app"
	someSCAI = "https://in-toto.io/attestation/scai/v0.3"
	someVuln = "https://cosign.sigstore.dev/attestation/vuln/v1"
)

var (
	buildOrigin = Origin{Repository: acme, Ref: "refs/heads/main", Commit: "11", Run: acme + "/actions/runs/7/attempts/1"}
	otherRun    = Origin{Repository: acme, Ref: "refs/heads/main", Commit: "11", Run: acme + "/actions/runs/8/attempts/1"}
	otherCommit = Origin{Repository: acme, Ref: "refs/heads/main", Commit: "22", Run: acme + "/actions/runs/7/attempts/1"}
)

// from is an attestation by a certificate of one origin, whose predicate claims another.
func from(name, predicateType string, v Verdict, proven, claimed Origin) plant {
	p := bundle(name, amd64, predicateType, said(v))
	p.report.Signer = &Signer{Kind: SignerCertificate, Extensions: []Extension{
		{Name: "sourceRepositoryURI", Value: proven.Repository}, {Name: "sourceRepositoryRef", Value: proven.Ref},
		{Name: "sourceRepositoryDigest", Value: proven.Commit}, {Name: "runInvocationURI", Value: proven.Run},
	}}
	p.opened.Predicate = originated{origin: claimed}
	return p
}

// keyed is a scan signed with a key, so that nothing proves where it comes from.
func keyed(name string, claimed Origin) plant {
	p := from(name, someSCAI, Valid, Origin{}, claimed)
	p.report.Signer = &Signer{Kind: SignerKey}
	return p
}

// crossIDs are the findings of every node that disagrees with another, by the names of the nodes.
func crossIDs(tree *Tree, names map[Digest]string) map[string]string {
	out := map[string]string{}
	tree.Walk(func(e *Entry) {
		var ids []string
		for _, f := range e.Cross {
			ids = append(ids, f.ID+" "+string(f.Severity))
		}
		if len(ids) > 0 {
			out[names[e.Node.Digest]] = strings.Join(ids, ", ")
		}
	})
	return out
}

func TestWhereAttestationsDisagreeAboutWhereTheyComeFrom(t *testing.T) {
	t.Parallel()
	build := from("build", predicateSLSA, Valid, buildOrigin, buildOrigin)
	annotated := func(source, revision string, children ...plant) plant {
		p := image(amd64, children...)
		p.node.Annotations = map[string]string{"org.opencontainers.image.source": source, "org.opencontainers.image.revision": revision}
		return p
	}
	cases := []struct {
		name string
		root plant
		want map[string]string
	}{
		{"all from one run", image(amd64, build, from("scan", someSCAI, Valid, buildOrigin, buildOrigin)), map[string]string{}},
		{"nothing that is proven to compare with", image(amd64, keyed("a", buildOrigin), keyed("b", otherCommit)), map[string]string{}},
		{
			"a scan from another run beside the build",
			image(amd64, build, from("scan", someSCAI, Valid, otherRun, otherRun)),
			map[string]string{"scan": "run-mismatch warning", "image": "mixed-origins warning"},
		},
		{
			"an approval from another run beside the build",
			image(amd64, build, from("signature", predicateCosignSign, Valid, otherRun, Origin{})),
			map[string]string{"signature": "run-mismatch warning", "image": "mixed-origins warning"},
		},
		{
			"another attempt of the same run is the same run", image(amd64, build, from("scan", someSCAI, Valid,
				Origin{Repository: acme, Commit: "11", Run: acme + "/actions/runs/7/attempts/2"}, Origin{})),
			map[string]string{},
		},
		{
			"a vulnerability scan is made again and again",
			image(amd64, build, from("scan", someVuln, Valid, Origin{Repository: acme, Commit: "22", Run: otherRun.Run}, Origin{})),
			map[string]string{"scan": "commit-mismatch info, run-mismatch info"},
		},
		{
			"a claim of another commit by a key",
			image(amd64, build, keyed("scan", otherCommit)),
			map[string]string{"scan": "commit-mismatch warning", "image": "mixed-origins warning"},
		},
		{
			"two builds of two commits",
			image(amd64, build, from("scan", predicateSLSA, Valid, otherCommit, otherCommit)),
			map[string]string{"second": "commit-mismatch warning", "image": "mixed-origins warning"},
		},
		{
			"another ref",
			image(amd64, build, from("scan", someSCAI, Valid, Origin{Repository: acme, Ref: "refs/tags/v1", Commit: "11", Run: buildOrigin.Run}, Origin{})),
			map[string]string{"scan": "ref-mismatch warning", "image": "mixed-origins warning"},
		},
		{
			"a stranger's repository says nothing of the image as a whole",
			image(amd64, build, from("scan", someSCAI, Untrusted, Origin{Repository: mallory, Commit: "22", Run: mallory + "/actions/runs/1"}, Origin{})),
			map[string]string{"scan": "source-mismatch warning"},
		},
		{
			"a stranger is never what others are compared with",
			image(amd64, keyed("scan", otherCommit), from("build", predicateSLSA, Untrusted, buildOrigin, buildOrigin)),
			map[string]string{},
		},
		{
			"what is invalid says nothing",
			image(amd64, build, from("scan", someSCAI, Invalid, otherCommit, otherCommit)),
			map[string]string{},
		},
		{
			"a predicate about another commit than the certificate that signed it",
			image(amd64, from("build", predicateSLSA, Valid, buildOrigin, otherCommit)),
			map[string]string{"build": "predicate-certificate-mismatch error"},
		},
		{
			"a predicate about another attempt than the certificate that signed it",
			image(amd64, from("build", predicateSLSA, Valid, buildOrigin, Origin{Repository: acme, Run: acme + "/actions/runs/7/attempts/2"})),
			map[string]string{"build": "predicate-certificate-mismatch error"},
		},
		{
			"a trusted signature is believed before a valid provenance",
			image(amd64, from("signature", predicateCosignSign, Trusted, otherRun, Origin{}), build),
			map[string]string{"build": "run-mismatch warning", "image": "mixed-origins warning"},
		},
		{
			"annotations of the image",
			annotated("https://github.com/mallory/app", "11", build),
			map[string]string{"image": "source-mismatch warning"},
		},
		{
			"a revision in the annotations, and a source that is no repository",
			annotated("https://acme.example", "22", build),
			map[string]string{"image": "commit-mismatch warning"},
		},
		{"annotations that agree", annotated(acme+".git", "11", build), map[string]string{}},
		{
			"changes that are in no commit",
			image(amd64, build, keyed("scan", Origin{Repository: acme, Commit: "11", Dirty: true})),
			map[string]string{"scan": "uncommitted-changes warning", "image": "mixed-origins warning"},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			names := map[Digest]string{amd64: "image", named("build"): "build", named("scan"): "scan", named("signature"): "signature"}
			got := crossIDs(grow(c.root, finished...), names)
			if _, second := c.want["second"]; second { // which of two equals is compared with the other is the ids' to say
				delete(got, "image")
				delete(c.want, "image")
				for _, ids := range got {
					if ids != c.want["second"] {
						t.Errorf("got %q, want %q", ids, c.want["second"])
					}
				}
				if len(got) != 1 {
					t.Errorf("%d nodes disagree, want one of the two", len(got))
				}
				return
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNothingIsComparedBeforeAllIsJudged(t *testing.T) {
	t.Parallel()
	root := image(amd64, from("build", predicateSLSA, Valid, buildOrigin, buildOrigin), from("scan", someSCAI, Valid, otherRun, Origin{}))
	tree := grow(root, DiscoveryDone{})
	if got := crossIDs(tree, nil); len(got) > 0 {
		t.Errorf("found %v while the best node may still come", got)
	}
	before := tree.Version()
	tree.Apply(Done{})
	tree.Judge()
	if len(crossIDs(tree, map[Digest]string{})) == 0 || tree.Version() < before+2 {
		t.Error("the end of judging changed nothing")
	}
	at := tree.Version()
	if tree.Judge(); tree.Version() != at {
		t.Error("judging again changed what nothing had changed")
	}
}

func TestBundlesAboutDifferentThingsInOneFileAreNotCompared(t *testing.T) {
	t.Parallel()
	file := plant{node: Node{ID: "file", Kind: KindFile, Digest: named("file")}}
	a, b := from("a", predicateSLSA, Valid, buildOrigin, Origin{}), from("b", predicateSLSA, Valid, otherCommit, Origin{})
	b.opened.Statement.Subjects = statementAbout("", arm64).Statement.Subjects
	a.node.Subject, b.node.Subject = "", ""
	file.children = []plant{a, b}
	if got := crossIDs(grow(file, finished...), nil); len(got) > 0 {
		t.Errorf("two things were compared: %v", got)
	}
	b.opened.Statement.Subjects = a.opened.Statement.Subjects
	file.children = []plant{a, b}
	if got := crossIDs(grow(file, finished...), nil); len(got) != 1 {
		t.Errorf("%d nodes disagree about one thing, want 1", len(got))
	}
}

func BenchmarkCompareOrigins(b *testing.B) {
	root := image(amd64)
	for i := range 300 {
		root.children = append(root.children, from(strings.Repeat("x", i), someSCAI, Valid, buildOrigin, otherRun))
	}
	tree := grow(root, finished...)
	for b.Loop() {
		tree.compareOrigins()
	}
}
