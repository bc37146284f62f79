package card

import (
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// security is held by a trusted or valid attestation of a scan that passed and looked at something, where none that counts
// says of a platform that it did not.
func (s *scope) security() Guarantee {
	g := Guarantee{ID: SecurityScan, Check: "attestree audit IMAGE: what was let through, and why"}
	all := s.inspected()
	if len(all) == 0 {
		return s.none(g)
	}
	best := all[0]
	for _, e := range firsts(all)[1:] {
		superseded := best.Node.Subject == s.root.Node.Digest && signedAt(e).Before(signedAt(best))
		if _, _, fault := inspection(e); good(e) && fault != "" && !superseded {
			best = e
			break
		}
	}
	title := s.at(best, nil) + best.Attestation.Predicate.Title()
	switch _, plain, fault := inspection(best); {
	case fault != "":
		g.rest(Contradicted, best, fault+": "+title)
	case !good(best) || !plain:
		g.rest(ClaimedOnly, best, title+": "+why(best))
	case s.place(best) != "":
		g.rest(Partly, best, title)
	default:
		g.rest(Held, best, title)
	}
	return g
}

// inspected are the attestations of security scans, those that count most first, of equals the newest.
func (s *scope) inspected() []*model.Entry {
	return slices.DeleteFunc(s.found(model.FamilySCAI), func(e *model.Entry) bool {
		scans, _, _ := inspection(e)
		return scans == 0
	})
}

// inspection is of how many scans an attestation tells, whether all programs read the same in it, and what is wrong with
// one of the scans, "" if nothing is.
func inspection(e *model.Entry) (scans int, plain bool, fault string) {
	p, plain, _ := decoded[predicate.SCAI](e)
	for _, a := range p.Attributes {
		if a.Scan == nil {
			continue
		}
		scans++
		if fault == "" {
			fault = faultOf(*a.Scan)
		}
	}
	return scans, plain && !p.More, fault
}

func faultOf(scan predicate.Scan) string {
	switch {
	case scan.Status == "WARNING":
		return "the scan gave nothing usable and was let through"
	case scan.Status != "PASSED":
		return "the scan did not pass"
	case scan.Blocking != 0:
		return "said to have passed with " + number(scan.Blocking, "blocking issue")
	case !scan.HasBlocking:
		return "said to have passed without a number of blocking issues"
	case scan.Subject == "MCP" && scan.Tools == 0:
		return "said to have passed without a tool scanned"
	}
	return ""
}
