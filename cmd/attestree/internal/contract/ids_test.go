package contract_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
)

// Ids of requirements and findings are what scripts compare. They stand in the code where they are given out, and in
// docs/policy.md; each has to be in both.
func TestTheIdsOfPoliciesAreThoseOfThePage(t *testing.T) {
	page := contract.Read(t, "../../../../docs/policy.md")
	for _, test := range []struct {
		folder, section string
		given           string // what an id stands in, in the code
		also            []string
	}{
		{"verifier/policy", "The answer", `\b(?:id|ID): "([a-z]+-[a-z-]+)"`, []string{"signature"}},
		{"verifier/policy/doctor", "Diagnosis", `(?:\b(?:warning|mistake|remark)\(|\belsewhere\{|\bid: )"([a-z0-9-]+)"`, nil},
	} {
		inCode := map[string]bool{}
		for _, id := range test.also {
			inCode[id] = true
		}
		files, err := filepath.Glob(filepath.Join("../../../..", filepath.FromSlash(test.folder), "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", test.folder, files, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(test.given).FindAllStringSubmatch(string(source), -1) {
				inCode[m[1]] = true
			}
		}
		onPage := ids(page[test.section])
		if len(inCode) < 10 || len(onPage) < 10 {
			t.Fatalf("%s: only %d ids were found, and on the page %d", test.folder, len(inCode), len(onPage))
		}
		for _, id := range slices.Sorted(maps.Keys(inCode)) {
			if !onPage[id] {
				t.Errorf("docs/policy.md, %s: %s is missing", test.section, id)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(onPage)) {
			if !inCode[id] {
				t.Errorf("docs/policy.md, %s: nothing gives out %s", test.section, id)
			}
		}
	}
}

// ids are what stands as code in the first column of the table whose first column is called "id".
func ids(section string) map[string]bool {
	out := map[string]bool{}
	in := false
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		switch {
		case len(cells) < 3:
			in = false
		case strings.TrimSpace(cells[1]) == "id":
			in = true
		case in:
			for _, m := range regexp.MustCompile("`([a-z0-9-]+)`").FindAllStringSubmatch(cells[1], -1) {
				out[m[1]] = true
			}
		}
	}
	return out
}
