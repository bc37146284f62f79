package plain

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/filter"
)

// signed is everything that one signer has signed, or is said to have.
type signed struct {
	model.SignedBy
	name string
	rows []string
}

// Signers writes every node under who signed it: what is proven, what is only claimed, and what nobody signed.
func (p *Reading) Signers(w io.Writer) error {
	var groups []signed
	at, called := map[model.SignedBy]int{}, map[string]int{}
	p.eachFact(func(i int, e *model.Entry, f *filter.Facts) {
		by, who := model.WhoSigned(f.By, f.Says, f.Checked)
		if _, known := at[by]; !known {
			at[by] = len(groups)
			groups = append(groups, signed{SignedBy: by, name: signerName(by, who)})
			called[groups[at[by]].name]++
		}
		groups[at[by]].rows = append(groups[at[by]].rows, p.numbered(i, e))
	})
	slices.SortStableFunc(groups, func(a, b signed) int { return cmp.Compare(a.Known, b.Known) })
	p.say("Groups: %d.", len(groups))
	for _, g := range groups {
		if called[g.name] > 1 {
			g.name += ", " + cmp.Or(g.Issuer, g.Fingerprint, g.Hint, "of another kind")
		}
		p.say("%s: %d.", g.name, len(g.rows))
		for _, row := range g.rows {
			p.say("%s", row)
		}
	}
	return p.flush(w)
}

// signerName is who it is, and how well that is known.
func signerName(by model.SignedBy, who *model.Signer) string {
	switch by.Known {
	case model.SignerProven:
		return "Proven: " + spoken(model.SignerTitle(who))
	case model.SignerClaimed:
		return "Claimed and not proven: " + spoken(model.SignerTitle(who))
	case model.SignerUnchecked:
		return "Not checked"
	case model.SignerNone:
	}
	return "Signed by nobody itself"
}

// Signer writes who signed a node, with all that the certificate says of them, and when that is known to have been.
func (p *Reading) Signer(w io.Writer, e *model.Entry) error {
	r := e.Report
	if r == nil || r.Signer == nil && r.Claimed == nil {
		p.say("Nobody is known to have signed this itself.")
		return p.flush(w)
	}
	p.signer(r)
	who := r.Signer
	if who == nil {
		who = r.Claimed
	}
	for _, part := range []struct{ label, value string }{
		{"Known as", who.Name}, {"Fingerprint", who.Fingerprint}, {"Algorithm", who.Algorithm}, {"Issued by", who.Authority}, {"Judged under root", r.TrustRoot},
	} {
		if part.value != "" {
			p.say("%s: %s", part.label, part.value)
		}
	}
	for _, x := range who.Extensions {
		p.say("%s: %s", x.Label, x.Value)
	}
	for _, l := range r.Log {
		p.say("Log entry %d of %s, %s", l.Index, l.Log, l.Time.UTC().Format(time.RFC3339))
	}
	for _, t := range r.Timestamps {
		p.say("Time from %s: %s", t.Authority, t.Time.UTC().Format(time.RFC3339))
	}
	return p.flush(w)
}

// Trusted writes whom this run trusts, and for what.
func (p *Reading) Trusted(w io.Writer, all []model.TrustedSigner) error {
	p.say("Trusted signers: %d.", len(all))
	for i, s := range all {
		p.say("%d. %s", i+1, entry(s))
	}
	return p.flush(w)
}

// Entry writes one of them.
func (p *Reading) Entry(w io.Writer, s model.TrustedSigner) error {
	p.say("%s", entry(s))
	return p.flush(w)
}

// entry is an entry of the list on one line.
func entry(s model.TrustedSigner) string {
	said := s.Name
	if !s.Enabled {
		said += ", switched off"
	}
	for _, part := range []struct{ label, value string }{
		{"identity", s.Subject}, {"issuer", s.Issuer}, {"key", s.Fingerprint}, {"source repository", s.SourceRepository}, {"from", s.Origin},
	} {
		if part.value != "" {
			said += fmt.Sprintf("; %s %s", part.label, part.value)
		}
	}
	for _, f := range s.For {
		said += "; for " + f
	}
	for _, i := range s.Images {
		said += "; of " + i
	}
	return said
}

// Policy writes what the policy asks of the image, and what is met.
func (p *Reading) Policy(w io.Writer) error {
	p.answer()
	return p.flush(w)
}
