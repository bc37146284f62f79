package page

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// Signer is who signed, and by whose trust that was judged. What is proven and what is only claimed never look the same: a claim says so in its heading, on
// every line, and in its style.
func Signer(sheet *widget.Sheet, e *model.Entry, trust Trust, about About) {
	s := writer{sheet}
	s.signer(e)
	s.trust(about, trust)
}

func (s writer) signer(e *model.Entry) {
	r := e.Report
	if r == nil || r.Signer == nil && r.Claimed == nil {
		s.Sentence(noSigner(e), s.Styles.Quiet, 0)
		return
	}
	if r.Signer != nil {
		s.Put(s.Styles.Good.Bold(), safe.Concat(s.Styles.Glyphs.Check, safe.Const(" Proven")))
		s.Sentence("The signature is by this signer, and what it says of itself was checked.", s.Styles.Quiet, 0)
		s.Gap()
		s.identity(*r.Signer, false, s.Styles.Text)
	}
	if r.Claimed != nil {
		s.Gap()
		s.Put(s.Styles.Warning.Bold(), safe.Concat(s.Styles.Glyphs.Warning, safe.Const(" Claimed, not proven")))
		s.Sentence("Anybody could have written this. Nothing below has been established.", s.Styles.Claim, 0)
		s.Gap()
		s.identity(*r.Claimed, true, s.Styles.Claim)
	}
	s.times(r)
	s.logEntries(r)
}

// noSigner says why there is nobody to show.
func noSigner(e *model.Entry) string {
	switch {
	case e.Verifying:
		return "The signer is being checked."
	case e.Node.Format.Signed() && e.Report == nil:
		return "Not checked yet, so nobody is known to have signed."
	case e.Node.Format.Signed():
		return "It names no signer, and none could be established."
	case e.Standing.Verdict == model.Covered:
		return "Nobody signed this itself. What vouches for its bytes is named in the Summary."
	default:
		return "Nobody signed this itself: it carries no signature of its own."
	}
}

// wideLabels is the column of a certificate's extensions, whose names have several words, where there is room.
const wideLabels = 26

// identity is a signer line by line. A claim says on every line that it is one.
func (s writer) identity(g model.Signer, claim bool, style theme.Style) {
	note, says := "", ""
	if claim {
		note, says = "not proven", "says "
	}
	said := func(label, value string) {
		if value != "" {
			s.Field(label, says+value, note, style)
		}
	}
	if g.Name != "" {
		s.Field("Known as", g.Name, "your own name for it", s.Styles.Strong)
	}
	if claim && g.Subject != "" {
		said("Subject", "it is "+g.Subject)
	} else {
		said("Subject", g.Subject)
	}
	s.lookalike(g)
	said("Issuer", g.Issuer)
	said("Kind", signerKind(g.Kind))
	said("Fingerprint", g.Fingerprint)
	said("Algorithm", g.Algorithm)
	said("Authority", g.Authority)
	if !g.NotBefore.IsZero() || !g.NotAfter.IsZero() {
		said("Valid", phrase.Moment(g.NotBefore)+" to "+phrase.Moment(g.NotAfter))
	}
	if g.Hint != "" {
		s.Field("Key hint", g.Hint, "a hint is never proven", s.Styles.Claim)
	}
	if len(g.Extensions) == 0 {
		return
	}
	s.Heading(safe.Const("What the certificate says"))
	column := widget.LabelWidth
	if s.Width >= wideLabels*2 {
		column = wideLabels
	}
	for _, x := range g.Extensions {
		s.Entry(safe.LineMax(cmp.Or(x.Label, x.Name, x.OID), s.Width), says+widget.OneLine(x.Value), note, style, 0, column)
	}
}

// lookalike warns of a signer one of whose names may only look like one that the reader knows.
func (s writer) lookalike(g model.Signer) {
	if phrase.MixedScript(g) {
		s.Field("", "mixes letters of several scripts: it may only look like the name you know", "", s.Styles.Warning)
	}
}

func signerKind(k model.SignerKind) string {
	switch k {
	case model.SignerCertificate:
		return "certificate, short-lived (keyless)"
	case model.SignerKey:
		return "key"
	case model.SignerX509:
		return "X.509 certificate"
	default:
		return string(k)
	}
}

func (s writer) times(r *model.Report) {
	if r.SignedAt.IsZero() && len(r.Timestamps) == 0 {
		return
	}
	s.Heading(safe.Const("When"))
	if !r.SignedAt.IsZero() {
		attested := slices.ContainsFunc(r.Timestamps, func(t model.Timestamp) bool { return t.Verified })
		s.Field("Signed at", phrase.Moment(r.SignedAt), "", s.Proof(r.Signer != nil || attested))
	}
	for _, t := range r.Timestamps {
		s.Field("Timestamp", phrase.Moment(t.Time)+" by "+t.Authority, t.Kind+", "+verified(t.Verified), s.Proof(t.Verified))
	}
}

func (s writer) logEntries(r *model.Report) {
	if len(r.Log) == 0 {
		return
	}
	s.Heading(safe.Const("Transparency log"))
	for _, l := range r.Log {
		s.Field("Log", l.Log, verified(l.Verified), s.Proof(l.Verified))
		s.Field("Index", strconv.FormatInt(l.Index, 10), unsigned(l.Signed), s.Proof(l.Verified && l.Signed))
		s.Field("Time", phrase.Moment(l.Time), "", s.Proof(l.Verified))
		s.Field("Entry", l.Kind, unsigned(l.Signed), s.Proof(l.Verified && l.Signed))
		s.Field("Inclusion", yes(l.Included, "proven"), "", s.Proof(l.Included))
		s.Field("Promise", yes(l.Promise, "signed entry timestamp"), "", s.Proof(l.Promise))
	}
}

// trust says by whose trust all of this was judged.
func (s writer) trust(about About, trust Trust) {
	s.Heading(safe.Const("Judged by"))
	for _, r := range trust.Roots {
		s.Field("Root", rootEdition(r), rootAge(r, about), s.Styles.Text)
		s.Field("", r.SHA256, "", s.Styles.Quiet)
	}
	s.Field("Signers", cmp.Or(strings.Join(trust.Names(), ", "), "nobody is pinned"), "", s.Styles.Text)
	s.Sentence(about.TrustNote, s.Styles.Quiet, 0)
}

// unsigned says of a field of a log entry that nothing the log signed contains it.
func unsigned(signed bool) string {
	if signed {
		return ""
	}
	return "claimed: the log does not sign it"
}

func verified(done bool) string {
	if done {
		return "verified"
	}
	return "not verified"
}

func yes(done bool, what string) string {
	if done {
		return what
	}
	return "no"
}

// Subject is who signed, or who is said to have.
func Subject(e *model.Entry) string {
	switch r := e.Report; {
	case r == nil:
		return ""
	case r.Signer != nil:
		return cmp.Or(r.Signer.Subject, r.Signer.Fingerprint)
	case r.Claimed != nil:
		return cmp.Or(r.Claimed.Subject, r.Claimed.Fingerprint)
	}
	return ""
}
