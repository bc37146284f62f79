package packages

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
	spdxjson "github.com/spdx/tools-golang/json"
)

// large says that the largest documents are read too, and the large ones in every way: that takes some minutes.
var large = os.Getenv("BENCH_LARGE") != ""

// sizes are those of the documents that are read, in bytes.
func sizes() []int {
	all := []int{1_000_000, 10_000_000, 50_000_000}
	if large {
		all = append(all, 200_000_000)
	}
	return all
}

// readers are the ways to read a document that are compared. What each returns is kept alive while its memory is taken.
var readers = []struct {
	name    string
	formats string
	read    func(raw []byte) (any, error)
}{
	{"index", "SPDX CycloneDX", func(raw []byte) (any, error) { return Build(raw) }},
	{"index and table", "SPDX CycloneDX", func(raw []byte) (any, error) {
		x, err := Build(raw)
		return NewTable(Source{Index: x}), err
	}},
	{"cyclonedx-go", "CycloneDX", func(raw []byte) (any, error) {
		bom := new(cyclonedx.BOM)
		return bom, cyclonedx.NewBOMDecoder(bytes.NewReader(raw), cyclonedx.BOMFileFormatJSON).Decode(bom)
	}},
	{"tools-golang", "SPDX", func(raw []byte) (any, error) { return spdxjson.Read(bytes.NewReader(raw)) }},
	{"Unmarshal to structs", "SPDX CycloneDX", func(raw []byte) (any, error) {
		d := new(plainDocument)
		return d, json.Unmarshal(raw, d)
	}},
	{"Unmarshal to any", "SPDX CycloneDX", func(raw []byte) (any, error) {
		var v any
		return &v, json.Unmarshal(raw, &v)
	}},
}

// plainDocument is the least that somebody would write to get a list of packages.
type plainDocument struct {
	Packages, Components []struct {
		SPDXID, Name, VersionInfo, Version, LicenseDeclared, Supplier, PURL string
		BOMRef                                                              string `json:"bom-ref"`
		ExternalRefs                                                        []struct{ ReferenceType, ReferenceLocator string }
		Licenses                                                            []struct{ License struct{ ID, Name string } }
	}
	Relationships []struct{ SPDXElementID, RelatedSPDXElement, RelationshipType string }
	Dependencies  []struct {
		Ref       string
		DependsOn []string
	}
}

// BenchmarkRead reads documents of each size in each way (BENCH_LARGE=1 go test -bench Read -benchtime 1x). live-MB is
// what stays in memory beside the document.
func BenchmarkRead(b *testing.B) {
	for _, size := range sizes() {
		for _, format := range []string{"SPDX", "CycloneDX"} {
			raw := producers[format](size)
			for _, r := range readers {
				ours := strings.HasPrefix(r.name, "index")
				if !strings.Contains(r.formats, format) || !ours && !large && size > 10_000_000 {
					continue
				}
				b.Run(fmt.Sprintf("%dMB/%s/%s", size/1_000_000, format, r.name), func(b *testing.B) {
					b.SetBytes(int64(len(raw)))
					before, busy := live(), processed()
					var kept any
					for b.Loop() {
						v, err := r.read(raw)
						if err != nil {
							b.Fatal(err)
						}
						kept = v
					}
					b.ReportMetric(float64((processed()-busy).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
					b.ReportMetric(float64(int64(live())-int64(before))/1e6, "live-MB")
					runtime.KeepAlive(kept)
					runtime.KeepAlive(raw)
				})
			}
		}
	}
}

// live is the memory that is in use, in bytes.
func live() uint64 {
	runtime.GC()
	runtime.GC() // the first may leave what has a finalizer
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkFirstRows reads as much as fills a screen, and says how long the longest slice kept everything else waiting.
func BenchmarkFirstRows(b *testing.B) {
	for _, format := range []string{"SPDX", "CycloneDX"} {
		b.Run(format, func(b *testing.B) {
			raw := producers[format](50_000_000)
			var longest time.Duration
			for b.Loop() {
				builder := NewBuilder(raw)
				for more := true; more && builder.Snapshot().Len() < 100; {
					start := time.Now()
					more = builder.Step(1 << 20)
					longest = max(longest, time.Since(start))
				}
			}
			b.ReportMetric(float64(longest.Microseconds())/1e3, "longest-ms")
		})
	}
}

// BenchmarkTable asks a table of a hundred thousand packages what a keypress can ask.
func BenchmarkTable(b *testing.B) {
	x, err := Build(generateSPDX(60_000_000))
	if err != nil {
		b.Fatal(err)
	}
	table := NewTable(Source{Index: x})
	everything := all(table.Len()).list()
	b.Logf("%d packages", table.Len())
	for _, query := range []string{"e", "widget", "name:http-core", "version:1.2", "licence:mit", "type:npm", "-type:npm crypto 1.2"} {
		b.Run("filter "+query, func(b *testing.B) {
			q, err := ParseQuery(query)
			if err != nil {
				b.Fatal(err)
			}
			busy := processed()
			for b.Loop() {
				if _, err := table.Filter(b.Context(), q); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((processed()-busy).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
		})
	}
	for column, name := range []string{"document", "name", "version", "licence", "type", "supplier", "purl", "severity"} {
		b.Run("first sort by "+name, func(b *testing.B) {
			busy := processed()
			for b.Loop() {
				table.orders.all[column] = nil
				if _, err := table.Sort(b.Context(), everything, Column(column), false); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64((processed()-busy).Microseconds())/1e3/float64(b.N), "cpu-ms/op")
		})
		b.Run("sort again by "+name, func(b *testing.B) {
			for b.Loop() {
				if _, err := table.Sort(b.Context(), everything, Column(column), true); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("detail", func(b *testing.B) {
		for b.Loop() {
			table.Detail(Place{0, table.Len() / 2})
		}
	})
	b.Run("finder", func(b *testing.B) {
		for b.Loop() {
			table.Finder()
		}
	})
	b.Run("two together", func(b *testing.B) {
		for b.Loop() {
			NewTable(Source{Index: x}, Source{Index: x})
		}
	})
}
