package card

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// scans are the vulnerability scans about the image that hold a result, those that count most first.
func (s *scope) scans() (out []*model.Entry) {
	for _, e := range s.found(model.FamilyVuln) {
		if v, _, ok := decoded[predicate.Vuln](e); ok && !v.Empty && !v.Unread {
			out = append(out, e)
		}
	}
	return out
}

// containerScan is held by a scan whose result can be read. That it found something is no contradiction: it was made.
func (s *scope) containerScan() Guarantee {
	g := Guarantee{ID: ContainerScan, Check: "trivy image IMAGE, or grype IMAGE: a scan of your own, with today's database"}
	scans := s.scans()
	if len(scans) == 0 {
		if hollow := s.found(model.FamilyVuln); len(hollow) > 0 {
			g.rest(Contradicted, hollow[0], "the scan attestation holds no result that can be read")
			g.Check = "scanner.result in the payload"
			return g
		}
		return s.none(g)
	}
	best := scans[0]
	v, plain, _ := decoded[predicate.Vuln](best)
	text := s.at(best, scans) + strings.TrimSpace(v.Scanner+" "+v.Version) + " found " + number(v.Count, "vulnerability")
	if n := v.Of("critical") + v.Of("high"); n > 0 {
		text += fmt.Sprintf(", %d critical or high", n)
	}
	switch lack := s.without(scans); {
	case !good(best) || !plain:
		g.rest(ClaimedOnly, best, text+": "+why(best))
	case len(lack) > 0:
		g.rest(Partly, best, text+"; none for "+strings.Join(lack, ", "))
	default:
		g.rest(Held, best, text)
	}
	return g
}

// recent is how old the newest of weekly scans may be.
const recent = 8 * 24 * time.Hour

// monitoring is held by scans that were signed again and again, the newest of late. One scan shows one look.
func (s *scope) monitoring() Guarantee {
	g := Guarantee{ID: ContinuousMonitoring, Check: "when the scans were signed, and the publisher's own record of scans"}
	var dated []*model.Entry
	for _, e := range s.scans() {
		if good(e) && !signedAt(e).IsZero() {
			dated = append(dated, e)
		}
	}
	if len(dated) == 0 {
		if scans := s.scans(); len(scans) > 0 {
			g.rest(ClaimedOnly, scans[0], "nothing that counts shows a scan being repeated: "+why(scans[0]))
			return g
		}
		return s.none(g)
	}
	slices.SortStableFunc(dated, func(a, b *model.Entry) int { return signedAt(b).Compare(signedAt(a)) })
	dated = sameSubject(dated) // of one thing
	newest, oldest := signedAt(dated[0]), signedAt(dated[len(dated)-1])
	text := "the newest scan was signed " + instant(newest)
	switch {
	case newest.Sub(oldest) < 24*time.Hour:
		g.rest(Partly, dated[0], text+"; nothing shows that it is repeated")
	case s.facts.JudgedAt.Sub(newest) > recent:
		g.rest(Partly, dated[0], fmt.Sprintf("%s, the oldest of %d %s; nothing since", text, len(dated), instant(oldest)))
	default:
		g.rest(Held, dated[0], fmt.Sprintf("%s, the oldest of %d %s", text, len(dated), instant(oldest)))
	}
	return g
}

// security is held by a trusted or valid attestation of a scan that passed and looked at something.
func (s *scope) security() Guarantee {
	g := Guarantee{ID: SecurityScan, Check: "attestree audit IMAGE: what was let through, and why"}
	best, scan, plain := s.securityScan()
	if best == nil {
		return s.none(g)
	}
	title := s.at(best, nil) + best.Attestation.Predicate.Title()
	switch {
	case scan.Status == "WARNING":
		g.rest(Contradicted, best, "the scan gave nothing usable and was let through: "+title)
	case scan.Status != "PASSED":
		g.rest(Contradicted, best, "the scan did not pass: "+title)
	case scan.Blocking != 0:
		g.rest(Contradicted, best, "said to have passed with "+number(scan.Blocking, "blocking issue"))
	case scan.Subject == "MCP" && scan.Tools == 0:
		g.rest(Contradicted, best, "said to have passed without a tool scanned")
	case !good(best) || !plain:
		g.rest(ClaimedOnly, best, title+": "+why(best))
	case s.place(best) != "":
		g.rest(Partly, best, title)
	default:
		g.rest(Held, best, title)
	}
	return g
}

// securityScan is the scan that counts most, the newest of equals.
func (s *scope) securityScan() (*model.Entry, predicate.Scan, bool) {
	for _, e := range s.found(model.FamilySCAI) {
		p, plain, ok := decoded[predicate.SCAI](e)
		if !ok {
			continue
		}
		var worst *predicate.Scan // of several in one attestation the one that did not pass counts
		for _, a := range p.Attributes {
			if a.Scan != nil && (worst == nil || a.Scan.Status != "PASSED") {
				worst = a.Scan
			}
		}
		if worst != nil {
			return e, *worst, plain && !p.More
		}
	}
	return nil, predicate.Scan{}, false
}

func number(n int, noun string) string {
	many := noun + "s"
	if stem, is := strings.CutSuffix(noun, "y"); is {
		many = stem + "ies"
	}
	switch n {
	case 0:
		return "no " + many
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %s", n, many)
}

// sameSubject are the nodes that are about what the first is about.
func sameSubject(list []*model.Entry) (same []*model.Entry) {
	for _, e := range list {
		if e.Node.Subject == list[0].Node.Subject {
			same = append(same, e)
		}
	}
	return same
}
