package predicate

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

var update = flag.Bool("update", false, "write the goldens again")

// sample is a file of testdata: a realistic payload with the predicate type that it came under, "" for a document.
type sample struct {
	PredicateType string          `json:"predicateType"`
	Predicate     json.RawMessage `json:"predicate"`
}

// samples are the payloads of testdata, by their file's name without its ending.
func samples(tb testing.TB) map[string]sample {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(files) == 0 {
		tb.Fatal("there are no payloads", err)
	}
	out := map[string]sample{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var s sample
		if err := json.Unmarshal(raw, &s); err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		out[strings.TrimSuffix(filepath.Base(file), ".json")] = s
	}
	return out
}

func TestWhatAPersonReadsOfEachPayload(t *testing.T) {
	t.Parallel()
	for name, s := range samples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := describe(t, s.PredicateType, Decode(s.PredicateType, s.Predicate))
			file := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// describe is everything that a predicate says, as text.
func describe(t *testing.T, predicateType string, p model.Predicate) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\nfamily %s\n", predicateType, p.Title(), p.Family())
	b.WriteString("\nFields\n")
	for _, f := range p.Fields() {
		note := ""
		if f.Note != "" {
			note = "  (" + f.Note + ")"
		}
		fmt.Fprintf(&b, "  %-16s  %s%s\n", f.Label, strings.ReplaceAll(f.Value, "\n", "\n"+strings.Repeat(" ", 20)), note)
	}
	summary, err := json.MarshalIndent(p.Summary(), "  ", "  ")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "\nSummary\n  %s\n", summary)
	if findings := p.Findings(); len(findings) > 0 {
		b.WriteString("\nFindings\n")
		for _, f := range findings {
			fmt.Fprintf(&b, "  %s %s: %s\n", f.Severity, f.ID, f.Message)
		}
	}
	return b.String()
}

func TestEveryTypeHasAPayload(t *testing.T) {
	t.Parallel()
	have := map[string]bool{}
	for _, s := range samples(t) {
		base, _ := model.SplitVersion(s.PredicateType)
		have[base] = true
	}
	for _, base := range slices.Sorted(maps.Keys(decoders)) {
		if !have[base] {
			t.Errorf("testdata has no payload of type %s", base)
		}
	}
	for document := range documents {
		if !slices.ContainsFunc(slices.Collect(maps.Values(samples(t))), func(s sample) bool {
			return s.PredicateType == "" && model.SniffDocument([]byte(strings.TrimSpace(text0(s.Predicate)))) == document
		}) {
			t.Errorf("testdata has no document that is %s", document)
		}
	}
}

// text0 is the text of a JSON string, or the JSON itself.
func text0(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}
