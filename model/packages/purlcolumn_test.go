package packages

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPackageURLsThatAreMadeOfNameAndVersionAreNotKept(t *testing.T) {
	for _, c := range []struct {
		name, purl, of, version string
		before, after           string
		whole                   bool
	}{
		{"npm", "pkg:npm/left-pad@1.3.0", "left-pad", "1.3.0", "pkg:npm/", "", false},
		{"npm with a scope", "pkg:npm/%40hono/node-server@1.0", "@hono/node-server", "1.0", "pkg:npm/", "", false},
		{"deb", "pkg:deb/debian/libc6@2.36?arch=amd64", "libc6", "2.36", "pkg:deb/debian/", "?arch=amd64", false},
		{"go", "pkg:golang/github.com/x/y@v1.2.3", "github.com/x/y", "v1.2.3", "pkg:golang/", "", false},
		{"another version", "pkg:npm/left-pad@1.3.0", "left-pad", "1.4.0", "pkg:npm/left-pad@1.3.0", "", true},
		{"another name", "pkg:maven/org.x/y@1", "org.x:y", "1", "pkg:maven/org.x/y@1", "", true},
		{"a scope that is not escaped", "pkg:npm/@hono/node-server@1.0", "@hono/node-server", "1.0", "pkg:npm/@hono/node-server@1.0", "", true},
		{"none", "", "left-pad", "1.3.0", "", "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := shapeOf([]byte(c.purl), []byte(c.of), []byte(c.version))
			if s.before != c.before || s.after != c.after || s.whole != c.whole {
				t.Errorf("got %+v", s)
			}
		})
	}
}

// FuzzPackageURLsComeBackAsTheyWere takes package URLs apart and puts them together again.
func FuzzPackageURLsComeBackAsTheyWere(f *testing.F) {
	f.Add("pkg:npm/%40hono/node-server@1.0", "@hono/node-server", "1.0", "40hono")
	f.Add("pkg:deb/debian/libc6@2.36?arch=amd64", "libc6", "2.36", "bc6@2")
	f.Add("pkg:npm/Npm/NPM@1", "npm", "1", "m")
	f.Add("\u0130", "İ", "", "i")
	f.Fuzz(func(t *testing.T, purl, name, version, text string) {
		doc, err := json.Marshal(map[string]any{
			"bomFormat": "CycloneDX", "components": []map[string]string{{"name": name, "version": version, "purl": purl}},
		})
		if err != nil {
			t.Fatal(err)
		}
		x, err := Build(doc)
		if err != nil || x.Len() != 1 {
			t.Fatalf("%v of %s", err, doc)
		}
		table := NewTable(Source{Index: x})
		if got, want := string(table.purls.append(nil, 0)), strings.ToLower(table.Row(0).PURL); got != want {
			t.Fatalf("%q has become %q", want, got)
		} else if text = strings.ToLower(text); text != "" {
			found := newSet(1)
			table.purls.find(t.Context(), []byte(text), found)
			if has := strings.Contains(want, text); has != found.has(0) {
				t.Fatalf("%q in %q: %v, found %v", text, want, has, found.has(0))
			}
		}
	})
}
