package exposure

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/attestree/attestree/model/packages"
)

// settle holds what VEX documents say against what was found, and puts everything in order.
func (j *joiner) settle(ctx context.Context) error {
	n := 0
	for row, list := range j.out.rows {
		purl, ok := j.table.PURL(int(row))
		for i := range list {
			if n++; n%1024 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			j.excuse(&list[i], subject{row, purl, ok})
		}
		arrange(list)
	}
	for i := range j.out.outside {
		v := &j.out.outside[i]
		purl, ok := packages.ParsePURL(v.Target)
		j.excuse(v, subject{-1, purl, ok})
	}
	arrange(j.out.outside)
	return ctx.Err()
}

// arrange puts the gravest first, those that are excused last.
func arrange(list []Vulnerability) {
	slices.SortStableFunc(list, func(a, b Vulnerability) int {
		if a.Excused != b.Excused {
			if a.Excused {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Target, b.Target))
	})
}

// maxClaimsPerID is how many statements about one vulnerability of one package are kept.
const maxClaimsPerID = 200

// excuse collects the claims about a vulnerability of a package and decides whether it is excused.
func (j *joiner) excuse(v *Vulnerability, s subject) {
	seen := map[*claim]bool{}
	for _, id := range append([]string{v.ID}, v.Aliases...) {
		for _, ref := range j.claims[fold(id)] {
			if seen[ref.claim] || len(v.Claims) >= maxClaimsPerID {
				j.out.Truncated = j.out.Truncated || !seen[ref.claim]
				continue
			}
			seen[ref.claim] = true
			if c, ok := j.held(ref, s); ok {
				v.Claims = append(v.Claims, c)
			}
		}
	}
	v.decide()
}

// held is a claim as it is about a subject; ok is false if it says nothing of it. Of several products the one that is
// nearest to it is taken.
func (j *joiner) held(ref claimRef, s subject) (Claim, bool) {
	c := ref.claim
	out := Claim{
		Source: ref.source, Status: c.status, Justification: c.justification, Impact: c.impact, Action: c.action, At: c.at,
		About: -1, reasoned: c.reasoned, ids: c.ids,
	}
	take := func(about About, product string) {
		if out.About < 0 || about < out.About {
			out.About, out.Product = about, product
		}
	}
	if c.everything {
		take(AboutAttachment, "")
	}
	for _, p := range c.products {
		if about, ok := j.image.about(p, s); ok {
			take(about, p.name())
		}
	}
	named := j.named(ref)
	if name, found := named[s.row]; found {
		take(AboutPackage, name)
	} else if name, found := named[wholeImage]; found {
		take(AboutImage, name)
	}
	if out.About < 0 {
		return Claim{}, false
	}
	out.Why = j.doubt(out)
	out.Counts = out.Why == ""
	return out, true
}

// wholeImage stands for the image among rows.
const wholeImage = -2

// named is the rows that a statement of CycloneDX names, each with the identifier that it has for it. It is found out
// once: one statement may name thousands.
func (j *joiner) named(ref claimRef) map[int32]string {
	if len(ref.claim.refs) == 0 {
		return nil
	}
	if known, done := j.affected[ref.claim]; done {
		return known
	}
	node := j.out.Sources[ref.source].Node
	rows := map[int32]string{}
	for _, name := range ref.claim.refs {
		for _, row := range j.byRef(node, name) {
			rows[row] = name
		}
		if j.describes(node, name) {
			rows[wholeImage] = name
		}
	}
	j.affected[ref.claim] = rows
	return rows
}

// name is how a product is called first.
func (p product) name() string {
	if len(p.names) > 0 {
		return p.names[0].text
	}
	if len(p.digests) > 0 {
		return p.digests[0]
	}
	return ""
}

// describes reports whether an identifier is that of what the document of a node is about.
func (j *joiner) describes(node, id string) bool {
	return slices.ContainsFunc(j.table.Sources(), func(s packages.Source) bool { return s.Node == node && s.Index.Describes(id) })
}

// doubt says why a claim is not believed, "" if it is.
func (j *joiner) doubt(c Claim) string {
	source := j.out.Sources[c.Source]
	switch {
	case !c.Status.Excuses() && !c.Status.asserts():
		return fmt.Sprintf("the status %q is not known", string(c.Status))
	case !source.Trusted():
		return "nobody who is trusted signed it: it is " + source.Standing.Verdict.String()
	case c.About == AboutOther:
		return "nothing shows that its product is this image"
	case !c.reasoned:
		return "it gives no reason, as not_affected has to"
	}
	return ""
}

// decide says whether a vulnerability is excused: by a claim that counts, unless another one that counts says at the same
// time or later that it is there, or neither says when. What one document calls the same as another vulnerability is
// excused with that only as far as that document goes: nobody can hide what others found by giving it a second name.
func (v *Vulnerability) decide() {
	var excused, asserted time.Time
	excuses, asserts := false, false
	for _, c := range v.Claims {
		switch {
		case !c.Counts:
		case c.Status.Excuses():
			excuses, excused = true, latest(excused, c.At)
		default:
			asserts, asserted = true, latest(asserted, c.At)
		}
	}
	switch {
	case !excuses:
	case asserts && (!excused.After(asserted) || asserted.IsZero()):
		v.discount("another trusted statement, which is not older, says that it is affected")
	case v.unseen || slices.ContainsFunc(v.Sightings, func(s Sighting) bool { return !v.covers(s) }):
		v.discount("another document found it under a name that the statement does not have")
	default:
		v.Excused = true
	}
	v.order()
}

// covers reports whether a claim that counts excuses what one document found, by a name that this document or the
// claim has for it.
func (v *Vulnerability) covers(s Sighting) bool {
	return slices.ContainsFunc(v.Claims, func(c Claim) bool {
		return c.Counts && c.Status.Excuses() && slices.ContainsFunc(c.ids, func(id string) bool {
			return slices.ContainsFunc(s.ids, func(own string) bool { return fold(own) == fold(id) })
		})
	})
}

// discount says why the excuses that would count do not.
func (v *Vulnerability) discount(why string) {
	for i := range v.Claims {
		if c := &v.Claims[i]; c.Counts && c.Status.Excuses() {
			c.Counts, c.Why = false, why
		}
	}
}

// order puts the claims that count first, and the newest of them.
func (v *Vulnerability) order() {
	slices.SortStableFunc(v.Claims, func(a, b Claim) int {
		if a.Counts != b.Counts {
			if a.Counts {
				return -1
			}
			return 1
		}
		return b.At.Compare(a.At)
	})
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
