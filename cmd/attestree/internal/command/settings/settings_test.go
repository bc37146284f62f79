package settings

import (
	"testing"

	"go.yaml.in/yaml/v3"
)

// A file of settings is understood or refused, and numbers in it have bounds.
func FuzzSettingsAreUnderstoodOrRefused(f *testing.F) {
	f.Add([]byte("update_trusted_root: true\ntheme: dark\nmouse: false\nkeys: {help: \"?\"}\n"))
	f.Add([]byte("a: &a [*a]\n<<: *a\n"))
	f.Add([]byte("connections: 1e9\nkeys: [1]\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var document yaml.Node
		if yaml.Unmarshal(raw, &document) != nil || len(document.Content) == 0 {
			return
		}
		var s Settings
		if s.read(document.Content[0]) != nil {
			return
		}
		for i := 0; i+1 < len(document.Content[0].Content); i += 2 {
			n := s.number(document.Content[0].Content[i].Value)
			if n != nil && (*n < 1 || *n > mostOfAnything) {
				t.Errorf("%d of %s", *n, raw)
			}
		}
	})
}
