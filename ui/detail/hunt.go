package detail

import (
	"slices"

	"github.com/attestree/attestree/ui/safe"
)

// hunt is a search in the bytes that the detail shows. What is found comes from a command, as there may be many bytes.
type hunt struct {
	query  string
	before int   // where it began, to return to
	at     int   // the match that was gone to last, where no cursor tells
	found  []int // what matches, ascending: values of a payload, or offsets of bytes
	ready  bool  // found belongs to the query
}

// mostMatches bounds what one search lists.
const mostMatches = 10000

// next is the match that many steps from a place, round the ends. It reports false where there is none.
func (h hunt) next(from, step int) (int, bool) {
	n := len(h.found)
	if n == 0 {
		return 0, false
	}
	at, on := slices.BinarySearch(h.found, from)
	if step > 0 && !on {
		at-- // what follows is the first step already
	}
	return h.found[((at+step)%n+n)%n], true
}

// first is the match at a place or after it, round the end.
func (h hunt) first(from int) (int, bool) {
	if len(h.found) == 0 {
		return 0, false
	}
	at, _ := slices.BinarySearch(h.found, from)
	return h.found[at%len(h.found)], true
}

// said is how the search stands when the cursor is at a place.
func (h hunt) said(at int) safe.Text {
	switch i, on := slices.BinarySearch(h.found, at); {
	case h.query == "":
		return safe.Text{}
	case !h.ready:
		return safe.Const("searching ")
	case on:
		return safe.Format("%s of %s ", safe.Int(i+1), matchCount(len(h.found)))
	}
	return safe.Format("%s ", matchCount(len(h.found)))
}

// takes reports whether a result is of this search.
func (h hunt) takes(msg huntEndedMsg) bool { return h.query != "" && h.query == msg.query }

func matchCount(n int) safe.Text {
	switch n {
	case 1:
		return safe.Const("1 match")
	case mostMatches:
		return safe.Format("%s matches or more", safe.Int(n))
	}
	return safe.Format("%s matches", safe.Int(n))
}
