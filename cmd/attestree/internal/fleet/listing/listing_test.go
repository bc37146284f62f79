package listing

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model/fleet"
)

// found is each reference with its places, in the order of the list.
func found(l *List) []string {
	var out []string
	for _, image := range l.Images {
		var places []string
		for _, s := range image.Sources {
			places = append(places, s.String())
		}
		line := image.Reference + " < " + strings.Join(places, " + ")
		if image.Problem != "" {
			line += " ! " + image.Problem
		}
		out = append(out, line)
	}
	return out
}

const pods = `{
  "apiVersion": "v1", "kind": "List", "items": [
    {"kind": "Pod", "metadata": {"name": "web-1", "namespace": "shop"},
     "spec": {"initContainers": [{"name": "init", "image": "busybox:1"}], "containers": [{"name": "app", "image": "r.example/shop/web:2"}],
       "ephemeralContainers": [{"name": "debug", "image": "alpine"}],
       "volumes": [{"name": "data", "image": {"reference": "r.example/data:1"}}]},
     "status": {"containerStatuses": [{"name": "app", "image": "r.example/shop/web:2", "imageID": "docker-pullable://r.example/shop/web@sha256:aa"}],
       "initContainerStatuses": [{"name": "init", "imageID": "docker.io/library/busybox@sha256:bb"}],
       "ephemeralContainerStatuses": [{"name": "debug", "imageID": "sha256:cc"}]}},
    {"kind": "Pod", "metadata": {"name": "web-2", "namespace": "shop"},
     "spec": {"containers": [{"name": "app", "image": "r.example/shop/web:2"}, {"name": "mirrored", "image": "nginx"}]},
     "status": {"containerStatuses": [{"name": "app", "imageID": "r.example/shop/web@sha256:aa"}, {"name": "mirrored", "imageID": "mirror.example/nginx@sha256:dd"}]}}
  ]}`

func TestReferencesAreFoundWhereTheyStand(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a list with comments", "# mine\n\nr.example/a:1\nlocalhost:5000/b@sha256:aa # pinned\r\n  r.example/a:1  ", []string{
			"r.example/a:1 < f:3 + f:5", "localhost:5000/b@sha256:aa < f:4",
		}},
		{"a list that begins with a byte order mark", "\ufeffr.example/a:1\n", []string{"r.example/a:1 < f:1"}},
		{"what nobody can ask for is kept with its problem", "a b\n/etc/passwd\nx:$TAG\nx:{{ .Tag }}\na\x1b[31m:1\n", []string{
			"a b < f:1 ! it holds a space; a list has one reference a line",
			"/etc/passwd < f:2 ! it is a path; a fleet is of images in registries",
			"x:$TAG < f:3 ! it holds a variable that nobody filled in; give what docker compose config prints",
			"x:{{ .Tag }} < f:4 ! it holds a template that nobody filled in; give what helm template prints",
			"a\x1b[31m:1 < f:5 ! it holds a control character",
		}},
		{"pods with what was pulled for them", pods, []string{
			"r.example/shop/web:2@sha256:aa < f (Pod shop/web-1, container app) + f (Pod shop/web-2, container app)",
			"alpine < f (Pod shop/web-1, container debug)",
			"busybox:1@sha256:bb < f (Pod shop/web-1, container init)",
			"r.example/data:1 < f (Pod shop/web-1, volume data)",
			"mirror.example/nginx@sha256:dd < f (Pod shop/web-2, container mirrored)",
		}},
		{"workloads of every kind in one stream", `# Source: chart/templates/web.yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: app
          image: r.example/web:1
--- # next
kind: CronJob
metadata: {name: night}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: job, image: "r.example/job:1"}]}}}}}
---
kind: List
items:
  - kind: DaemonSet
    metadata: {name: agent}
    spec: {template: {spec: {containers: [{name: a, image: r.example/agent:1}]}}}
---
kind: Rollout
apiVersion: argoproj.io/v1alpha1
metadata: {name: roll}
spec: {template: {spec: {containers: [{name: a, image: r.example/roll:1}]}}}
`, []string{
			"r.example/web:1 < f:10 (Deployment web, container app)",
			"r.example/job:1 < f:14 (CronJob night, container job)",
			"r.example/agent:1 < f:20 (DaemonSet agent, container a)",
			"r.example/roll:1 < f:25 (Rollout roll, container a)",
		}},
		{"what helm install prints", `NAME: shop
LAST DEPLOYED: Sat Nov 21 12:00:00 2026
MANIFEST:
---
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: r.example/p:1}]}

NOTES:
  1. Get the URL: by "running this
`, []string{"r.example/p:1 < f:7 (Pod p, container c)"}},
		{"a compose file with anchors", `name: shop
x-app: &app
  image: r.example/app:1
services:
  db: {image: "postgres:17"}
  web:
    <<: *app
  built: {build: ., image: "r.example/built:1"}
  plugin: {provider: {type: model}}
  again: {extends: {service: db}}
  late: {image: "r.example/x:${TAG:-1}"}
`, []string{
			"postgres:17 < f:5 (service db)", "r.example/app:1 < f:3 (service web)", "r.example/built:1 < f:8 (service built)",
			"r.example/x:${TAG:-1} < f:11 (service late) ! it holds a variable that nobody filled in; give what docker compose config prints",
		}},
		{"a JSON list of references", `["r.example/a:1", "r.example/b:1"]`, []string{"r.example/a:1 < f", "r.example/b:1 < f"}},
		{"two JSON documents", `{"kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"c","image":"a:1"}]}}
{"kind":"Pod","metadata":{"name":"b"},"spec":{"containers":[{"name":"c","image":"b:1"}]}}`, []string{
			"a:1 < f (Pod a, container c)", "b:1 < f (Pod b, container c)",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := New()
			if err := l.Read("f", strings.NewReader(test.text)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, found(l)); diff != "" {
				t.Error(diff)
			}
			if len(l.Problems) > 0 {
				t.Error(l.Problems)
			}
		})
	}
}

func TestADocumentThatIsBrokenCostsNoOther(t *testing.T) {
	t.Parallel()
	l := New()
	text := "kind: Pod\nspec: {containers: [{name: a, image: a:1}]}\n---\nkind: [broken\n---\nkind: Pod\nspec: {containers: [{name: b, image: b:1}]}\n"
	if err := l.Read("f", strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if len(l.Images) != 2 || len(l.Problems) != 1 || l.Problems[0].Source.Line != 4 {
		t.Errorf("%v %v", found(l), l.Problems)
	}
}

func TestHostileDocumentsAreBounded(t *testing.T) {
	t.Parallel()
	laughs := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	for i := range 30 {
		laughs += fmt.Sprintf("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i+1, i+1, i, i, i, i, i, i, i, i, i)
	}
	tests := []struct{ name, text, problem string }{
		{"a billion laughs hold no image", laughs, ""},
		{"an alias of itself", "a: &a {containers: *a}\nservices: &s {<<: *s}\n", "merged in"},
		{"deep nesting", "a: " + strings.Repeat("[", 500) + strings.Repeat("]", 500), "nested deeper"},
		{"a document that is too large", "a: " + strings.Repeat("x", maxPiece+10) + "\n---\nservices: {a: {image: after:1}}\n", "larger than"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := New()
			if err := l.Read("f", strings.NewReader(test.text)); err != nil {
				t.Fatal(err)
			}
			said := fmt.Sprint(l.Problems)
			if (test.problem == "") != (len(l.Problems) == 0) || !strings.Contains(said, test.problem) {
				t.Errorf("problems: %s", said)
			}
		})
	}
}

// endless is a line again and again.
type endless struct {
	line string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.line[e.at:])
	e.at = (e.at + n) % len(e.line)
	return n, nil
}

func TestInputsThatNeverEndDo(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{"the same line for ever": "r.example/a:1\n", "one line for ever": strings.Repeat("x", 1024)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := New()
			err := l.Read("f", io.LimitReader(&endless{line: line}, int64(len(line))<<16))
			if err != nil || len(l.Images)+len(l.Problems) == 0 || len(l.Images) > 1 {
				t.Errorf("%v: %d images", err, len(l.Images))
			}
		})
	}
	limited := &bounded{r: &endless{line: "x\n"}, left: 100}
	if n, err := io.Copy(io.Discard, limited); err == nil || n != 100 {
		t.Errorf("%d bytes of an endless input, %v", n, err)
	}
	l := New()
	if err := l.Read("f", strings.NewReader(`{"items":[{"kind":"`+strings.Repeat("x", 2*maxPiece)+`"}]}`)); err == nil {
		t.Error("an item of any size was read")
	}
}

func TestOnlyWhatIsInTheFolderIsRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside.yaml")
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(outside, "services: {a: {image: outside:1}}")
	write(filepath.Join(dir, "a", "compose.yml"), "services: {a: {image: a:1}}")
	write(filepath.Join(dir, "b.json"), `{"kind":"Pod","metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"b:1"}]}}`)
	write(filepath.Join(dir, ".git", "c.yaml"), "services: {a: {image: c:1}}")
	write(filepath.Join(dir, "notes.yaml"), "just words\n")
	write(filepath.Join(dir, "README.md"), "d:1\n")
	if err := os.Symlink(outside, filepath.Join(dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	l := New()
	if err := l.Folder(dir); err != nil {
		t.Fatal(err)
	}
	want := []string{"a:1 < a/compose.yml:1 (service a)", "b:1 < b.json (Pod p, container c)"}
	if diff := cmp.Diff(want, found(l)); diff != "" {
		t.Error(diff)
	}
	if len(l.Problems) != 1 || l.Problems[0].Source.File != "link.yaml" {
		t.Errorf("problems: %v", l.Problems)
	}
}

func FuzzEveryReferenceHasAPlaceAndStandsInTheText(f *testing.F) {
	f.Add("a:1\nb:2\n")
	f.Add(`{"items":[""]}`)
	f.Add("services:\n  a: {image: {{ .x }}}\n  b: {extends: {file: c}}\ninclude: [d]\n")
	f.Add(pods)
	f.Add("services:\n  a: &x {image: a:1}\n  b: *x\n")
	f.Add("kind: Pod\nspec: {containers: [{image: \"a\\n\"}]}\n---\n---")
	f.Fuzz(func(t *testing.T, text string) {
		l := New()
		if err := l.Read("f", strings.NewReader(text)); err != nil && len(err.Error()) == 0 {
			t.Fatal("an error without words")
		}
		seen := map[string]bool{}
		for _, image := range l.Images {
			if image.Reference == "" || seen[image.Reference] || len(image.Sources) == 0 {
				t.Fatalf("%q with %d places, twice: %v", image.Reference, len(image.Sources), seen[image.Reference])
			}
			if strings.ContainsAny(image.Reference, "\x1b\n\r") && image.Problem == "" {
				t.Fatalf("%q has no problem", image.Reference)
			}
			seen[image.Reference] = true
		}
		again := New()
		for _, image := range l.Images {
			for _, s := range image.Sources {
				if err := again.Add(image.Reference, s); err != nil {
					t.Fatal(err)
				}
			}
		}
		if diff := cmp.Diff([]fleet.Image(l.Images), []fleet.Image(again.Images)); diff != "" {
			t.Fatal(diff)
		}
	})
}
