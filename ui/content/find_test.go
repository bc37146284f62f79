package content_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/content"
)

func TestFindText(t *testing.T) {
	long := strings.Repeat("x", 64<<10-2)
	for _, c := range []struct {
		name, text, query string
		limit             int
		want              []int
	}{
		{"nothing finds nothing", "abc", "", 9, nil},
		{"either case", "aBcAbC", "bc", 9, []int{1, 4}},
		{"a capital is meant", "aBcAbC", "bC", 9, []int{4}},
		{"matches may overlap", "aaa", "aa", 9, []int{0, 1}},
		{"no more than asked for", "aaaa", "a", 2, []int{0, 1}},
		{"across a stretch, once", long + "needle" + long, "needle", 9, []int{len(long)}},
		{"bytes that are no text", "\xff\x00\xff", "\x00", 9, []int{1}},
		{"longer than the bytes", "a", "ab", 9, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := content.Find([]byte(c.text), c.query, c.limit); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}
