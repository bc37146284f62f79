package packages

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"
)

var update = flag.Bool("update", false, "write the golden files")

// TestEveryFormatIsReadToItsEnd compares all that is read of a document with what a person has looked over.
func TestEveryFormatIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	for _, path := range documents(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			raw := readFile(t, path)
			x, err := Build(raw)
			got := dump(x)
			if err != nil {
				got = err.Error() + "\n" + got
			}
			golden := strings.TrimSuffix(path, filepath.Ext(path)) + ".golden"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(readFile(t, golden)), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			located(t, x)
		})
	}
}

func documents(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.[js][sp][od][nx]")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d documents, %v", len(paths), err)
	}
	return paths
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// located checks that every package is where its location says.
func located(t *testing.T, x *Index) {
	t.Helper()
	for i := range x.Len() {
		at := x.Location(i)
		if at.Path == "" {
			if !strings.HasPrefix(string(x.Text()[at.From:]), "PackageName: "+x.Package(i).Name) {
				t.Errorf("package %d is not at %d", i, at.From)
			}
			continue
		}
		if got, want := gjson.GetBytes(x.Text(), at.Path).Raw, string(x.Raw(i)); got != want {
			t.Errorf("%s leads to %q, want %q", at.Path, got, want)
		}
	}
}

// dump writes down everything that an index answers.
func dump(x *Index) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %q %s\nembedded %v complete %v packages %d files %d\n", x.Format, x.SpecVersion, x.Name, x.Namespace,
		x.Embedded, x.Complete, x.Len(), x.Files())
	fmt.Fprintf(&b, "%+v\n", x.Counts())
	for _, f := range x.Findings() {
		fmt.Fprintf(&b, "%s %s: %s\n", f.Severity, f.ID, f.Message)
	}
	for i := range x.Len() {
		dumpDetail(&b, x.Detail(i))
	}
	return b.String()
}

func dumpDetail(b *strings.Builder, d Detail) {
	fmt.Fprintf(b, "\n%d %s | %s | %s | %s | %s | %s | %s\n", d.Number, d.Name, d.Version, d.Type, d.Licence, d.PURL, d.Supplier, d.ID)
	fmt.Fprintf(b, "  at %q, declared %q, concluded %q, layers %q\n", d.Location.Path, d.Declared, d.Concluded, d.Layers)
	for _, h := range d.Hashes {
		fmt.Fprintf(b, "  hash %s %s\n", h.Algorithm, h.Value)
	}
	for _, r := range d.References {
		fmt.Fprintf(b, "  reference %s %s %s\n", r.Kind, r.Locator, r.Note)
	}
	for _, f := range d.Fields {
		fmt.Fprintf(b, "  %s = %q\n", f.Label, f.Value)
	}
	for _, r := range d.Relations {
		fmt.Fprintf(b, "  %s %s %q (kind %d, package %d, first %v)", roleNames[r.Role], r.Kind, r.Other.Name,
			r.Other.Kind, r.Other.Package, r.From)
		if r.Note != "" {
			fmt.Fprintf(b, ": %s", r.Note)
		}
		b.WriteByte('\n')
	}
}

var roleNames = map[Role]string{
	RoleNeeds: "needs", RoleNeededBy: "is needed by", RoleContains: "contains", RoleWithin: "lies in", RoleEvidence: "is shown by",
	RoleDescribes: "is described by", RoleOther: "relates to",
}
