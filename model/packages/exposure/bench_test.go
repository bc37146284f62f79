package exposure

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// BenchmarkJoin joins a hundred thousand packages with a scan that finds something in every twentieth, and with a VEX
// document that excuses every second of those.
func BenchmarkJoin(b *testing.B) {
	const count = 100_000
	var sbom, found, said bytes.Buffer
	sbom.WriteString(`{"bomFormat":"CycloneDX","components":[`)
	found.WriteString(`{"matches":[`)
	said.WriteString(`{"timestamp":"2026-11-20T08:06:00Z","statements":[`)
	for i := range count {
		purl := fmt.Sprintf("pkg:npm/package-%d@1.%d.0", i, i%10)
		fmt.Fprintf(&sbom, `{"name":"package-%d","version":"1.%d.0","purl":%q},`, i, i%10, purl)
		if i%20 == 0 {
			fmt.Fprintf(&found, `{"vulnerability":{"id":"CVE-2026-%d","severity":"High"},"artifact":{"purl":%q}},`, i, purl)
		}
		if i%40 == 0 {
			fmt.Fprintf(&said, `{"vulnerability":{"name":"CVE-2026-%d"},"status":"fixed","products":[{"@id":"pkg:oci/widget","subcomponents":[{"@id":%q}]}]},`, i, purl)
		}
	}
	sbom.WriteString(`{}]}`)
	found.WriteString(`{}]}`)
	said.WriteString(`{}]}`)
	x, err := packages.Build(sbom.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	rows := packages.NewTable(packages.Source{Index: x})
	for b.Loop() {
		scan, _ := Read(Evidence{Raw: found.Bytes()})
		vex, _ := Read(Evidence{Raw: said.Bytes(), Standing: model.Standing{Verdict: model.Trusted}})
		j, err := Join(b.Context(), rows, widget, []*Report{scan, vex})
		if err != nil || len(j.rows) != count/20 || !j.Of(0)[0].Excused {
			b.Fatalf("%d rows, %v", len(j.rows), err)
		}
		rows.WithExposures(j.Exposures())
	}
}
