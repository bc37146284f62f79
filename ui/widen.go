package ui

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/attestree/attestree/model"
)

// widening is one step by which an entry can be made to trust more than what it was proposed for. Steps are
// independent of each other; which are taken is for the person to say.
type widening struct {
	says  string
	apply func(*model.TrustedSigner)
}

// widenings are the steps that make sense for the narrowest entry of a signer, the smallest first.
func widenings(narrow model.TrustedSigner) []widening {
	var out []widening
	add := func(says string, apply func(*model.TrustedSigner)) { out = append(out, widening{says, apply}) }
	if len(narrow.For) > 0 {
		add("whatever it signs: any predicate type", func(s *model.TrustedSigner) { s.For = nil })
	}
	if space := namespace(narrow.Images); space != "" {
		add("any image under "+space, func(s *model.TrustedSigner) { s.Images = []string{space + "/**"} })
	}
	if narrow.Kind != model.SignerCertificate || narrow.Pattern || !utf8.ValidString(narrow.Subject) { // no pattern has bad bytes
		return out
	}
	if workflow, _, found := strings.Cut(narrow.Subject, "@"); found && isURL(workflow) {
		add("any branch or tag of this workflow", func(s *model.TrustedSigner) { subjects(s, workflow+"@") })
	}
	if source := strings.TrimSuffix(narrow.SourceRepository, "/"); isURL(source) && strings.HasPrefix(narrow.Subject, source+"/") {
		add("any workflow of "+source, func(s *model.TrustedSigner) { subjects(s, source+"/") })
	}
	return out
}

// subjects has an entry match every subject that begins so. Patterns match the whole subject.
func subjects(s *model.TrustedSigner, prefix string) {
	s.Subject, s.Pattern = regexp.QuoteMeta(prefix)+".+", true
}

// isURL reports whether a name is one that its owner alone can have: an address that begins with a host.
func isURL(name string) bool {
	host, path, _ := strings.Cut(strings.TrimPrefix(name, "https://"), "/")
	return strings.HasPrefix(name, "https://") && host != "" && path != ""
}

// namespace is what the only repository of an entry is under, "" where there is none that is more than a registry.
func namespace(images []string) string {
	if len(images) != 1 || strings.ContainsAny(images[0], "*?[") {
		return ""
	}
	at := strings.LastIndexByte(images[0], '/')
	if at < 0 || !strings.Contains(images[0][:at], "/") {
		return ""
	}
	return images[0][:at]
}

// widened is an entry with the steps that are taken.
func widened(narrow model.TrustedSigner, steps []widening, taken []bool) model.TrustedSigner {
	for i, step := range steps {
		if i < len(taken) && taken[i] {
			step.apply(&narrow)
		}
	}
	return narrow
}
