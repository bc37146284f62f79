package rootreport

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// Change says what an update changed, member by member.
func Change(name string, root trust.Root, c tuf.Change) string {
	var b strings.Builder
	if c.Note != "" {
		fmt.Fprintf(&b, "note: %s\n", c.Note)
	}
	switch before, after := c.Before, c.After; {
	case before == (tuf.Edition{}):
		fmt.Fprintf(&b, "%s: new, version %d\n", name, after.Version)
	case c.Changed():
		fmt.Fprintf(&b, "%s: version %d, was %d\n", name, after.Version, before.Version)
	case after.Version != before.Version:
		fmt.Fprintf(&b, "%s: version %d, was %d, and the trusted root is the same\n", name, after.Version, before.Version)
	default:
		fmt.Fprintf(&b, "%s: version %d is still the newest\n", name, after.Version)
	}
	if from, to := c.Before.RootVersion, c.After.RootVersion; from != 0 && from != to {
		fmt.Fprintf(&b, "  the keys that sign it are those of TUF root %d, was %d\n", to, from)
	}
	for _, m := range c.Members {
		fmt.Fprintf(&b, "  %-8s %s  %s\n", m.Way, singular(m.Member.Kind), describeMember(m.Member))
	}
	fmt.Fprintf(&b, "  sha256   %s\n", root.Info.SHA256)
	return b.String()
}
