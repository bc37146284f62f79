package listing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func problems(l *List) []string {
	var out []string
	for _, p := range l.Problems {
		out = append(out, p.String())
	}
	return out
}

func TestWhatRunsAnImageThatItDoesNotNameIsSaid(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text   string
		images, want []string
	}{
		{"a service that is built here", "services:\n  web: {build: .}\n  db: {image: \"a:1\"}\n", []string{"a:1 < f:3 (service db)"}, []string{
			"f:2 (service web): it is built here and names no image, so nothing that a registry has can be looked at",
		}},
		{"services of another program", "services:\n  _defaults: {autowire: true}\n  App\\Mailer: ~\n", nil, nil},
		{"the same in JSON", `{"services": {"web": {"build": "."}}}`, nil, []string{
			"f (service web): it is built here and names no image, so nothing that a registry has can be looked at",
		}},
		{"services whose image is a number, empty, blank, or not there", "services:\n  a: {image: 123}\n  b: {image: }\n  c: {image: \" \"}\n  d: {command: x}\n", nil, []string{
			"f:2 (service a): its image is no text, so it names none", "f:3 (service b): its image is no text, so it names none",
			"f:4 (service c): its image is no text, so it names none", "f:5 (service d): it names no image",
		}},
		{"what is in other files", "include: [a.yaml, {path: [b.yaml, c.yaml]}]\nservices:\n  a: {extends: {file: base.yaml, service: b}}\n", nil, []string{
			"f:3 (service a): it names no image, and extends a service of base.yaml, which is not followed; give what docker compose config prints",
			"f:1 (include): it takes in a.yaml, which is not followed; give what docker compose config prints",
			"f:1 (include): it takes in b.yaml, which is not followed; give what docker compose config prints",
			"f:1 (include): it takes in c.yaml, which is not followed; give what docker compose config prints",
		}},
		{"an image that a service mounts", "services:\n  a:\n    image: a:1\n    volumes:\n      - ./x:/y\n      - {type: image, source: \"data:1\", target: /d}\n", []string{
			"data:1 < f:6 (service a, volume /d)", "a:1 < f:3 (service a)",
		}, nil},
		{"containers without an image, or with one that is no text", `kind: Deployment
metadata: {name: w}
spec: {template: {spec: {containers: [
  {name: a}, {name: b, image: ""}, {name: c, image: 1.2}, {name: d, image: "d:1"}]}}}
`, []string{"d:1 < f:4 (Deployment w, container d)"}, []string{
			"f:4 (Deployment w, container a): it names no image",
			"f:4 (Deployment w, container b): its image is no text, so it names none",
			"f:4 (Deployment w, container c): its image is no text, so it names none",
		}},
		{"containers that a controller completes", "kind: Prometheus\nmetadata: {name: p}\nspec: {containers: [{name: prometheus, resources: {}}]}\n", nil, nil},
		{"a template that YAML can read", "kind: Pod\nspec:\n  containers:\n    - name: a\n      image: {{ .Values.image }}\n---\nkind: Pod\nspec:\n  containers: {{ .Values.containers }}\n", nil, []string{
			"f:1: a template that nobody filled in; give what helm template prints", "f:7: a template that nobody filled in; give what helm template prints",
		}},
		{"a template that it cannot read", "kind: Pod\nspec:\n  {{- with .Values.x }}\n  containers: []\n  {{- end }}\n", nil, []string{
			"f:1: a template that nobody filled in; give what helm template prints",
		}},
		{"a kustomization that changes images", `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [web.yaml, "https://git.example/base?ref=1"]
images: [{name: web, newTag: "2"}]
helmCharts: [{name: db}]
`, nil, []string{
			"f:4 (Kustomization): a kustomization that changes names, tags or digests of images, which are looked at as the other files name them; give what kubectl kustomize prints",
			"f:5 (Kustomization): a kustomization that takes in a chart, whose images are not known here; give what kubectl kustomize prints",
			"f:3 (Kustomization): a kustomization that takes in resources from elsewhere, whose images are not known here; give what kubectl kustomize prints",
		}},
		{"items that are no reference", `["a:1", 2, " "]`, []string{"a:1 < f"}, []string{
			"f: an item that is neither a reference nor an object", "f: an item that is empty",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			l := New()
			if err := l.Read("f", strings.NewReader(test.text)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.images, found(l)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.want, problems(l)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFilesOfOneFolderFillEachOthersGaps(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"compose.yaml":          "include: [more/db.yaml, gone.yaml]\nservices: {web: {image: \"web:1\"}, old: {extends: {file: more/db.yaml, service: db}}}\n",
		"compose.override.yaml": "services: {web: {environment: {A: b}}, other: {environment: {A: b}}}\n",
		"other/compose.yml":     "include: [../compose.yaml, away.yaml]\n",
		"more/db.yaml":          "services: {db: {image: \"db:1\"}}\n",
		"kustomization.yml":     "images: [{name: web, digest: \"sha256:aa\"}]\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := New()
	if err := l.Folder(dir); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"kustomization.yml:1: a kustomization that changes names, tags or digests of images, which are looked at as the other files name them; give what kubectl kustomize prints",
		"compose.override.yaml:1 (service other): it names no image",
		"compose.yaml:1 (include): it takes in gone.yaml, which is not followed; give what docker compose config prints",
		"other/compose.yml:1 (include): it takes in away.yaml, which is not followed; give what docker compose config prints",
	}
	if diff := cmp.Diff(want, problems(l)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"web:1 < compose.yaml:2 (service web)", "db:1 < more/db.yaml:1 (service db)"}, found(l)); diff != "" {
		t.Error(diff)
	}
}

func TestADockerfileIsNoList(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"FROM scratch\nCOPY a /a\n", "# syntax=docker/dockerfile:1\nARG V=1\nFROM golang:${V} AS build\nFROM build\n", "from a:1\n"} {
		l := New()
		if err := l.Read("Dockerfile", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "it is a Dockerfile") || len(l.Images) > 0 {
			t.Errorf("%q: %v, %v", text, err, found(l))
		}
	}
}

func TestProblemsThatAreNotSaidOneByOneAreSaid(t *testing.T) {
	t.Parallel()
	l := New()
	if err := l.Read("f", strings.NewReader("a:1\n"+strings.Repeat(strings.Repeat("x", maxLine+1)+"\n", maxTrials+5))); err != nil {
		t.Fatal(err)
	}
	if n := len(l.Problems); n != maxTrials+1 || !strings.Contains(l.Problems[n-1].String(), "more problems") {
		t.Errorf("%d problems, the last is %s", n, l.Problems[n-1])
	}
}
