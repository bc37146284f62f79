package run

import "testing"

func TestDistanceCountsTheLettersThatDiffer(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"policy", "policy", 0}, {"", "key", 3}, {"key", "", 3},
		{"polcy", "policy", 1}, {"policcy", "policy", 1}, {"pilocy", "policy", 2}, {"offline", "online", 2}, {"as", "at", 1},
	} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
