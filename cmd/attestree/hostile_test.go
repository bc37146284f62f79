package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

const hostileData = "../../testdata/hostile/"

// hostile is a registry with the hostile image, to which every kind of predicate that we decode is attached too: each
// with attacks in all of its texts, and signed by a key that is trusted.
type hostile struct {
	*scene
	reference string
	root      model.Descriptor
}

func newHostile(t *testing.T) hostile {
	t.Helper()
	h := hostile{scene: newScene(t)}
	layout := unzip(t, "../hostile/image.zip")
	if err := h.Load(attacked, layout); err != nil {
		t.Fatal(err)
	}
	raw, err := fs.ReadFile(layout, "index.json")
	if err != nil {
		t.Fatal(err)
	}
	first := gjson.GetBytes(raw, "manifests.0")
	h.root = model.Descriptor{MediaType: model.MediaTypeOCIIndex, Digest: model.Digest(first.Get("digest").String()), Size: first.Get("size").Int()}
	h.reference = h.Host() + "/" + attacked + ":1.4.0"
	attacks := first.Get(`annotations.@values.#(%"value*")`).String()
	if !strings.Contains(attacks, "\x1b]52;") {
		t.Fatalf("the hostile image has no attacks: %q", attacks)
	}
	h.attachEveryPredicate(attacks)
	return h
}

// attachEveryPredicate attaches the payloads that the decoders are tested with, made hostile.
func (h hostile) attachEveryPredicate(attacks string) {
	h.t.Helper()
	files, err := filepath.Glob("../../model/predicate/testdata/*.json")
	if err != nil || len(files) < 50 {
		h.t.Fatalf("%d payloads, %v", len(files), err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			h.t.Fatal(err)
		}
		var sample struct {
			PredicateType string
			Predicate     any
		}
		if err := json.Unmarshal(raw, &sample); err != nil {
			h.t.Fatal(err)
		}
		predicate, err := json.Marshal(worse(sample.Predicate, attacks))
		if err != nil {
			h.t.Fatal(err)
		}
		if sample.PredicateType == "" { // a document by itself
			h.Attach(h.t, attacked, "", h.root, "application/json", predicate)
			continue
		}
		h.attach("", h.root, h.bundle(statement(sample.PredicateType, h.root, string(predicate))))
	}
}

// worse puts the attacks behind every text of a JSON value. What a text begins with stays, for by that it is decoded.
func worse(v any, attacks string) any {
	switch v := v.(type) {
	case string:
		return v + attacks
	case []any:
		for i := range v {
			v[i] = worse(v[i], attacks)
		}
	case map[string]any:
		for k := range v {
			v[k] = worse(v[k], attacks)
		}
		if len(v) > 0 {
			v["key "+attacks] = attacks
		}
	}
	return v
}

// trust has the image's signers proven and trusted.
func (h hostile) trust() []string {
	return []string{"--trusted-root", hostileData + "trusted_root.json", "--insecure-ignore-tlog", "--key", h.pub,
		"--certificate-identity-regexp", "(?s).*", "--certificate-oidc-issuer-regexp", "(?s).*"}
}

// runColoured is run with a terminal behind stdout and stderr.
func runColoured(t *testing.T, args ...string) (string, string, int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := command.Main(t.Context(), "test", command.Environment{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, Now: time.Now, Color: true, Progress: true,
		Getenv: func(string) string { return "" },
	})
	return stdout.String(), stderr.String(), code
}

// TestNothingOfAHostileImageActsOnATerminal has every command say what it has to say of the hostile image, in every
// form. What is said with colours must be the same text with colours, so that none of them is the image's own.
func TestNothingOfAHostileImageActsOnATerminal(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	list := h.list(":1.4.0", "evil\x1b[2J\u202e\u009b2J\xff:1", ":"+strings.Repeat("x", 1<<20))
	policies := hostilePolicies(t)
	specs := hostileSpecs(t)
	saved := filepath.Join(t.TempDir(), "saved.jsonl")
	if _, stderr, code := run(t, append([]string{"fleet", list, "--report", saved}, h.trust()...)...); code == 2 {
		t.Fatal(stderr)
	}
	spoil(t, saved)
	pack := filepath.Join(t.TempDir(), "pack")
	if _, stderr, _ := run(t, append([]string{"export", h.reference, pack}, h.trust()...)...); strings.Contains(stderr, "attestree:") {
		t.Fatal(stderr)
	}
	for name, args := range map[string][]string{
		"tree": {"tree", h.reference}, "verify": append([]string{"verify", h.reference}, h.trust()...),
		"untrusted":      {"verify", h.reference},
		"audit":          append([]string{"audit", h.reference}, h.trust()...),
		"catalogue":      {"audit", "--specs", specs},
		"audit by specs": append([]string{"audit", h.reference, "--specs", specs}, h.trust()...),
		"diff":           append([]string{"diff", h.reference, h.reference}, h.trust()...),
		"diff demo":      append([]string{"diff", h.reference, "demo"}, h.trust()...),
		"commands":       append([]string{"commands", h.reference}, h.trust()...),
		"fleet":          append([]string{"fleet", list}, h.trust()...),
		"since":          append([]string{"fleet", list, "--since", saved}, h.trust()...),
		"merge":          {"fleet", "merge", saved},
		"policy":         append([]string{"policy", h.reference, "--policy", policies[0], "--policy", policies[1]}, h.trust()...),
		"bad policy":     append([]string{"verify", h.reference, "--policy", policies[2]}, h.trust()[:4]...),
		"signers":        {"trust", "list", "--policy", policies[3]},
		"no signers":     {"trust", "list", "--policy", policies[2]},
		"by signers":     {"verify", h.reference, "--policy", policies[3]},
		"roots":          {"trust", "roots", "--trusted-root", hostileData + "trusted_root.json"},
		"pack":           append([]string{"verify", pack}, h.trust()...),
	} {
		forms := []string{"text", "json", "markdown", "csv"}
		for _, form := range forms {
			t.Run(name+" as "+form, func(t *testing.T) {
				t.Parallel()
				stdout, stderr, _ := run(t, append(args, "-o", form)...)
				if strings.Contains(stderr, "unknown shorthand flag") || strings.Contains(stderr, "no such output") {
					return // this command has no such form, which the scripts hold
				}
				if stdout+stderr == "" {
					t.Error("nothing was said")
				}
				saidPlainly(t, name, stdout, stderr)
				coloured, counted, _ := runColoured(t, append(args, "-o", form)...)
				harmless(t, "coloured stdout", colours.ReplaceAllString(coloured, ""))
				harmless(t, "stderr of a terminal", counting.ReplaceAllString(counted, ""))
				if got := colours.ReplaceAllString(coloured, ""); form == "text" && strings.Count(got, "OWNED") != strings.Count(stdout, "OWNED") {
					t.Error("colours are of the image's own making")
				}
			})
		}
	}
}

// spoil puts attacks into a saved report: it may come from anybody.
func spoil(t *testing.T, path string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.ReplaceAll(raw, []byte(`"verdict":"`), []byte(`"verdict":"\u001b[2J\u009b2J\u202e`+"\x9b2J"))
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

const attack = "evil\x1b[2J\x1b]52;c;T1dORUQ=\x07\u009b2J\u202e\u200b"

// hostilePolicies are policy files with attacks in their names and texts: Rego, Kyverno, one that is broken, and one of
// our own.
func hostilePolicies(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	quoted := `"evil\e[2J\e]52;c;T1dORUQ=\a\u009b2J\u202e\u200b"`
	var paths []string
	for name, text := range map[string]string{
		"1" + attack + ".rego": "package evil\nimport rego.v1\ndeny contains msg if { msg := \"evil\\u001b[2J\\u009b2J\\u202e\" }\n",
		"2" + attack + ".yaml": "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: " + quoted + "}\nspec:\n  rules:\n" +
			"  - name: " + quoted + "\n    match: {any: [{resources: {kinds: [Pod]}}]}\n    verifyImages:\n    - imageReferences: [\"*\"]\n" +
			"      attestors: [{entries: [{keyless: {subject: " + quoted + ", issuer: " + quoted + "}}]}]\n",
		"3" + attack + ".yaml": "signing_policy:\n  " + quoted + ": x\n  trusted_keys:\n  - name: " + quoted + "\n    " + quoted + ": x\n",
		"4" + attack + ".yaml": "signing_policy:\n  require: [" + quoted + "]\n  slsa: {minimum_level: 2, sources: [" + quoted + "]}\n  trusted_keys:\n  - name: " + quoted +
			"\n    keyless: true\n    subject: " + quoted + "\n    issuer: \"https://evil.example/\\u202e\"\n    images: [" + quoted + "]\n    root: " + quoted + "\n",
	} {
		path := filepath.Join(dir, strings.NewReplacer("/", "_", "\x00", "").Replace(name))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// hostileSpecs is a folder of specifications with attacks in every text and in a name.
func hostileSpecs(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	quoted := `"evil\e[2J\e]52;c;T1dORUQ=\a\u009b2J\u202e\u200b"`
	spec := "metadata: {name: " + quoted + ", protocol: npx, description: " + quoted + "}\nspec: {package: " + quoted + ", version: " + quoted + "}\n" +
		"provenance: {repository_uri: " + quoted + ", repository_ref: " + quoted + "}\nsecurity:\n  allowed_issues:\n  - code: " + quoted + "\n    reason: " + quoted + "\n"
	for _, name := range []string{"good", attack} {
		folder := filepath.Join(dir, "npx", name)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "spec.yaml"), []byte(spec), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "npx", attack, "spec.yaml"), []byte("metadata: ["+quoted), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestNothingThatALocalFileIsCalledActsOnATerminal opens layouts and archives with hostile names.
func TestNothingThatALocalFileIsCalledActsOnATerminal(t *testing.T) {
	t.Parallel()
	layout := unzip(t, "../hostile/image.zip")
	folder := filepath.Join(t.TempDir(), attack)
	if err := os.CopyFS(folder, layout); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, attack), []byte(attack), 0o600); err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), attack+".tar")
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, name := range []string{attack, "../../" + attack, "/" + attack} {
		if err := w.WriteHeader(&tar.Header{Name: name, Size: 1, Mode: 0o600, Format: tar.FormatPAX}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.WriteHeader(&tar.Header{Name: "link" + attack, Linkname: "/etc/" + attack, Typeflag: tar.TypeSymlink}); err != nil {
		t.Fatal(err)
	}
	if err := w.AddFS(layout); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(archive, out.Bytes(), 0o600); err != nil { // without its end: cut off
		t.Fatal(err)
	}
	for _, source := range []string{folder, "oci:" + folder, "oci:" + folder + ":" + attack, archive, "archive:" + archive + ":1.4.0", "file:" + folder + attack, attack, "registry:" + attack} {
		for _, verb := range []string{"tree", "verify", "audit", "commands", "fleet", "policy", "package", "export"} {
			args := []string{verb, source}
			if verb == "export" {
				args = append(args, filepath.Join(t.TempDir(), attack))
			}
			stdout, stderr, _ := run(t, args...)
			saidPlainly(t, verb+" "+source, stdout, stderr)
		}
	}
}

// TestNothingThatARegistrySaysInAnErrorActsOnATerminal has registries answer with attacks in place of what was asked.
func TestNothingThatARegistrySaysInAnErrorActsOnATerminal(t *testing.T) {
	t.Parallel()
	words := `{"errors":[{"code":"DENIED\u001b[2J","message":"` + "\u009b2J\x9b2J" + `\u202e\u001b]52;c;T1dORUQ=\u0007","detail":"\u001b[2J"}]}`
	for _, fault := range []registrytest.Fault{
		{Path: "/manifests/1", Status: http.StatusForbidden, Body: words}, {Path: "/manifests/1", Status: http.StatusNotFound, Body: words},
		{Path: "/manifests/1", Status: 200, Body: attack}, {Path: "/manifests/1", Status: 599, Body: attack},
		{Path: "/manifests/1", Redirect: "https://" + "evil%1b[2J.example/\u009b2J"}, {Path: "/manifests/1", Redirect: "http://\u202eevil.example:99999/"},
		{Path: "/v2/", Status: 401, Header: http.Header{"Www-Authenticate": {`Bearer realm="https://evil` + "\u009b" + `.example/",service="` + "\x1b[2J" + `"`}}},
		{Path: "/referrers/", Status: 500, Body: words}, {Path: `\.sig$`, Status: 200, Body: words},
		{Path: "/manifests/1", Status: 200, Header: http.Header{"Content-Type": {"text/" + "\u009b2J"}, "Docker-Content-Digest": {"sha256:\u009b"}}, Body: "{}"},
	} {
		for _, verb := range []string{"tree", "verify", "fleet"} {
			r := registrytest.New(t, registrytest.Config{})
			r.Image(t, "a/b", "1", "x")
			r.Fail(fault)
			stdout, stderr, _ := run(t, verb, r.Host()+"/a/b:1")
			saidPlainly(t, verb+" "+fault.Path, stdout, stderr)
		}
	}
}
