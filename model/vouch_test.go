package model

import (
	"fmt"
	"testing"
)

// A tree keeps its nodes in a map, so that they are heard in another order each time.
func TestWhatIsSaidOfADigestDoesNotDependOnTheOrderOfItsNodes(t *testing.T) {
	var entries []*Entry
	for _, v := range []Verdict{Trusted, Valid, Untrusted, Invalid, Unverifiable, Unavailable} {
		for _, name := range []string{"a", "b"} {
			r := said(v)
			r.Reason = name
			e := &Entry{Node: Node{ID: name + v.String(), Kind: KindSignature, Format: FormatSimpleSigning, Digest: named(name), Subject: amd64}, Report: r}
			if !Vouches(e) {
				t.Fatalf("%s does not vouch", e.Node.ID)
			}
			entries = append(entries, e)
		}
	}
	for _, a := range entries {
		for _, b := range entries {
			t.Run(fmt.Sprintf("%s and %s", a.Node.ID, b.Node.ID), func(t *testing.T) {
				var one, other vouch
				one.hear(a, true)
				one.hear(b, true)
				other.hear(b, true)
				other.hear(a, true)
				if one != other {
					t.Errorf("%+v, and the other way round %+v", one, other)
				}
			})
		}
	}
}
