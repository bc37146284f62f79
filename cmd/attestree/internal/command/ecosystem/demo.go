package ecosystem

import (
	"fmt"

	"github.com/attestree/attestree/testdata"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/trust"
)

// The demo's image wraps a package, and what its registry would answer is in the program: nobody is asked.

// DemoKeys are the keys of the demo's registry. They count for the demo alone.
func DemoKeys() (pkgsig.Keys, error) {
	return pkgsig.Parse(trust.SourceEmbedded, testdata.DemoPackageKeys)
}

// fromDemo gives a package the answers that the program has of it. Of any other package there are none.
func fromDemo(t Target) (Target, error) {
	saved, known := &savedAnswers{}, Target{}
	for _, raw := range [][]byte{testdata.DemoPackage, testdata.DemoPackageAttestations} {
		if _, err := saved.take(raw, "the demo's package", &known); err != nil {
			return t, err
		}
	}
	known.ecosystem = t.ecosystem
	if t.PURL() != known.PURL() {
		return t, fmt.Errorf("the demo opens no connection, and knows of %s@%s alone", known.name, known.version)
	}
	t.saved = saved
	return t, nil
}
