package screen

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/model/diff"
)

// onDemo is the program on the demo image, judged.
func onDemo(t *testing.T) (*run.App, run.Job, *model.Tree) {
	t.Helper()
	return onDemoWith(t, run.Flags{})
}

func onDemoWith(t *testing.T, flags run.Flags) (*run.App, run.Job, *model.Tree) {
	t.Helper()
	a := &run.App{
		Environment: run.Environment{Stdout: io.Discard, Stderr: io.Discard, Getenv: func(string) string { return "" }, Now: time.Now},
		Flags:       flags,
	}
	j, err := a.PrepareJudging(t.Context(), run.DemoSource)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := a.Look(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	return a, j, tree
}

// last is the end of a comparison.
func last(from <-chan diff.Progress) (p diff.Progress) {
	for p = range from {
		_ = p
	}
	return p
}

func TestTheScreenComparesAndRemembersWithWhat(t *testing.T) {
	a, j, tree := onDemo(t)
	d := newDiffer(a, j)
	if got := last(d.Compare(t.Context(), tree, run.DemoSource)); got.Err != nil || got.Report == nil || !got.Report.Same() {
		t.Fatalf("an image is not like itself: %v", got.Err)
	}
	if others := d.Others(tree); len(others) != 1 || others[0].Source != run.DemoSource || others[0].Why != "compared before" {
		t.Errorf("others %v", others)
	}
	saved := filepath.Join(t.TempDir(), "saved.json")
	const report = `{"schemaVersion":"1","tool":"attestree 1","judgedAt":"2026-01-01T00:00:00Z","source":"x","digest":"sha256:1","verdict":"trusted","complete":true,"discovery":[],
"root":{"id":"a","kind":"index","verdict":"trusted","children":[]}}`
	if err := os.WriteFile(saved, []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
	got := last(d.Compare(t.Context(), tree, saved))
	if got.Err != nil || !got.Report.Before.Saved || got.Report.After.Saved {
		t.Fatalf("a saved report: %v", got.Err)
	}
	for _, source := range []string{"-", filepath.Join(t.TempDir(), "nothing"), ""} {
		if got := last(d.Compare(t.Context(), tree, source)); got.Err == nil {
			t.Errorf("%q is compared", source)
		}
	}
	if others := d.Others(tree); len(others) != 2 || others[0].Source != saved {
		t.Errorf("what could not be compared is remembered: %v", others)
	}
}

func TestTheScreensPolicyAnswersOfThePackageInsideAsVerifyDoes(t *testing.T) {
	for wanted, satisfied := range map[bool]bool{false: true, true: false} { // nobody signed the document that names the package
		var flags run.Flags
		flags.Wraps.Asked, flags.Wraps.Provenance = "auto", wanted
		a, j, tree := onDemoWith(t, flags)
		b, err := newBackend(t.Context(), a, j)
		if err != nil {
			t.Fatal(err)
		}
		if answer := b.Policy(tree); answer.Satisfied != satisfied {
			t.Errorf("an attestation is wanted: %v; satisfied: %v, %v", wanted, answer.Satisfied, answer.Reasons)
		}
	}
}

func TestAComparisonEndsWithItsContext(t *testing.T) {
	a, j, tree := onDemo(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := last(newDiffer(a, j).Compare(ctx, tree, run.DemoSource)); got.Report != nil {
		t.Error("there is an answer")
	}
}

func TestATagOrDigestAloneIsOfTheImageThatIsOpen(t *testing.T) {
	tree := model.NewTree()
	digest := model.DigestOf([]byte("x"))
	tree.Apply(model.Resolved{Reference: "registry.example/team/app@" + string(digest), Digest: digest})
	d := &differ{}
	for other, want := range map[string]string{
		":2.0":                 "registry.example/team/app:2.0",
		string(digest):         "registry.example/team/app@" + string(digest),
		"@" + string(digest):   "registry.example/team/app@" + string(digest),
		"registry.example/b:1": "registry.example/b:1",
		"./layout":             "./layout",
		":":                    ":",
		"2.0":                  "registry.example/team/app:2.0",
		"latest":               "registry.example/team/app:latest",
		"screen_test.go":       "screen_test.go", // which is a file
		"nope.json":            "nope.json",      // which was meant as one
		":nope.json":           "registry.example/team/app:nope.json",
		"team/app":             "team/app",
		"nginx:1.27":           "nginx:1.27",
		run.DemoSource:         run.DemoSource,
	} {
		if got := d.expand(tree, other); got != want {
			t.Errorf("%q is %q, want %q", other, got, want)
		}
	}
	for _, other := range []string{":2.0", "2.0"} {
		if got := d.expand(model.NewTree(), other); got != other {
			t.Errorf("of a file: %q", got)
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "oci-layout"), []byte(`{"imageLayoutVersion":"1.0.0"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	d.job.Source = "oci:" + folder + ":1.0"
	if got, want := d.expand(tree, "2.0"), "oci:"+folder+":2.0"; got != want {
		t.Errorf("of a folder: %q, want %q", got, want)
	}
}

func TestAComparisonInTheDemoOpensNoConnection(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer server.Close()
	a, j, tree := onDemo(t)
	got := last(newDiffer(a, j).Compare(t.Context(), tree, strings.TrimPrefix(server.URL, "http://")+"/app:1"))
	if got.Err == nil || !strings.Contains(got.Err.Error(), "offline") || asked.Load() != 0 {
		t.Errorf("%d requests, %v", asked.Load(), got.Err)
	}
}

func TestOtherTagsOfAFolderAreKnownWithoutAsking(t *testing.T) {
	folder := t.TempDir()
	const index = `{"schemaVersion":2,"manifests":[
{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:aa","size":1,"annotations":{"org.opencontainers.image.ref.name":"2.0"}},
{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:bb","size":1,"annotations":{"org.opencontainers.image.ref.name":"1.0"}},
{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:cc","size":1,"annotations":{"org.opencontainers.image.ref.name":"sha256-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.sig"}}]}`
	for name, text := range map[string]string{"index.json": index, "oci-layout": `{"imageLayoutVersion":"1.0.0"}`} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	one, two := "oci:"+folder+":1.0", "oci:"+folder+":2.0"
	for source, want := range map[string][]string{
		folder: {one, two}, folder + ":1.0": {two}, "oci:" + folder + ":2.0": {one}, "registry.example/app:1.0": nil, folder + "/gone": nil,
	} {
		if got := siblings(source); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", source, got, want)
		}
	}
}

func TestWhatWasOpenedBeforeIsOfferedThatOfTheSameRepositoryFirst(t *testing.T) {
	a := &run.App{Environment: run.Environment{Now: time.Now, StateFolder: t.TempDir()}}
	store := remembered(a)
	for i, source := range []string{"registry:registry.example/team/app:1.0", "registry:registry.example/other:1", "registry:registry.example/team/app:2.0"} {
		if err := store.Remember(source, time.Unix(int64(i), 0)); err != nil {
			t.Fatal(err)
		}
	}
	tree := model.NewTree()
	digest := model.DigestOf([]byte("x"))
	tree.Apply(model.Resolved{Reference: "registry.example/team/app@" + string(digest), Digest: digest})
	var got []string
	for _, o := range (&differ{app: a, job: run.Job{Source: "registry.example/team/app:2.0"}}).Others(tree) {
		got = append(got, o.Source+": "+o.Why)
	}
	want := "registry.example/team/app:1.0: opened before, same repository, registry.example/other:1: opened before"
	if text := strings.Join(got, ", "); text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

func TestPolicyFilesAreExaminedForTheScreen(t *testing.T) {
	a, j, tree := onDemo(t)
	folder := t.TempDir()
	allow, gone := filepath.Join(folder, "allow.rego"), filepath.Join(folder, "gone.rego")
	if err := os.WriteFile(allow, []byte("package signature\n\nallow {\n  input.predicateType\n}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	a.Flags.Examined = []string{allow, allow}
	x := newExaminer(a, j)
	if got := x.PolicyFiles(); !slices.Equal(got, []string{allow}) {
		t.Errorf("files %v", got)
	}
	e := x.Examine(t.Context(), tree, []string{gone, allow, folder})
	if len(e.Rules) < 3 || e.Rules[0].File != gone || e.Rules[0].Result != diagnosis.Unsupported || !strings.Contains(e.Rules[0].Message, "could not be read") {
		t.Fatalf("%+v", e.Rules)
	}
	for _, r := range e.Rules {
		if r.File == allow && r.Result != diagnosis.Met {
			t.Errorf("%s: %s", r.Rule, r.Message)
		}
		if r.File == folder && r.Result != diagnosis.Unsupported {
			t.Errorf("a folder is %s", r.Result)
		}
	}
	if e.Satisfied() {
		t.Error("what could not be read is met")
	}
	if got := x.PolicyFiles(); !slices.Equal(got, []string{gone, allow, folder}) {
		t.Errorf("what was examined is not remembered: %v", got)
	}
}
