package packages

import (
	"runtime"
	"testing"
)

// perPackage is how much memory an index and a table may take for one package with a relationship, in bytes, beside the
// document itself: twelve and a half megabytes for a hundred thousand.
const perPackage = 125

func TestAnIndexAndItsTableAreSmallBesideTheDocument(t *testing.T) {
	for format, produce := range producers {
		t.Run(format, func(t *testing.T) {
			raw := produce(20_000_000)
			before := live()
			x, err := Build(raw)
			if err != nil {
				t.Fatal(err)
			}
			table := NewTable(Source{Index: x})
			after := live()
			if got := int(after-before) / x.Len(); got > perPackage {
				t.Errorf("%d packages take %d bytes each, want at most %d", x.Len(), got, perPackage)
			}
			runtime.KeepAlive(raw)
			runtime.KeepAlive(table)
		})
	}
}
