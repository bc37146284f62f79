package ui

import (
	"cmp"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// trusted is an entry of the trusted signers, field by field: exactly what is believed, and how far.
func (s *sheet) trusted(t model.TrustedSigner) {
	s.field("Name", t.Name, "", s.styles.Strong)
	s.field("Kind", signerKind(t.Kind), "", s.styles.Text)
	s.field("Issuer", t.Issuer, exactness(t.Issuer, false), s.styles.Text)
	style := s.styles.Text
	if t.Pattern {
		style = s.styles.Warning
	}
	s.field("Subject", t.Subject, exactness(t.Subject, t.Pattern), style)
	s.field("Key", t.Fingerprint, t.Algorithm, s.styles.Text)
	s.field("Source", t.SourceRepository, exactness(t.SourceRepository, false), s.styles.Text)
	s.limit("For", t.For, "everything that it signs")
	s.limit("Images", t.Images, "every image")
	s.field("Root", cmp.Or(t.Root, "that of the run"), "", s.styles.Text)
	if !t.ValidFrom.IsZero() || !t.ValidUntil.IsZero() {
		s.field("Signed", "from "+cmp.Or(moment(t.ValidFrom), "ever")+" until "+cmp.Or(moment(t.ValidUntil), "ever"), "", s.styles.Text)
	}
	s.field("Expires", cmp.Or(moment(t.Expires), "never"), "", s.styles.Text)
	s.field("From", t.Origin, "", s.styles.Text)
	if mixedEntry(t) {
		s.field("", "mixes letters of several scripts: it may only look like the name you know", "", s.styles.Warning)
	}
	s.remarks(t.Findings)
}

// limit is what an entry is limited to; that it has no limit asks for attention.
func (s *sheet) limit(label string, to []string, none string) {
	if len(to) == 0 {
		s.field(label, none, "", s.styles.Warning)
		return
	}
	s.field(label, strings.Join(to, ", "), "", s.styles.Text)
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
