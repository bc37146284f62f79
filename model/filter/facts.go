package filter

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// Facts are what a node can be found by, in lower case already, so that one reading answers many queries. They hold for
// the node as it was when they were read.
type Facts struct {
	Node     model.Digest // the node's own
	Subject  model.Digest // what it is attached to, "" where nothing says
	Format   model.Format
	Verdict  model.Verdict
	Kind     model.Kind
	Family   model.Family // "" for what is about no predicate, such as an image
	Platform string       // of the node, or of what it hangs on
	Signed   bool         // it carries a signature of its own, good or bad
	Warned   bool         // something about it is worth a warning

	By, Says *model.Signer // who signed, proven; who the bytes say signed, where that is not; nil for nobody
	Checked  bool          // it was judged, or carries no signature to be judged

	// Signer is who signed, proven; Claimed who the bytes say signed, where that is not. Each field that a person may
	// know somebody by is on a line of its own. "" for nobody.
	Signer, Claimed string
	Predicate       string // predicate type and family
	Digest          string // every digest that the node is known by, one a line
	Title           string // and the platform
	Text            string // all that a plain word is looked for in, one thing a line
}

// Of reads the facts of a node. platform is that of the node it hangs on.
func Of(e *model.Entry, platform string) Facts {
	n := e.Node
	f := Facts{
		Node: n.Digest, Subject: n.Subject, Format: n.Format, Verdict: e.Standing.Verdict, Kind: n.Kind, Family: model.EntryFamily(e), Signed: n.Format.Signed(),
		Platform: platform, Warned: warned(e),
		Digest: lines(string(n.Digest), string(n.Manifest), string(n.Blob.Digest)),
	}
	if n.Platform != "" {
		f.Platform = strings.ToLower(n.Platform)
	}
	if r := e.Report; r != nil {
		f.By, f.Says = r.Signer, r.Claimed
	}
	if f.By != nil {
		f.Says = nil // what is proven needs no claim
	}
	f.Signer, f.Claimed, f.Checked = names(f.By), names(f.Says), e.Report != nil || !f.Signed
	f.Predicate = lines(e.PredicateType(), string(f.Family))
	title := model.EntryTitle(e)
	f.Title = lines(title, f.Platform)
	f.Text = join(f.Predicate, f.Digest, f.Signer, f.Claimed, lines(
		title, n.Platform, n.Tag, n.Name, n.ArtifactType, n.MediaType, string(n.Kind), f.Verdict.String(),
	))
	return f
}

// names are all that a signer may be known by.
func names(s *model.Signer) string {
	if s == nil {
		return ""
	}
	return lines(s.Name, s.Subject, s.Issuer, s.Fingerprint, s.Hint)
}

func warned(e *model.Entry) bool {
	for _, f := range model.EntryFindings(e) {
		if f.Severity != model.SeverityInfo {
			return true
		}
	}
	return false
}

// lines joins what is there, in lower case.
func lines(parts ...string) string { return strings.ToLower(join(parts...)) }

func join(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p)
	}
	return b.String()
}
