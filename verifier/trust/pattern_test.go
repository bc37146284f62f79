package trust

import "testing"

func TestAPatternIsAnchoredOnlyIfEveryAlternativeIs(t *testing.T) {
	t.Parallel()
	for pattern, want := range map[string]bool{
		"^https://github\\.com/acme/.*$": true, "^https://github\\.com/acme/.*": true, "^https://github\\.com/acme/.+": true, `\Aacme\z`: true, "^(a|b)$": true, "^a$|^b$": true, "(^a$)": true,
		"": false, "acme": false, "^acme": false, "acme$": false, "^acme\\$": false, "^a|b$": false, "^a$|b": false, "^a.*|b": false, ".*acme$": false,
		"(?m)^acme$": false, "^acme[^@]*": false, "^acme/.?": false, "(": false,
	} {
		if got := Anchored(pattern); got != want {
			t.Errorf("%q: %t, want %t", pattern, got, want)
		}
	}
}
