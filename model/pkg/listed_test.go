package pkg_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/model/pkg"
)

func TestVersionsAreFoundWhereverADocumentNamesThePackage(t *testing.T) {
	for what, c := range map[string]struct {
		document, name string
		want           []string
	}{
		"CycloneDX":             {`{"components":[{"purl":"pkg:npm/%40a/b@1.0.0"},{"components":[{"purl":"pkg:npm/@a/b@1.1.0?x=y"}]}]}`, "pkg:npm/%40a/b", []string{"1.0.0", "1.1.0"}},
		"SPDX":                  {`{"packages":[{"externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:pypi/Demo_Notes@2.0"}]}]}`, "pkg:pypi/demo-notes", []string{"2.0"}},
		"materials":             {`{"buildDefinition":{"resolvedDependencies":[{"uri":"pkg:npm/b@1.0.0%2Bx"}]}}`, "pkg:npm/b", []string{"1.0.0+x"}},
		"another package":       {`{"components":[{"purl":"pkg:npm/bb@1.0.0"},{"purl":"pkg:npm/%40x/b@1.0.0"}]}`, "pkg:npm/b", nil},
		"no version":            {`{"components":[{"purl":"pkg:npm/@a/b"}]}`, "pkg:npm/%40a/b", nil},
		"the same twice":        {`["pkg:npm/b@1","pkg:npm/b@1"]`, "pkg:npm/b", []string{"1"}},
		"nothing that is JSON":  {`<`, "pkg:npm/b", nil},
		"deeper than is looked": {strings.Repeat("[", 200) + `"pkg:npm/b@1"` + strings.Repeat("]", 200), "pkg:npm/b", nil},
	} {
		if diff := cmp.Diff(c.want, pkg.Versions([]byte(c.document), c.name)); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
}

func TestTheRootIsWhatTheSBOMDescribes(t *testing.T) {
	for want, document := range map[string]string{
		"pkg:npm/a@1":  `{"metadata":{"component":{"purl":"pkg:npm/a@1"}},"components":[{"purl":"pkg:npm/z@1"}]}`,
		"pkg:npm/b@1":  `{"documentDescribes":["SPDXRef-b"],"packages":[{"SPDXID":"SPDXRef-a"},{"SPDXID":"SPDXRef-b","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:npm/b@1"}]}]}`,
		"pkg:pypi/c@1": `{"relationships":[{"relationshipType":"DESCRIBES","spdxElementId":"SPDXRef-DOCUMENT","relatedSpdxElement":"SPDXRef-c"}],"packages":[{"SPDXID":"SPDXRef-c","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:pypi/c@1"}]}]}`,
		"":             `{"packages":[{"SPDXID":"SPDXRef-c","externalRefs":[{"referenceType":"purl","referenceLocator":"pkg:pypi/c@1"}]}]}`,
	} {
		if got := pkg.Root([]byte(document)); got != want {
			t.Errorf("%s: %q, want %q", document, got, want)
		}
	}
}

func FuzzAVersionIsAlwaysNamedInTheDocument(f *testing.F) {
	f.Add([]byte(`{"components":[{"purl":"pkg:npm/b@1.0.0"}]}`))
	f.Add([]byte(`["pkg:npm/b@@"]`))
	f.Fuzz(func(t *testing.T, document []byte) {
		for _, v := range pkg.Versions(document, "pkg:npm/b") {
			if v == "" || strings.ContainsAny(v, "/") {
				t.Errorf("version %q", v)
			}
		}
	})
}
