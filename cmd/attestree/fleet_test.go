package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// signed keeps a signed image under a tag of the scene's repository.
func (s *scene) signed(tag string) model.Descriptor {
	image := s.image(tag, tag)
	s.attach("", image, s.bundle(statement(cosignSign, image, `{}`)))
	return image
}

// list writes a list of the scene's tags, and of whatever else is said.
func (s *scene) list(lines ...string) string {
	s.t.Helper()
	for i, line := range lines {
		if strings.HasPrefix(line, ":") || strings.HasPrefix(line, "@") {
			lines[i] = s.Host() + "/" + attacked + line
		}
	}
	return s.file("images.txt", strings.Join(lines, "\n"))
}

func (s *scene) file(name, text string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

// report is the rows of a run by their last letters, its header, footer and exit code.
type report struct {
	header, footer gjson.Result
	rows           map[string]gjson.Result
	code           int
	text           string
}

func (s *scene) fleet(list string, more ...string) report {
	s.t.Helper()
	args := append([]string{"fleet", list, "-o", "json", "--key", s.pub, "--insecure-ignore-tlog"}, more...)
	stdout, stderr, code := run(s.t, args...)
	return read(s.t, stdout, stderr, code)
}

func read(t *testing.T, stdout, stderr string, code int) report {
	t.Helper()
	r := report{rows: map[string]gjson.Result{}, code: code, text: stdout}
	for line := range strings.Lines(stdout) {
		if !json.Valid([]byte(line)) {
			t.Fatalf("a line that is not JSON: %s", line)
		}
		switch parsed := gjson.Parse(line); parsed.Get("kind").String() {
		case "header":
			r.header = parsed
		case "image":
			reference := parsed.Get("reference").String()
			r.rows[reference[strings.LastIndexAny(reference, ":/")+1:]] = parsed
		case "summary":
			r.footer = parsed
		}
	}
	if !r.header.Exists() || !r.footer.Exists() {
		t.Fatalf("no whole report: exit code %d, %s", code, stderr)
	}
	return r
}

// cell is the state of a column.
func cell(row gjson.Result, column string) string {
	return row.Get(`cells.#(column=="` + column + `").state`).String()
}

func TestAFleetAnswersForEveryImage(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("good")
	s.image("bare", "bare")
	hidden := s.image("hidden", "hidden")
	s.Fail(registrytest.Fault{Path: hidden.Digest.Hex(), Status: http.StatusForbidden})
	s.Fail(registrytest.Fault{Path: "manifests/locked", Status: http.StatusUnauthorized})
	all := s.fleet(s.list(":good", ":bare", ":hidden", ":absent", ":locked", "not a reference"))
	want := map[string]string{
		"good": "trusted trusted none", "bare": "unsigned none none", "hidden": "unavailable unknown unknown",
		"absent": "unavailable unknown unknown", "locked": "unavailable unknown unknown", "not a reference": "unavailable unknown unknown",
	}
	for name, w := range want {
		row := all.rows[name]
		if got := fmt.Sprint(row.Get("verdict"), " ", cell(row, "signature"), " ", cell(row, "sbom")); got != w {
			t.Errorf("%s: %s, want %s (%s)", name, got, w, row.Get("problem"))
		}
	}
	kinds := map[string]string{"absent": "not-found", "locked": "denied", "not a reference": "reference", "good": "", "hidden": ""}
	for name, kind := range kinds {
		if got := all.rows[name].Get("problemKind").String(); got != kind {
			t.Errorf("%s: %q, want %q", name, got, kind)
		}
	}
	if all.code != 1 || all.footer.Get("summary.images").Int() != 6 || !all.footer.Get("complete").Bool() {
		t.Errorf("exit code %d, %s", all.code, all.footer)
	}
	if some := s.fleet(s.list(":good", ":bare")); some.code != 3 {
		t.Errorf("exit code %d where one is not signed", some.code)
	}
	if one := s.fleet(s.list(":good", "", "# more")); one.code != 0 {
		t.Errorf("exit code %d where all is well: %s", one.code, one.text)
	}
}

func TestARegistryThatCouldNotBeSpokenToIsReallyAskedAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("good")
	s.Fail(registrytest.Fault{Path: "^/v2/$", Status: http.StatusTeapot, Times: 1}) // a ping that is not tried again at once
	if r := s.fleet(s.list(":good")); r.code != 0 || cell(r.rows["good"], "signature") != "trusted" {
		t.Errorf("exit code %d, %s", r.code, r.rows["good"])
	}
}

func TestAllTagsOfARepositoryAreAFleet(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("1")
	s.signed("2")
	if r := s.fleet(s.Host() + "/" + attacked); r.code != 0 || len(r.rows) != 2 {
		t.Errorf("exit code %d, %d rows", r.code, len(r.rows))
	}
	s.Fail(registrytest.Fault{Path: "tags/list", Status: http.StatusForbidden})
	if _, stderr, code := run(t, "fleet", s.Host()+"/"+attacked); code != 1 || !strings.Contains(stderr, "denied") {
		t.Errorf("exit code %d: %s", code, stderr)
	}
}

func TestAMirrorWithoutTheAttestationsIsNamed(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	image := s.signed("1")
	config := s.Bytes(attacked, image.Digest)
	s.Blob("mirror/b", s.Bytes(attacked, model.Digest(gjson.GetBytes(config, "config.digest").String())))
	s.Manifest("mirror/b", "1", config)
	r := s.fleet(s.list(":1", s.Host()+"/mirror/b:1"))
	copies := r.footer.Get("copies")
	if copies.Get("#").Int() != 1 || copies.Get("0.column").String() != "signature" || copies.Get("0.lacks.0").String() != s.Host()+"/mirror/b" {
		t.Errorf("%s", copies)
	}
}

func TestWhatChangedSinceAnEarlierReportIsSaid(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("stays")
	lost := s.image("loses", "loses")
	signature := s.attach("", lost, s.bundle(statement(cosignSign, lost, `{}`)))
	s.signed("moves")
	s.signed("leaves")
	before := s.fleet(s.list(":stays", ":loses", ":moves", ":leaves"))
	earlier := s.file("before.jsonl", before.text)
	s.Remove(attacked, signature.Digest)
	s.image("moves", "another")
	s.signed("comes")
	after := s.fleet(s.list(":stays", ":loses", ":moves", ":comes"), "--since", earlier)
	want := map[string]string{"stays": "", "moves": `["digest","verdict","lost","policy"]`, "comes": `["added"]`}
	for name, w := range want {
		if got := after.rows[name].Get("changes.#.kind").String(); got != w {
			t.Errorf("%s: %s, want %s", name, got, w)
		}
	}
	if got := after.rows["loses"].Get("changes.#(worse==true).kind").String(); got == "" {
		t.Errorf("a lost signature is no change for the worse: %s", after.rows["loses"].Get("changes"))
	}
	if removed := after.footer.Get("removed.#").Int(); removed != 1 {
		t.Errorf("%d references are no longer listed", removed)
	}
}

func TestAnInterruptedRunIsGoneOnWith(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("1")
	s.signed("2")
	kept := filepath.Join(t.TempDir(), "report.jsonl")
	list := s.list(":1", ":2")
	whole := s.fleet(list, "--report", kept)
	raw, err := os.ReadFile(kept)
	if err != nil || whole.code != 0 {
		t.Fatal(err, whole.code)
	}
	lines := strings.SplitAfter(string(raw), "\n")
	half := lines[0] + lines[1] + lines[2][:len(lines[2])/2] // header, a row, and one that was cut off
	if err := os.WriteFile(kept, []byte(half), 0o600); err != nil {
		t.Fatal(err)
	}
	done := gjson.Get(lines[1], "reference").String()
	s.Forget()
	again := s.fleet(list, "--report", kept, "--resume")
	if again.code != 0 || len(again.rows) != 2 || !again.footer.Get("complete").Bool() {
		t.Errorf("exit code %d: %s", again.code, again.text)
	}
	tag := "/manifests/" + done[len(done)-1:]
	for _, request := range s.Requests() {
		if strings.HasSuffix(request.Path, tag) {
			t.Errorf("%s was asked for again", request.Path)
		}
	}
	other, _, code := run(t, "fleet", list, "--report", kept, "--resume")
	if code != 2 || other != "" {
		t.Errorf("a report under other trust was gone on with: exit code %d", code)
	}
}

func TestARowFromTheFutureIsMadeAgain(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.image("1", "x") // and nobody signed it
	kept := filepath.Join(t.TempDir(), "report.jsonl")
	list := s.list(":1")
	s.fleet(list, "--report", kept)
	raw, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(raw), "\n")
	row := strings.NewReplacer(`"judgedAt":"2`, `"judgedAt":"3`, `"satisfied":false`, `"satisfied":true`, `"verdict":"unsigned"`, `"verdict":"trusted"`,
		`"notMet":["image-trusted"]`, `"notMet":[]`).Replace(lines[1])
	if err := os.WriteFile(kept, []byte(lines[0]+row), 0o600); err != nil || row == lines[1] {
		t.Fatal(err, row)
	}
	if again := s.fleet(list, "--report", kept, "--resume"); again.code != 3 {
		t.Errorf("exit code %d: %s", again.code, again.text)
	}
}

func TestPartsOfAListMakeTheWhole(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	var lines []string
	for i := range 5 {
		s.signed(fmt.Sprint(i))
		lines = append(lines, fmt.Sprint(":", i))
	}
	list := s.list(lines...)
	var parts []string
	for i := range 3 {
		r := s.fleet(list, "--shard", fmt.Sprintf("%d/3", i+1))
		if r.code != 0 || len(r.rows) == 0 || len(r.rows) > 2 {
			t.Fatalf("part %d: exit code %d, %d rows", i+1, r.code, len(r.rows))
		}
		parts = append(parts, s.file("part.jsonl", r.text))
	}
	stdout, stderr, code := run(t, append([]string{"fleet", "merge", "-o", "json"}, parts...)...)
	if whole := read(t, stdout, stderr, code); code != 0 || len(whole.rows) != 5 || !whole.footer.Get("complete").Bool() {
		t.Errorf("exit code %d, %d rows: %s", code, len(whole.rows), stderr)
	}
	if _, stderr, code := run(t, append([]string{"fleet", "merge"}, parts[:2]...)...); code != 1 || !strings.Contains(stderr, "part 3/3 is missing") {
		t.Errorf("two of three: exit code %d, %s", code, stderr)
	}
	other := s.fleet(list, "--shard", "3/3", "--platform", "linux/amd64")
	_, stderr, code = run(t, "fleet", "merge", parts[0], parts[1], s.file("other.jsonl", other.text))
	if code != 2 || !strings.Contains(stderr, "different options") {
		t.Errorf("another option: exit code %d, %s", code, stderr)
	}
}

func TestNothingThatAListSaysReachesATerminal(t *testing.T) {
	t.Parallel()
	s := newScene(t)
	s.signed("1")
	list := s.list(":1", "evil\x1b[2J\u202e:1", "=cmd|x", "r.example/a:\u009b31m")
	for _, form := range []string{"text", "json", "csv", "markdown"} {
		stdout, stderr, _ := run(t, "fleet", list, "-o", form, "--key", s.pub, "--insecure-ignore-tlog")
		if stdout == "" || strings.ContainsAny(stdout+stderr, "\x1b\u202e\u009b") {
			t.Errorf("%s: %q %q", form, stdout, stderr)
		}
		if form == "csv" {
			lines, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
			if err != nil || len(lines) != 5 || lines[3][0] != "'=cmd|x" {
				t.Errorf("%v: %q", err, lines)
			}
		}
	}
}
