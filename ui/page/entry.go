package page

import (
	"cmp"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Entry is an entry of the trusted signers, field by field: exactly what is believed, and how far.
func Entry(sheet *widget.Sheet, t model.TrustedSigner) { writer{sheet}.trusted(t) }

func (s writer) trusted(t model.TrustedSigner) {
	s.Field("Name", t.Name, "", s.Styles.Strong)
	s.Field("Kind", signerKind(t.Kind), "", s.Styles.Text)
	s.Field("Issuer", t.Issuer, exactness(t.Issuer, false), s.Styles.Text)
	style := s.Styles.Text
	if t.Pattern {
		style = s.Styles.Warning
	}
	s.Field("Subject", t.Subject, exactness(t.Subject, t.Pattern), style)
	s.Field("Key", t.Fingerprint, t.Algorithm, s.Styles.Text)
	s.Field("Source", t.SourceRepository, exactness(t.SourceRepository, false), s.Styles.Text)
	s.limit("For", t.For, "everything that it signs")
	s.limit("Images", t.Images, "every image")
	s.Field("Root", cmp.Or(t.Root, "that of the run"), "", s.Styles.Text)
	if !t.ValidFrom.IsZero() || !t.ValidUntil.IsZero() {
		s.Field("Signed", "from "+cmp.Or(phrase.Moment(t.ValidFrom), "ever")+" until "+cmp.Or(phrase.Moment(t.ValidUntil), "ever"), "", s.Styles.Text)
	}
	s.Field("Expires", cmp.Or(phrase.Moment(t.Expires), "never"), "", s.Styles.Text)
	s.Field("From", t.Origin, "", s.Styles.Text)
	if mixedEntry(t) {
		s.Field("", "mixes letters of several scripts: it may only look like the name you know", "", s.Styles.Warning)
	}
	s.Remarks(t.Findings)
}

// limit is what an entry is limited to; that it has no limit asks for attention.
func (s writer) limit(label string, to []string, none string) {
	if len(to) == 0 {
		s.Field(label, none, "", s.Styles.Warning)
		return
	}
	s.Field(label, strings.Join(to, ", "), "", s.Styles.Text)
}

func exactness(value string, pattern bool) string {
	switch {
	case value == "":
		return ""
	case pattern:
		return "a pattern: whatever matches it"
	}
	return "exactly"
}

// mixedEntry reports whether one of the names of an entry mixes letters of several scripts.
func mixedEntry(t model.TrustedSigner) bool {
	for _, name := range []string{t.Name, t.Issuer, t.Subject, t.SourceRepository} {
		if safe.MixedScript(name) {
			return true
		}
	}
	return false
}

// identity is who an entry is about, in whole: what is cut short may look like somebody else.
func identity(t model.TrustedSigner) string {
	switch {
	case t.Kind == model.SignerKey:
		return cmp.Or(t.Fingerprint, t.Subject)
	case t.Pattern:
		return "whatever matches " + t.Subject
	}
	return t.Subject
}

// shortKind is how a signer proves itself, in a word.
func shortKind(k model.SignerKind) string {
	switch k {
	case model.SignerCertificate:
		return "keyless"
	case model.SignerKey:
		return "key"
	case model.SignerX509:
		return "X.509"
	default:
		return string(k)
	}
}

// limits is in a few words what an entry is limited to.
func limits(t model.TrustedSigner) string {
	what, where := "everything", "every image"
	if len(t.For) > 0 {
		what = strings.Join(t.For, ", ")
	}
	if len(t.Images) > 0 {
		where = strings.Join(t.Images, ", ")
	}
	said := "for " + what + " on " + where
	if !t.Expires.IsZero() {
		said += ", until " + t.Expires.UTC().Format("2006-01-02")
	}
	return said
}
