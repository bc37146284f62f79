package model

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestEveryFindingHasAWayToCheckIt(t *testing.T) {
	t.Parallel()
	// A finding's id stands in the source as the first argument of a helper, as ID beside a severity, or as a constant.
	raised := regexp.MustCompile(`(?:finding|\.warn)\("([a-z-]+)"|ID: "([a-z-]+)", Severity: (?:model\.)?Severity|\tFinding[A-Z]\w+ += "([a-z-]+)"`)
	count := 0
	for _, room := range []string{".", "../verifier", "../registry"} {
		err := filepath.WalkDir(room, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			for _, m := range raised.FindAllStringSubmatch(string(source), -1) {
				count++
				id := m[1] + m[2] + m[3]
				if (Finding{ID: id}).Check() == (Finding{}).Check() {
					t.Errorf("%s raises %s, and nothing says how to check it", path, id)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if count < 50 {
		t.Errorf("only %d findings were seen in the source: the pattern no longer fits", count)
	}
}
