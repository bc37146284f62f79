package packages

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestSnapshotsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, produce := range producers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := NewBuilder(produce(300_000))
			var readers sync.WaitGroup
			steps := 0
			for b.Step(20_000) {
				steps++
				x, length := b.Snapshot(), b.x.Len()
				readers.Go(func() {
					if x.Len() != length || x.Complete {
						t.Errorf("a snapshot of %d packages has %d", length, x.Len())
					}
					for i := range x.Len() {
						if p := x.Package(i); !strings.Contains(p.PURL, p.Version) || p.Name == "" {
							t.Errorf("package %d is %+v", i, p)
						}
					}
				})
			}
			readers.Wait()
			x, err := b.Index()
			if err != nil || !x.Complete || steps < 10 || b.Read() != len(x.Text()) {
				t.Errorf("%d steps, %d bytes, complete %v, %v", steps, b.Read(), x.Complete, err)
			}
		})
	}
}

func TestWhatIsNoSBOMSaysSo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, raw string
		want      error
		packages  int
	}{
		{"nothing", "", errNotSBOM, 0},
		{"another document", `{"results":[]}`, errNotSBOM, 0},
		{"a list of packages without the name of a format", `{"packages":[{"name":"a"}]}`, errNotSBOM, 1},
		{"a format whose list is that of another", `{"bomFormat":"CycloneDX","packages":[{"name":"a"}],"x":1}`, nil, 0},
		{"a list of one format in a document of another", `{"packages":[{"name":"a"}],"bomFormat":"CycloneDX"}`, errNotSBOM, 1},
		{"no object", `[1]`, errNotSBOM, 0},
		{"one element of SPDX 3 by itself", `{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","type":"software_Package","name":"a"}`, nil, 1},
		{"one of SPDX 3 that is no package", `{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","type":"Agent","name":"a"}`, nil, 0},
		{"a graph with the type of a package", `{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[],"type":"software_Package"}`, nil, 0},
		{"a string of something else", `"hello"`, errNotSBOM, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			x, err := Build([]byte(test.raw))
			if !errors.Is(err, test.want) || x.Len() != test.packages || x.Complete != (test.want == nil) {
				t.Errorf("%q with %d packages, complete %v, %v", x.Format, x.Len(), x.Complete, err)
			}
		})
	}
}

func TestWhatIsTooMuchIsCountedAndLeftOut(t *testing.T) {
	t.Parallel()
	deep := `{"bomFormat":"CycloneDX","components":[` + strings.Repeat(`{"name":"a","components":[`, 50) + strings.Repeat(`]}`, 50) + `]}`
	long := fmt.Sprintf(`{"spdxVersion":"SPDX-2.3","packages":[{"name":%q}]}`, strings.Repeat("é", maxText))
	for _, test := range []struct {
		name, raw string
		packages  int
		of        func(Counts) int
	}{
		{"components that lie too deep", deep, maxDepth, func(c Counts) int { return c.TooDeep }},
		{"a name that is too long", long, 1, func(c Counts) int { return c.Cut }},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			x, err := Build([]byte(test.raw))
			if err != nil || x.Len() != test.packages || test.of(x.Counts()) != 1 {
				t.Errorf("%d packages, %+v, %v", x.Len(), x.Counts(), err)
			}
			for _, f := range x.Findings() {
				if f.ID == "list-truncated" {
					return
				}
			}
			t.Error("no finding says so")
		})
	}
}

func TestElementsBeyondTheLimitAreCounted(t *testing.T) {
	t.Parallel()
	b := NewBuilder([]byte(`{"spdxVersion":"SPDX-2.3","packages":[{"SPDXID":"a"},{"SPDXID":"b"},{"SPDXID":"c"}],"files":[{},{},{}],"relationships":[` +
		strings.Repeat(`{"spdxElementId":"a","relationshipType":"CONTAINS","relatedSpdxElement":"c"},`, 3) + `{}]}`))
	b.limit = 2
	x, err := b.Index()
	if err != nil || x.Len() != 2 || x.Files() != 2 || x.Counts().Dropped != 3 {
		t.Errorf("%d packages, %d files, %+v, %v", x.Len(), x.Files(), x.Counts(), err)
	}
	if d := x.Detail(0); len(d.Relations) != 2 || d.Relations[0].Other.Kind != ElementOutside {
		t.Errorf("%+v", d.Relations)
	}
}

func TestARootWithThousandsOfRelationshipsIsListedInPart(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`{"spdxVersion":"SPDX-2.3","packages":[{"SPDXID":"r","name":"root"},{"SPDXID":"a","name":"a"}],"relationships":[`)
	for i := range maxRelations + 5 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"spdxElementId":"r","relationshipType":"CONTAINS","relatedSpdxElement":"a"}`)
	}
	b.WriteString(`]}`)
	x, err := Build([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	if d := x.Detail(0); len(d.Relations) != maxRelations || d.RelationsTotal != maxRelations+5 || !d.Truncated {
		t.Errorf("%d of %d, truncated %v", len(d.Relations), d.RelationsTotal, d.Truncated)
	}
}
