package card

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// scans are the vulnerability scans about the image that hold a result, those that count most first.
func (s *scope) scans() (out []*model.Entry) {
	for _, e := range s.found(model.FamilyVuln) {
		if v, _, ok := decoded[predicate.Vuln](e); ok && v.Whole() {
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
			g.rest(Contradicted, hollow[0], "the scan attestation holds no whole result that can be read")
			g.Check = "scanner.result in the payload"
			return g
		}
		return s.none(g)
	}
	var firm []*model.Entry
	for _, e := range scans {
		if _, plain, _ := decoded[predicate.Vuln](e); plain && good(e) {
			firm = append(firm, e)
		}
	}
	if len(firm) == 0 {
		g.rest(ClaimedOnly, scans[0], s.at(scans[0], scans)+outcome(scans[0])+": "+why(scans[0]))
		return g
	}
	gravest, others := s.gravest(firm)
	text := s.at(gravest, nil) + outcome(gravest)
	if others > 0 {
		text += "; no more on " + number(others, "other platform")
	}
	switch lack := s.without(firm); {
	case len(lack) == 0:
		g.rest(Held, gravest, text)
	case len(lack) > len(s.without(scans)):
		g.rest(Partly, gravest, text+"; none that counts for "+strings.Join(lack, ", "))
	default:
		g.rest(Partly, gravest, text+"; none for "+strings.Join(lack, ", "))
	}
	return g
}

// outcome is what a scan found.
func outcome(e *model.Entry) string {
	v, _, _ := decoded[predicate.Vuln](e)
	text := strings.TrimSpace(v.Scanner+" "+v.Version) + " found " + number(v.Count, "vulnerability")
	if n := urgent(v); n > 0 {
		text += fmt.Sprintf(", %d critical or high", n)
	}
	return text
}

func urgent(v predicate.Vuln) int { return v.Of("critical") + v.Of("high") }

// gravest is, of the scans that count most of each thing, the one that found the most, and of how many other platforms
// there is such a scan: what is said of several must be true of each.
func (s *scope) gravest(scans []*model.Entry) (gravest *model.Entry, others int) {
	heads := firsts(scans)
	gravest = slices.MaxFunc(heads, func(a, b *model.Entry) int {
		x, _, _ := decoded[predicate.Vuln](a)
		y, _, _ := decoded[predicate.Vuln](b)
		return cmp.Or(cmp.Compare(urgent(x), urgent(y)), cmp.Compare(x.Count, y.Count))
	})
	for _, e := range heads {
		if e != gravest && s.place(e) != "" {
			others++
		}
	}
	return gravest, others
}

// firsts are the first node about each thing, in their order.
func firsts(list []*model.Entry) (heads []*model.Entry) {
	seen := map[model.Digest]bool{}
	for _, e := range list {
		if !seen[e.Node.Subject] {
			seen[e.Node.Subject] = true
			heads = append(heads, e)
		}
	}
	return heads
}

// number is a number with its noun, "no" for none.
func number(n int, noun string) string {
	said := model.Counted(n, noun)
	if many, none := strings.CutPrefix(said, "0 "); none {
		return "no " + many
	}
	return said
}
