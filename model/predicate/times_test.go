package predicate

import "testing"

func TestTimesThatCannotBe(t *testing.T) {
	t.Parallel()
	const early, late = "2026-11-20T09:01:02Z", "2026-11-20T09:03:40.5Z"
	cases := []struct{ name, started, finished, want string }{
		{"in order", early, late, ""},
		{"at once", early, early, ""},
		{"the wrong way round", late, early, "times-out-of-order"},
		{"in order in two zones", "2026-11-20T10:01:02+01:00", late, ""},
		{"never set", "0001-01-01T00:00:00Z", late, "time-zero"},
		{"never ended", early, "0001-01-01T00:00:00Z", "time-zero"},
		{"reproducible", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "time-zero"},
		{"absent", "", "", ""},
		{"no times", "yesterday", "today", ""},
	}
	for _, c := range cases {
		got := ""
		for _, f := range times(c.started, c.finished) {
			got += f.ID
		}
		if got != c.want {
			t.Errorf("%s: found %q, want %q", c.name, got, c.want)
		}
	}
}
