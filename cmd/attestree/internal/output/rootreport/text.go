// Package rootreport writes the trusted roots that verdicts rest on, for a person and as JSON, and what an update changed.
//
// It knows roots and updates of verifier/trust and must not fetch or choose one. Text passes safe.NewWriter or is written
// by who does that.
package rootreport

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// githubHint is how to judge by a root that the program does not carry.
const githubHint = `GitHub's own root is not part of the program, for it changes every few months. To judge by it:
  gh attestation trusted-root > roots.jsonl
  attestree verify SOURCE --trusted-root roots.jsonl
`

// Text writes the roots for a person, as they stand now. Names in them come from files and mirrors.
func Text(w io.Writer, roots []InUse, notes []string, now time.Time) error {
	var b strings.Builder
	github := false
	for i, r := range roots {
		if i > 0 {
			b.WriteByte('\n')
		}
		describeRoot(&b, r, now)
		github = github || r.Info.Name == trust.GitHubName
	}
	for _, note := range notes {
		fmt.Fprintf(&b, "\nnote: %s\n", note)
	}
	if !github {
		b.WriteString("\n" + githubHint)
	}
	_, err := io.WriteString(safe.NewWriter(w), b.String())
	return err
}

func describeRoot(b *strings.Builder, r InUse, now time.Time) {
	fmt.Fprintf(b, "%s\n", r.Info.Name)
	fmt.Fprintf(b, "  source    %s\n", sourceOf(r))
	fmt.Fprintf(b, "  date      %s\n", cmp.Or(r.Info.Date+age(now, date(r.Info.Date)), "not known"))
	if k := r.Kept; k != nil {
		fmt.Fprintf(b, "  updated   %s\n", updated(*k, now))
	}
	fmt.Fprintf(b, "  sha256    %s\n", r.Info.SHA256)
	fmt.Fprintf(b, "  requires  %s\n", strings.Join(requirements(r.Requires), ", "))
	kind := trust.MemberKind("")
	for _, m := range r.Members() {
		if m.Kind != kind {
			kind = m.Kind
			fmt.Fprintf(b, "  %s\n", plural(kind))
		}
		fmt.Fprintf(b, "    %s\n", describeMember(m))
	}
}

func sourceOf(r InUse) string {
	switch {
	case r.Info.Source == trust.SourceFile:
		return "--trusted-root"
	case r.Info.Source == trust.SourceTUF && r.Kept != nil:
		return fmt.Sprintf("trust update, version %d", r.Kept.Version)
	case r.Info.Source == trust.SourceEmbedded:
		return "this program"
	}
	return r.Info.Source
}

// updated says when a mirror last said that there is nothing newer, and how long that was meant to hold.
func updated(s tuf.Status, now time.Time) string {
	text := s.FetchedAt.UTC().Format(time.DateTime) + "Z" + age(now, s.FetchedAt) + " from " + s.Mirror
	if s.FetchedAt.After(now) {
		text += "; that is still to come: the clock was or is wrong"
	}
	if now.After(s.Expires) {
		text += "; there may be a newer one since " + s.Expires.UTC().Format(time.DateOnly)
	}
	return text
}

// age follows a time, "" if it is not known.
func age(now, then time.Time) string {
	switch n, ok := days(now, then); {
	case !ok:
		return ""
	case n == 0:
		return " (today)"
	case n == 1:
		return " (1 day ago)"
	default:
		return fmt.Sprintf(" (%d days ago)", n)
	}
}

func describeMember(m trust.Member) string {
	text := cmp.Or(m.Name, m.Title, "unnamed")
	if m.Title != "" && m.Name != "" {
		text += "  " + m.Title
	}
	return text + "  " + validity(m) + "  " + short(m.ID)
}

func validity(m trust.Member) string {
	from, until := "ever", "open"
	if !m.From.IsZero() {
		from = m.From.UTC().Format(time.DateOnly)
	}
	if !m.Until.IsZero() {
		until = m.Until.UTC().Format(time.DateOnly)
	}
	return from + " – " + until
}

// short is enough of an id to tell it from others.
func short(id string) string { return id[:min(len(id), 12)] }

func singular(kind trust.MemberKind) string {
	switch kind {
	case trust.MemberAuthority:
		return "certificate authority"
	case trust.MemberLog:
		return "transparency log"
	case trust.MemberCertificateLog:
		return "certificate log"
	case trust.MemberTimestampAuthority:
		return "timestamp authority"
	}
	return string(kind)
}

func plural(kind trust.MemberKind) string {
	if stem, found := strings.CutSuffix(singular(kind), "y"); found {
		return stem + "ies"
	}
	return singular(kind) + "s"
}

// InUse is a trusted root that a run judges by, with what the last update says about it.
type InUse struct {
	trust.Root
	Kept *tuf.Status // nil if there was no update, or it is of no use
}

// days between a time and now; false if it is not known, or still to come.
func days(now, then time.Time) (int, bool) {
	if then.IsZero() || then.After(now) {
		return 0, false
	}
	return int(now.Sub(then) / (24 * time.Hour)), true
}
