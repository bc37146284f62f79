package pypi_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/attestree/attestree/registry/pypi"
)

// An index that is asked has an address without a user in it: who asks is told in a header, which is not printed.
func FuzzAnIndexHasNoUserInItsAddress(f *testing.F) {
	f.Add("[global]\nindex-url = https://me:pw@i.example/simple\n")
	f.Add("[install]\nindex_url: http://@i.example\n[global]\nindex-url=https://x\n")
	f.Fuzz(func(t *testing.T, text string) {
		config := t.TempDir()
		if err := os.MkdirAll(filepath.Join(config, "pip"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(config, "pip", "pip.conf"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		in, from, err := pypi.Configured(func(string) string { return "" }, "", config)
		if err != nil || in.URL == nil {
			return
		}
		if in.URL.User != nil || in.URL.Host == "" || in.URL.RawQuery != "" || from == "" {
			t.Errorf("%s from %q", in.URL, from)
		}
	})
}
