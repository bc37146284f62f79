package audit

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestEveryFlagIsInTheDocumentation(t *testing.T) {
	page, err := os.ReadFile("../../docs/audit.md")
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, k := range kinds {
		row := fmt.Sprintf("| `%s` | %s | ", k.id, k.severity)
		found := strings.Index(string(page), row)
		if found < at {
			t.Errorf("docs/audit.md has no row %q, or not in this place", row)
			continue
		}
		at = found
	}
}
