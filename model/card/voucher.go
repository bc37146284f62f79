package card

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// voices are the signatures and provenance directly about the image itself, those that count most first.
func (s *scope) voices() (out []*model.Entry) {
	for _, e := range s.about {
		if e.Node.Subject == s.root.Node.Digest && model.Vouches(e) && worth(e) > 0 {
			out = append(out, e)
		}
	}
	s.sort(out)
	return out
}

// voice is the node that the image's own verdict is taken from, nil if there is none.
func (s *scope) voice() *model.Entry {
	if e := s.tree.Entry(s.root.Standing.VouchedBy); e != nil {
		return e
	}
	return nil
}

// vouchers says who signed, each signer once with what they signed.
func (s *scope) vouchers() (out []Line) {
	type group struct {
		who   string
		line  Line
		kinds []string
		count map[string]int
	}
	var groups []*group
	for _, e := range s.voices() {
		l, who := voucher(e), identity(e)
		at := slices.IndexFunc(groups, func(g *group) bool { return g.who == who && g.line.Verdict == l.Verdict && g.line.Basis == l.Basis })
		if at < 0 {
			at = len(groups)
			groups = append(groups, &group{who: who, line: l, count: map[string]int{}})
		}
		kind := kindOf(e)
		if g := groups[at]; g.count[kind] == 0 {
			g.kinds = append(g.kinds, kind)
		}
		groups[at].count[kind]++
	}
	for _, g := range groups {
		var signed []string
		for _, kind := range g.kinds {
			if n := g.count[kind]; n > 1 {
				kind = fmt.Sprintf("%d × %s", n, kind)
			}
			signed = append(signed, kind)
		}
		g.line.Note = strings.Join(signed, ", ")
		out = append(out, g.line)
	}
	out = append(out, s.cover()...)
	if len(out) == 0 {
		out = append(out, line(Voucher, "nobody", s.lack("nobody: no signature or provenance of this image holds"), s.nothing(), nil))
	}
	return out
}

// cover is who signed what the image is inside of, where nobody signed it by itself.
func (s *scope) cover() []Line {
	e := s.coverer()
	if e == nil {
		return nil
	}
	l := voucher(e)
	l.ID, l.Note = "cover", kindOf(e)+" of the index that holds it"
	return []Line{l}
}

// coverer is the node that vouches for what the image is inside of, nil if it is covered by none.
func (s *scope) coverer() *model.Entry {
	if s.root.Standing.Verdict != model.Covered {
		return nil
	}
	return s.tree.Entry(s.root.Standing.CoveredBy)
}

// voucher is who signed one node: proven only where the node is good.
func voucher(e *model.Entry) Line {
	l := line(Voucher, "signer", "somebody who is not known", Claimed, e)
	if e.Report == nil {
		return l
	}
	signer := e.Report.Signer
	switch {
	case signer == nil:
		signer = e.Report.Claimed
	case good(e):
		l.Basis = Proven
	}
	if signer == nil {
		return l
	}
	if who := model.SignerTitle(signer); who != "" {
		l.Text = who
	}
	if fp := model.Digest(signer.Fingerprint); l.Basis != Proven && signer.Kind == model.SignerKey && fp != "" {
		l.Text = "key · " + fp.Short() // it has no name that the reader gave it
	}
	return l
}

// identity is what tells one signer from another. Each keyless signature has a certificate of its own, so that the
// identity in it counts there.
func identity(e *model.Entry) string {
	if e.Report == nil {
		return ""
	}
	s := e.Report.Signer
	if s == nil {
		s = e.Report.Claimed
	}
	switch {
	case s == nil:
		return ""
	case s.Kind == model.SignerCertificate:
		return s.Issuer + "\n" + s.Subject
	}
	return s.Fingerprint + "\n" + s.Hint + "\n" + s.Subject
}

func kindOf(e *model.Entry) string {
	if family(e) == model.FamilyProvenance {
		return "provenance"
	}
	return "signature"
}

// answer says in one sentence what the image's verdict rests on.
func (s *scope) answer() string {
	who := "somebody"
	if e := s.voice(); e != nil {
		who = voucher(e).Text
	}
	switch standing := s.root.Standing; standing.Verdict {
	case model.Trusted, model.Valid, model.Untrusted:
		return "vouched for by " + who + known(standing.Verdict)
	case model.Covered:
		if e := s.coverer(); e != nil {
			return "not signed itself; it is inside an index that is vouched for by " + voucher(e).Text + known(standing.Coverage)
		}
		return "not signed itself; it is inside something that is"
	case model.Unsigned:
		return "nobody vouches for it"
	case model.Invalid, model.Unverifiable, model.Unavailable:
		return standing.Reason
	case model.Unchecked:
	}
	return "not judged yet"
}

// known says whether the reader knows a signer, by the verdict of what they signed.
func known(v model.Verdict) string {
	switch v {
	case model.Trusted:
		return ", whom you trust"
	case model.Valid:
		return "; you have not said whom you trust"
	case model.Untrusted:
		return ", who is none of those whom you trust"
	case model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable, model.Unchecked:
	}
	return ""
}
