package card

import (
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/predicate"
)

// provenance is the one that counts most and can be read, nil if there is none.
func (s *scope) provenance() (*model.Entry, predicate.Provenance) {
	for _, e := range s.found(model.FamilyProvenance) {
		if p, _, ok := decoded[predicate.Provenance](e); ok {
			return e, p
		}
	}
	return nil, predicate.Provenance{}
}

// proof is what is proven of a build, by the labels of model.SLSALine: what the certificate of a hosted platform says and
// the predicate does not contradict. Below level 2 nothing is: whoever built it could have written what they like.
func proof(e *model.Entry) map[string]string {
	level := model.EntrySLSA(e)
	if !good(e) || level == nil || level.Level < 2 {
		return nil
	}
	proven := map[string]string{}
	for _, l := range level.Lines {
		if l.Status == model.CheckPassed && l.Verified != "" {
			proven[l.Label] = l.Verified
		}
	}
	return proven
}

// why says what keeps a claim from being proven.
func why(e *model.Entry) string {
	switch e.Standing.Verdict {
	case model.Trusted, model.Valid:
		return "the word of who signed it"
	case model.Covered:
		return "nobody signed what it says; unchanged since the image was signed"
	case model.Untrusted:
		return "the word of somebody who is not on your list"
	case model.Unverifiable:
		return "who signed it could not be checked"
	case model.Unsigned:
		return "nobody signed it"
	case model.Invalid, model.Unavailable, model.Unchecked:
	}
	return ""
}

func (s *scope) builder() []Line {
	e, p := s.provenance()
	if e == nil {
		return []Line{line(Builder, "builder", s.lack("no provenance says who built it"), s.nothing(), nil)}
	}
	proven := proof(e)
	l := line(Builder, "builder", bare(proven["Builder"]), Proven, e)
	l.Note = model.EntrySLSA(e).Title()
	if l.Text == "" {
		l.Basis, l.Text, l.Note = Claimed, bare(p.BuilderID), why(e)
		if l.Text == "" {
			l.Text = p.BuilderTitle()
		}
	}
	if l.Text == "" {
		l.Basis, l.Text = Absent, "the provenance names no builder"
	}
	out := []Line{l}
	if run := proven["Run"]; run != "" {
		out = append(out, line(Builder, "run", bare(run), Proven, e))
	} else if run := p.Origin().Run; run != "" && run != p.BuilderID {
		out = append(out, line(Builder, "run", bare(run), Claimed, e))
	}
	return out
}

// lack is a sentence about what is not there, as far as that is known.
func (s *scope) lack(what string) string {
	if s.unseen == "" {
		return what
	}
	if s.unseen == searching {
		return what + " so far: " + s.unseen
	}
	return what + ", as far as could be looked: " + s.unseen
}

func (s *scope) source() []Line {
	return append([]Line{s.origin()}, s.bases()...)
}

// origin is the source that the image was built from.
func (s *scope) origin() Line {
	e, p := s.provenance()
	if e != nil {
		proven := proof(e)
		if repository, commit := proven["Source"], proven["Commit"]; repository != "" && commit != "" {
			return line(Source, "source", sourceText(repository, proven["Ref"], commit), Proven, e)
		}
		if o := p.Origin(); o.Repository != "" || o.Commit != "" {
			l := line(Source, "source", sourceText(o.Repository, o.Ref, p.Commit), Claimed, e)
			l.Note = why(e)
			if p.SourceByClient {
				l.Note += "; said by the build's client"
			}
			l.Note += s.sameSource(o)
			return l
		}
	}
	for _, e := range append([]*model.Entry{s.root}, s.platforms...) {
		repository, commit := e.Said("org.opencontainers.image.source"), e.Said("org.opencontainers.image.revision")
		if repository != "" || commit != "" {
			l := line(Source, "source", sourceText(repository, "", commit), Claimed, e)
			l.Note = "its own annotations and labels say so" + s.sameSource(model.Origin{Repository: repository, Commit: commit})
			return l
		}
	}
	return line(Source, "source", s.lack("nothing says from what source it was built"), s.nothing(), nil)
}

// sameSource says that a signer of the image itself has a certificate for the same repository and commit: that of the
// run that signed. It is "" where none has.
func (s *scope) sameSource(o model.Origin) string {
	for _, e := range s.voices() {
		if !good(e) || o.Commit == "" || o.Repository == "" {
			continue
		}
		c := model.CertificateOrigin(e.Report.Signer)
		if c.Commit != "" && strings.EqualFold(c.Commit, o.Commit) && model.SameRepository(c.Repository, o.Repository) {
			return "; of the same source and commit as the run that signed it"
		}
	}
	return ""
}

func sourceText(repository, ref, commit string) string {
	parts := []string{bare(repository)}
	if ref != "" {
		parts = append(parts, strings.TrimPrefix(strings.TrimPrefix(ref, "refs/heads/"), "refs/"))
	}
	if commit != "" {
		parts = append(parts, "commit "+commit)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// bare is an address without what all of them begin with.
func bare(uri string) string { return strings.TrimPrefix(uri, "https://") }

// bases are the images that it was built from. No certificate says anything about those.
func (s *scope) bases() (out []Line) {
	for _, e := range append([]*model.Entry{s.root}, s.platforms...) {
		name, digest := e.Said("org.opencontainers.image.base.name"), e.Said("org.opencontainers.image.base.digest")
		if name != "" || digest != "" {
			l := line(Source, "base-image", strings.TrimSpace(name+" "+digest), Claimed, e)
			l.Note = "its own annotations and labels say so"
			return []Line{l}
		}
	}
	seen := map[string]bool{}
	for _, e := range s.found(model.FamilyProvenance) {
		p, _, ok := decoded[predicate.Provenance](e)
		if !ok || p.Images == "" {
			continue
		}
		for image := range strings.SplitSeq(p.Images, "\n") {
			if !seen[image] {
				seen[image] = true
				l := line(Source, "base-image", image, Claimed, e)
				l.Note = why(e)
				out = append(out, l)
			}
		}
	}
	if len(out) == 0 {
		out = append(out, line(Source, "base-image", s.lack("nothing names the image that it is based on"), s.nothing(), nil))
	}
	return out
}

// signedAt is when a node was signed, as far as that is proven.
func signedAt(e *model.Entry) time.Time {
	if e.Report == nil || e.Report.Signer == nil {
		return time.Time{}
	}
	return e.Report.SignedAt
}

func (s *scope) times() (out []Line) {
	if e := s.voice(); e != nil && good(e) && !signedAt(e).IsZero() {
		out = append(out, line(Time, "signed", "signed "+instant(signedAt(e)), Proven, e))
	}
	if e := s.coverer(); e != nil && good(e) && !signedAt(e).IsZero() {
		out = append(out, line(Time, "signed", "the index that holds it was signed "+instant(signedAt(e)), Proven, e))
	}
	if e, p := s.provenance(); e != nil {
		if text := span(p.Started, p.Finished); text != "" {
			l := line(Time, "built", "built "+text, Claimed, e)
			l.Note = why(e)
			out = append(out, l)
		}
	}
	if created := s.root.Said("org.opencontainers.image.created"); created != "" {
		l := line(Time, "created", "created "+written(created), Claimed, s.root)
		l.Note = "its own annotations say so"
		out = append(out, l)
	}
	if len(out) == 0 {
		out = append(out, line(Time, "signed", s.lack("nothing says when it was built or signed"), s.nothing(), nil))
	}
	return out
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// written is a time as somebody wrote it: in one form where it can be read, as it is otherwise.
func written(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return instant(t)
	}
	return s
}

// span is a beginning with how long it took.
func span(started, finished string) string {
	from, err := time.Parse(time.RFC3339, started)
	to, err2 := time.Parse(time.RFC3339, finished)
	switch {
	case err == nil && err2 == nil && !to.Before(from):
		return fmt.Sprintf("%s, took %s", instant(from), to.Sub(from).Round(time.Second))
	case started != "":
		return written(started)
	case finished != "":
		return "until " + written(finished)
	}
	return ""
}
