package ui

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/uitest"
)

// inAPack is the header of an evidence pack, whose sender thinks well of it.
var inAPack = Info{
	Tool: fakeInfo.Tool, Source: "evidence-4813494d137e", Now: uitest.Now, Offline: true,
	Sender: &page.Sender{Verdict: "valid", Policy: "not satisfied", Tool: "attestree 0.1.0", JudgedAt: uitest.SignedAt},
}

func TestTheSendersVerdictStandsBesideOnesOwn(t *testing.T) {
	for _, c := range []struct {
		name   string
		sender *page.Sender
		says   []string
		not    string
	}{
		{"both are said", inAPack.Sender, []string{"sender says valid", "by your own trust", "the sender's report", "✔ trusted", "not satisfied", "word alone"}, "unreadable"},
		{"a report that cannot be read", &page.Sender{Problem: "it is cut short"}, []string{"sender says unreadable", "cannot be read: it is cut short"}, "Theirs is of"},
		{"a report that says nothing", &page.Sender{}, []string{"sender says nothing"}, "unreadable"},
		{"no pack", nil, []string{"trusted"}, "sender"},
	} {
		t.Run(c.name, func(t *testing.T) {
			info := inAPack
			info.Sender = c.sender
			got := plain(drive(t, fakeApp(uitest.Trusting(), info, Options{}), "120x40", "g 1"))
			for _, want := range c.says {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q:\n%s", want, got)
				}
			}
			if strings.Contains(got, c.not) {
				t.Errorf("it says %q:\n%s", c.not, got)
			}
		})
	}
	if got := plain(drive(t, fakeApp(uitest.Trusting(), inAPack, Options{}), "120x40", "j 1")); strings.Contains(got, "by your own trust") {
		t.Errorf("it is said of a node that is not the image:\n%s", got)
	}
}
