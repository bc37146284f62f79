package page

import (
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

func TestAnOldRootIsRemarkedOn(t *testing.T) {
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		date string
		now  time.Time
		old  bool
	}{
		{"2025-11-20", now, true}, {"2025-11-21", now, false}, {"2026-11-20", now, false}, {"2027-01-01", now, false},
		{"", now, false}, {"soon", now, false}, {"2020-01-01", time.Time{}, false},
	} {
		want := ""
		if c.old {
			want = "over a year old; f7 asks for a newer one"
		}
		if got := rootAge(model.TrustRoot{Date: c.date}, About{Now: c.now, Newer: "f7"}); got != want {
			t.Errorf("%q: %q, want %q", c.date, got, want)
		}
	}
}
