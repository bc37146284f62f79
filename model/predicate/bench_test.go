package predicate

import (
	"fmt"
	"strings"
	"testing"
)

// filler makes an SBOM of about ten million bytes with one element after another.
func filler(head, tail string, element func(i int) string) []byte {
	var b strings.Builder
	b.WriteString(head)
	for i := 0; b.Len() < 10_000_000; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(element(i))
	}
	b.WriteString(tail)
	return []byte(b.String())
}

func BenchmarkSPDXTitle(b *testing.B) {
	raw := filler(`{"spdxVersion":"SPDX-2.3","packages":[`, `]}`, func(i int) string {
		return fmt.Sprintf(`{"name":"package-%d","SPDXID":"SPDXRef-%d","versionInfo":"1.0.%d","downloadLocation":"NOASSERTION",`+
			`"externalRefs":[{"referenceCategory":"PACKAGE-MANAGER","referenceType":"purl","referenceLocator":"pkg:npm/package-%d@1.0.%d"}]}`, i, i, i, i, i)
	})
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if Decode(spdx, raw).Title() == "" {
			b.Fatal("no title")
		}
	}
}

func BenchmarkCycloneDXTitle(b *testing.B) {
	raw := filler(`{"bomFormat":"CycloneDX","specVersion":"1.6","components":[`, `]}`, func(i int) string {
		return fmt.Sprintf(`{"type":"library","bom-ref":"r%d","name":"package-%d","version":"1.0.%d","purl":"pkg:npm/package-%d@1.0.%d",`+
			`"properties":[{"name":"syft:package:type","value":"npm"}],"components":[{"name":"inner"}]}`, i, i, i, i, i)
	})
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if Decode(cdx, raw).Title() == "" {
			b.Fatal("no title")
		}
	}
}
