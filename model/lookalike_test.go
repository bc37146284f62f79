package model

import (
	"strings"
	"testing"
)

func TestASignerWhoseNameLooksLikeAnotherIsMarked(t *testing.T) {
	t.Parallel()
	const cyrillic = "https://github.com/\u0430ttestree/demo"
	for _, c := range []struct {
		name  string
		r     *Report
		found bool
	}{
		{"nobody", &Report{}, false},
		{"nothing judged", nil, false},
		{"a plain name", &Report{Signer: &Signer{Subject: "https://github.com/attestree/demo"}}, false},
		{"a name in one script", &Report{Signer: &Signer{Subject: "\u0432\u0440\u0430\u0447@\u043f\u0440\u0438\u043c\u0435\u0440"}}, false},
		{"a Cyrillic letter in a Latin name, proven", &Report{Signer: &Signer{Subject: cyrillic}}, true},
		{"a Cyrillic letter in a Latin name, claimed", &Report{Claimed: &Signer{Subject: cyrillic}}, true},
		{"an issuer", &Report{Signer: &Signer{Subject: "a@b.example", Issuer: cyrillic}}, true},
	} {
		got := lookalike(&Entry{Report: c.r})
		if (len(got) == 1) != c.found || c.found && !strings.Contains(got[0].Message, "Latin, Cyrillic") {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
