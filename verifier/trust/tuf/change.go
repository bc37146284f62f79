package tuf

import (
	"github.com/attestree/attestree/verifier/trust"
)

// Change is what an update made different for the verdicts of this program.
type Change struct {
	// Before and After are what is judged by, without the update and with it. Before is zero for an instance of which
	// nothing was known.
	Before, After Edition
	Members       []MemberChange
	Note          string // why what was kept before was of no use, "" if it was or there was nothing
}

// Edition is one published form of a trusted root.
type Edition struct {
	Version     int64 // of the targets role, which lists the trusted root
	RootVersion int64 // of the TUF root; 0 for what the program carries
	SHA256      string
}

// Changed reports whether another trusted root is judged by from now on.
func (c Change) Changed() bool { return c.Before.SHA256 != c.After.SHA256 }

// Way tells how a member changed.
type Way string

// The ways in which a member can change.
const (
	Added   Way = "added"
	Removed Way = "removed"
	Retired Way = "retired" // its validity ends, which it did not, or ends sooner
	Altered Way = "altered" // its validity or name is another
)

// MemberChange is a member that is not as it was.
type MemberChange struct {
	Way    Way
	Member trust.Member // as it is now; as it was, if it was removed
}

func (p plan) change(after state) Change {
	c := Change{After: edition(after), Note: p.note}
	var members []trust.Member
	switch {
	case p.old != nil:
		c.Before, members = edition(p.before), p.before.root.Members()
	case p.in.sha256 != "":
		c.Before, members = Edition{Version: p.in.floor, SHA256: p.in.sha256}, p.in.carried
	}
	c.Members = compare(members, after.root.Members())
	return c
}

func edition(s state) Edition {
	return Edition{Version: s.version, RootVersion: s.rootVersion, SHA256: s.root.Info.SHA256}
}

// compare tells members apart by kind and id: a log with a new key is a new log.
func compare(before, after []trust.Member) []MemberChange {
	type identity struct {
		kind trust.MemberKind
		id   string
	}
	known := make(map[identity]trust.Member, len(before))
	for _, m := range before {
		known[identity{m.Kind, m.ID}] = m
	}
	var changes []MemberChange
	for _, m := range after {
		was, found := known[identity{m.Kind, m.ID}]
		delete(known, identity{m.Kind, m.ID})
		if way := how(was, m, found); way != "" {
			changes = append(changes, MemberChange{Way: way, Member: m})
		}
	}
	for _, m := range before {
		if _, left := known[identity{m.Kind, m.ID}]; left {
			changes = append(changes, MemberChange{Way: Removed, Member: m})
			delete(known, identity{m.Kind, m.ID})
		}
	}
	return changes
}

// how says in which way a member differs from what it was, "" if it does not.
func how(was, is trust.Member, found bool) Way {
	switch {
	case !found:
		return Added
	case !is.Until.IsZero() && (was.Until.IsZero() || is.Until.Before(was.Until)):
		return Retired
	case !is.Until.Equal(was.Until), !is.From.Equal(was.From), is.Name != was.Name:
		return Altered
	}
	return ""
}
