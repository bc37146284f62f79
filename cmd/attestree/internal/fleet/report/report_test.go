package report

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model/fleet"
)

func header(change ...func(*fleet.Header)) fleet.Header {
	h := fleet.Header{SchemaVersion: "1", Tool: "attestree 1", Source: "list", Images: 2, List: "aa", Columns: []string{"sbom"}}
	for _, f := range change {
		f(&h)
	}
	return h
}

// write keeps a report with a row for each reference, finished if whole.
func write(t *testing.T, h fleet.Header, whole bool, references ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.jsonl")
	k, err := Keep(path, h, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range references {
		k.Add(fleet.Row{Index: i, Reference: r, Verdict: "trusted", Cells: []fleet.Cell{{Column: "sbom", State: "trusted", Signers: []string{"x"}}}})
	}
	var footer *fleet.Footer
	if whole {
		footer = &fleet.Footer{Complete: true}
	}
	if err := k.End(footer); err != nil {
		t.Fatal(err)
	}
	return path
}

func all(string) bool { return true }

func TestWhatWasKeptCanBeRead(t *testing.T) {
	t.Parallel()
	path := write(t, header(), true, "a:1", "b:\x1b[31m\u202e1")
	h, rows, others, err := Load(path, func(r string) bool { return r != "a:1" })
	if err != nil || len(rows) != 1 || rows["b:\x1b[31m\u202e1"].Cell("sbom").State != "trusted" {
		t.Fatalf("%v: %v", err, rows)
	}
	if diff := cmp.Diff([]string{"a:1"}, others); diff != "" || h.Differs(header()) != "" {
		t.Error(diff, h.Differs(header()))
	}
	raw, err := os.ReadFile(path)
	if err != nil || strings.ContainsAny(string(raw), "\x1b\u202e") {
		t.Errorf("%v: characters that a terminal acts on are in the file", err)
	}
}

func TestALineThatWasCutOffIsLeftOut(t *testing.T) {
	t.Parallel()
	path := write(t, header(), false, "a:1", "b:1")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for cut := 1; cut < 40; cut += 7 {
		if err := os.WriteFile(path, raw[:len(raw)-cut], 0o600); err != nil {
			t.Fatal(err)
		}
		_, rows, _, err := Load(path, all)
		if err != nil || rows["a:1"].Reference != "a:1" {
			t.Errorf("cut by %d: %v, %d rows", cut, err, len(rows))
		}
	}
}

func TestWhatIsNoReportIsSaid(t *testing.T) {
	t.Parallel()
	whole := write(t, header(), true, "a:1")
	raw, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(raw), "\n")
	for name, text := range map[string]string{
		"empty": "", "a list": "a:1\nb:1\n", "no header": lines[1], "a later form": strings.Replace(lines[0], `"1"`, `"9"`, 1),
		"a broken line in the middle": lines[0] + "{broken\n" + lines[1], "no end to a line": lines[0] + strings.Repeat("x", maxLine+10),
	} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := Load(path, all); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func TestReportsThatAreNotOneAreRefused(t *testing.T) {
	t.Parallel()
	part := func(i, n int) func(*fleet.Header) {
		return func(h *fleet.Header) { h.Shard = fleet.Shard{Index: i, Count: n} }
	}
	tests := []struct {
		name    string
		a, b    fleet.Header
		refused string
		missing int
	}{
		{"two parts of two", header(part(0, 2)), header(part(1, 2)), "", 0},
		{"two parts of three", header(part(0, 3)), header(part(2, 3)), "", 1},
		{"two lists", header(), header(func(h *fleet.Header) { h.List = "bb" }), "", 0},
		{"another policy", header(), header(func(h *fleet.Header) { h.Judging.Policy.SHA256 = "cc" }), "policies", 0},
		{"another policy file with the same content", header(), header(func(h *fleet.Header) { h.Judging.Policy.Path, h.List = "/elsewhere", "bb" }), "", 0},
		{"other signers", header(), header(func(h *fleet.Header) { h.Judging.Signers = "cc" }), "signers", 0},
		{"other roots", header(), header(func(h *fleet.Header) { h.Judging.Roots = []fleet.Root{{SHA256: "dd"}} }), "roots", 0},
		{"another version", header(), header(func(h *fleet.Header) { h.Tool = "attestree 2" }), "versions", 0},
		{"other options", header(), header(func(h *fleet.Header) { h.Judging.Options = "ee" }), "options", 0},
		{"the same list twice", header(), header(), "same list", 0},
		{"parts of lists of another length", header(part(0, 2)), header(part(1, 2), func(h *fleet.Header) { h.Images = 4 }), "different lists", 0},
		{"other columns", header(part(0, 2)), header(part(1, 2), func(h *fleet.Header) { h.Columns = nil }), "columns", 0},
		{"the same part twice", header(part(0, 2)), header(part(0, 2)), "same part", 0},
		{"parts of different divisions", header(part(0, 2)), header(part(1, 3)), "different lists", 0},
		{"parts of different lists", header(part(0, 2)), header(part(1, 2), func(h *fleet.Header) { h.List = "bb" }), "different lists", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			whole, err := Merge([]string{write(t, test.a, true, "a"), write(t, test.b, true, "b")})
			var refused *RefusedError
			switch {
			case test.refused == "" && (err != nil || len(whole.Missing) != test.missing):
				t.Errorf("%v, missing %v", err, whole)
			case test.refused != "" && (!errors.As(err, &refused) || !strings.Contains(err.Error(), test.refused)):
				t.Errorf("%v, want it refused because of %s", err, test.refused)
			}
		})
	}
}

func TestAPartThatWasNotFinishedIsSaid(t *testing.T) {
	t.Parallel()
	n := 0
	list := func(name string) fleet.Header { return header(func(h *fleet.Header) { h.List = name }) }
	whole, err := Merge([]string{write(t, list("1"), true, "a", "b"), write(t, list("2"), false, "c", "d"), write(t, list("3"), true, "e")})
	if err != nil {
		t.Fatal(err)
	}
	unfinished, err := whole.Rows(func(fleet.Row) error { n++; return nil })
	if err != nil || n != 5 || len(unfinished) != 2 {
		t.Errorf("%v, %d rows, %v", err, n, unfinished)
	}
}

func TestARowCountsOnceAndWhereItBelongs(t *testing.T) {
	t.Parallel()
	for name, rows := range map[string][]fleet.Row{
		"one place twice":               {{Index: 0, Reference: "a"}, {Index: 0, Reference: "a"}},
		"a place of the other part":     {{Index: 1, Reference: "b"}},
		"a place that the list has not": {{Index: 4, Reference: "e"}},
		"no place":                      {{Index: -2, Reference: "x"}},
	} {
		path := filepath.Join(t.TempDir(), "report.jsonl")
		k, err := Keep(path, header(func(h *fleet.Header) { h.Images, h.Shard = 4, fleet.Shard{Index: 0, Count: 2} }), rows)
		if err == nil {
			err = k.End(&fleet.Footer{Complete: true})
		}
		if err != nil {
			t.Fatal(err)
		}
		whole, err := Merge([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := whole.Rows(func(fleet.Row) error { return nil }); err == nil {
			t.Errorf("%s is taken for a part", name)
		}
	}
}

func FuzzEveryRowThatIsReadHasAKind(f *testing.F) {
	f.Add(`{"kind":"header","schemaVersion":"1"}` + "\n" + `{"kind":"image","reference":"a"}` + "\n" + `{"kind":"summary","complete":true}`)
	f.Add(`{"kind":"header","schemaVersion":"1"}` + "\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "r")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := Open(path)
		if err != nil {
			return
		}
		defer r.Close()
		rows := 0
		for {
			if _, err = r.Next(); err != nil {
				break
			}
			rows++
		}
		if said := strings.Count(text, "image"); rows > said && !strings.Contains(text, `\u`) {
			t.Fatalf("%d rows of %d that are there", rows, said)
		}
		if errors.Is(err, io.EOF) && r.Footer != nil && !strings.Contains(text, "summary") && !strings.Contains(text, `\u`) {
			t.Fatal("an end that nobody wrote")
		}
	})
}

func TestAReportThatWasChangedIsNotRead(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(string) string{
		"a verdict": func(s string) string { return strings.Replace(s, `"verdict":"trusted"`, `"verdict":"valid"`, 1) },
		"a row that is left out": func(s string) string {
			return s[:strings.Index(s, "\n")+1] + s[strings.LastIndex(strings.TrimSpace(s), "\n")+1:]
		},
		"a row behind the end": func(s string) string {
			lines := strings.SplitAfter(s, "\n")
			return s + lines[1]
		},
		"a word that is none": func(s string) string { return strings.Replace(s, `"verdict":"trusted"`, `"verdict":"fine"`, 1) },
	} {
		path := write(t, header(), true, "a:1", "b:1")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := Load(path, all); err != nil {
			t.Fatalf("before it was changed: %v", err)
		}
		if err := os.WriteFile(path, []byte(change(string(raw))), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, _, err := Load(path, all); err == nil {
			t.Errorf("%s: it is read", name)
		}
	}
}

func TestAReferenceOfSeveralListsCountsOnceAsItWasJudgedLast(t *testing.T) {
	t.Parallel()
	keep := func(list string, rows ...fleet.Row) string {
		path := filepath.Join(t.TempDir(), "report.jsonl")
		k, err := Keep(path, header(func(h *fleet.Header) { h.List, h.Images = list, len(rows) }), rows)
		if err == nil {
			err = k.End(&fleet.Footer{Complete: true})
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	row := func(index int, reference, verdict, at string) fleet.Row {
		return fleet.Row{Index: index, Reference: reference, Verdict: verdict, JudgedAt: at}
	}
	early, late := "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
	first := keep("1", row(0, "both", "trusted", early), row(1, "one", "trusted", early))
	second := keep("2", row(0, "two", "trusted", early), row(1, "both", "invalid", late))
	for _, paths := range [][]string{{first, second}, {second, first}} {
		whole, err := Merge(paths)
		if err != nil {
			t.Fatal(err)
		}
		got, places := map[string]string{}, map[int]bool{}
		problems, err := whole.Rows(func(r fleet.Row) error { got[r.Reference] += r.Verdict; places[r.Index] = true; return nil })
		if err != nil || len(problems) > 0 || whole.Again != 1 || whole.Header.Images != 3 || len(places) != 3 {
			t.Errorf("%v %v, %d again, %d images, places %v", err, problems, whole.Again, whole.Header.Images, places)
		}
		if diff := cmp.Diff(map[string]string{"one": "trusted", "two": "trusted", "both": "invalid"}, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhatAShellMadeOfAReportIsReadOrNamed(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(write(t, header(), true, "a:1"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "report.jsonl")
	for what, c := range map[string]struct{ text, problem string }{
		"a byte order mark":    {"\ufeff" + string(raw), ""},
		"line ends of Windows": {strings.ReplaceAll(string(raw), "\n", "\r\n"), ""},
		"UTF-16":               {"\xff\xfe" + strings.Join(strings.Split(string(raw), ""), "\x00") + "\x00", "is in UTF-16"},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, rows, _, err := Load(path, all)
		if c.problem == "" && (err != nil || len(rows) != 1) || c.problem != "" && (err == nil || !strings.Contains(err.Error(), c.problem)) {
			t.Errorf("%s: %d rows, %v", what, len(rows), err)
		}
	}
}
