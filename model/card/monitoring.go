package card

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// recent is how old the newest of weekly scans may be.
const recent = 8 * 24 * time.Hour

// series are the signed scans of one thing.
type series struct {
	newest, oldest *model.Entry
	count          int
}

// lapse is what keeps a series from showing that scans are repeated until now, "" if nothing does.
func (r series) lapse(now time.Time) string {
	newest, oldest := signedAt(r.newest), signedAt(r.oldest)
	switch {
	case newest.Sub(oldest) < 24*time.Hour:
		return "the newest scan was signed " + instant(newest) + "; nothing shows that it is repeated"
	case now.Sub(newest) > recent:
		return r.span() + "; nothing since"
	}
	return ""
}

func (r series) span() string {
	return fmt.Sprintf("the newest scan was signed %s, the oldest of %d %s", instant(signedAt(r.newest)), r.count, instant(signedAt(r.oldest)))
}

// monitoring is held by scans of the image, or of each of its platforms, that were signed again and again, the newest of
// late. One scan shows one look.
func (s *scope) monitoring() Guarantee {
	g := Guarantee{ID: ContinuousMonitoring, Check: "when the scans were signed, and the publisher's own record of scans"}
	all := s.repeated()
	if len(all) == 0 {
		if scans := s.scans(); len(scans) > 0 {
			g.rest(ClaimedOnly, scans[0], "nothing that counts shows a scan being repeated: "+why(scans[0]))
			return g
		}
		return s.none(g)
	}
	var kept []*model.Entry
	best := all[0]
	for _, r := range all {
		if r.lapse(s.facts.JudgedAt) == "" {
			if len(kept) == 0 {
				best = r
			}
			kept = append(kept, r.newest)
		}
	}
	switch lack := s.without(kept); {
	case len(kept) == 0:
		g.rest(Partly, best.newest, s.at(best.newest, nil)+best.lapse(s.facts.JudgedAt))
	case len(lack) > 0:
		g.rest(Partly, best.newest, s.at(best.newest, kept)+best.span()+"; not repeated for "+strings.Join(lack, ", "))
	default:
		g.rest(Held, best.newest, s.at(best.newest, kept)+best.span())
	}
	return g
}

// repeated are the scans that count and whose time is known, by what they are of, those of which there is a newer one
// first.
func (s *scope) repeated() (all []series) {
	var dated []*model.Entry
	for _, e := range s.scans() {
		if good(e) && !signedAt(e).IsZero() {
			dated = append(dated, e)
		}
	}
	slices.SortStableFunc(dated, func(a, b *model.Entry) int { return signedAt(b).Compare(signedAt(a)) })
	for _, first := range firsts(dated) {
		r := series{newest: first}
		for _, e := range dated {
			if e.Node.Subject == first.Node.Subject {
				r.oldest = e
				r.count++
			}
		}
		all = append(all, r)
	}
	return all
}
