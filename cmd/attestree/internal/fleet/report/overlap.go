package report

import (
	"crypto/sha256"

	"github.com/attestree/attestree/model/fleet"
)

// mark tells references apart, so that not all of them need be held.
type mark [16]byte

func markOf(reference string) mark {
	sum := sha256.Sum256([]byte(reference))
	return mark(sum[:16])
}

// judgement is the newest row of a reference: in which report, and when it was made.
type judgement struct {
	report int
	at     string // RFC 3339 in UTC, which sorts as text
}

// overlaps finds for each reference of several lists which report judged it last, and how many rows others have of it.
func overlaps(paths []string) (newest map[mark]judgement, again int, err error) {
	newest = map[mark]judgement{}
	for at, path := range paths {
		r, err := Open(path)
		if err != nil {
			return nil, 0, err
		}
		err = r.each(func(row fleet.Row) error {
			m := markOf(row.Reference)
			known, is := newest[m]
			if is {
				again++
			}
			if !is || row.JudgedAt > known.at {
				newest[m] = judgement{at, row.JudgedAt}
			}
			return nil
		})
		r.Close()
		if err != nil {
			return nil, 0, err
		}
	}
	return newest, again, nil
}
