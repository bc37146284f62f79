package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// lookalikeSigner is in the hostile image, with a Cyrillic letter in it: as text, and as JSON escapes it.
var lookalikeSigner = []string{"github.com/\u0430ttestree", `github.com/\u0430ttestree`}

// TestALookalikeIsMarkedWhereverItIsNamed has every command name a proven signer whose name mixes scripts. Wherever that
// stands on a line for a person, the same line says so; a report in JSON says so as a finding or beside it.
func TestALookalikeIsMarkedWhereverItIsNamed(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	h.image("9", "plain")
	plain, list := strings.Replace(h.reference, ":1.4.0", ":9", 1), h.list(":1.4.0")
	saved := filepath.Join(t.TempDir(), "saved.json")
	report, _, _ := run(t, append([]string{"verify", h.reference, "-o", "json"}, h.trust()...)...)
	if err := os.WriteFile(saved, []byte(report), 0o600); err != nil {
		t.Fatal(err)
	}
	named := 0
	for _, args := range [][]string{
		{"verify", h.reference}, {"verify", h.reference, "--plain"}, {"verify", h.reference, "-o", "json"}, {"commands", h.reference},
		{"diff", h.reference, plain}, {"diff", plain, h.reference}, {"diff", plain, h.reference, "-o", "json"},
		{"diff", plain, h.reference, "-o", "markdown"}, {"diff", plain, saved}, {"policy", h.reference, "--policy", h.file("p.rego", "package signature\n")},
		{"fleet", list}, {"fleet", list, "-o", "markdown"}, {"tree", h.reference},
	} {
		stdout, _, _ := run(t, append(args, h.trust()...)...)
		for _, name := range lookalikeSigner {
			if !strings.Contains(stdout, name) {
				continue
			}
			named++
			if !strings.Contains(stdout, "mixes") {
				t.Errorf("%q names it and does not say that it mixes scripts", args)
			}
			for line := range strings.Lines(stdout) {
				if title := strings.Contains(line, "keyless · "); title && strings.Contains(line, name) && !strings.Contains(line, "mixes") {
					t.Errorf("%q: %s", args, line)
				}
			}
		}
	}
	if named < 8 {
		t.Errorf("only %d commands name it: nothing is proven", named)
	}
}
