package audit

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// Decision is what a reviewer made of a reason.
type Decision string

// The decisions.
const (
	Accept   Decision = "accept"
	Question Decision = "question"
	Reject   Decision = "reject"
)

// Review is one decision about one reason, and what it was made on. It holds as long as the reason and what it allows
// stay as they were (docs/audit.md).
type Review struct {
	Code     string // of the entry: a code, rule or category
	Decision Decision
	Note     string
	Reviewer string
	Date     time.Time
	Digest   model.Digest // of the image that was looked at
	Reason   model.Digest // see ReasonHash
	Allowed  model.Digest // see allowedHash
	Scope    string       // of the entry as applied, "" where it was not known
	Line     int
}

// Reviewed is a review beside a finding that it is about.
type Reviewed struct {
	Review Review
	Again  string // why the entry needs review again, "" while the review holds
	Unseen string // why nobody can say whether the entry was broadened since, "" where that was compared
}

// accepted reports whether the review holds and accepts.
func (r Reviewed) accepted() bool { return r.Again == "" && r.Review.Decision == Accept }

// rejected reports whether the review rejects: a rejection outlives what it was made on.
func (r Reviewed) rejected() bool { return r.Review.Decision == Reject }

// ReasonHash is what a review is bound to of a reason: its words, however they are broken into lines.
func ReasonHash(reason string) model.Digest { return model.DigestOf([]byte(plain(reason))) }

// allowedHash is what a review is bound to of the findings that a reason lets through: technique or rule, tool or file,
// and severity of each.
func allowedHash(issues []Issue) model.Digest {
	var lines []string
	for _, i := range issues {
		lines = append(lines, strings.Join([]string{i.Technique, i.Subtechnique, i.Rule, i.Category, i.Tool, i.File, i.Severity}, "\x00"))
	}
	slices.Sort(lines)
	return model.DigestOf([]byte(strings.Join(slices.Compact(lines), "\n")))
}

// keyed reports whether an entry with that code could let the issue through.
func keyed(i Issue, code string) bool {
	return code != "" && (slices.Contains(codes(i), code) || code == i.Rule || code == i.Category)
}

// Lots are the findings that were let through, by reason: what a review of a reason is about.
type Lots struct {
	byReason map[model.Digest][]IssueReport
	hashes   map[[2]string]model.Digest
}

// NewLots groups findings.
func NewLots(rows []IssueReport) *Lots {
	l := &Lots{byReason: map[model.Digest][]IssueReport{}, hashes: map[[2]string]model.Digest{}}
	for _, row := range rows {
		reason := ReasonHash(row.Issue.Reason)
		l.byReason[reason] = append(l.byReason[reason], row)
	}
	return l
}

// Allowed is the allowedHash of everything that an entry with that code lets through for that reason.
func (l *Lots) Allowed(code string, reason model.Digest) model.Digest {
	key := [2]string{code, string(reason)}
	hash, known := l.hashes[key]
	if !known {
		var issues []Issue
		for _, row := range l.byReason[reason] {
			if keyed(row.Issue, code) {
				issues = append(issues, row.Issue)
			}
		}
		hash = allowedHash(issues)
		l.hashes[key] = hash
	}
	return hash
}

// Scope is how far the entries reach that let through what an entry with that code lets through for that reason, "" where no
// entry is known. It may grow although nothing more was found.
func (l *Lots) Scope(code string, reason model.Digest) string {
	var scopes []string
	for _, row := range l.byReason[reason] {
		if row.Applied != "" && keyed(row.Issue, code) {
			scopes = append(scopes, row.Applied)
		}
	}
	slices.Sort(scopes)
	return strings.Join(slices.Compact(scopes), "; ")
}

// reviewOf is what reviewers say of an issue that was let through, nil if nothing: the newest review of its reason as it
// is, else the newest of an entry that could let it through. A later rejection always counts.
func reviewOf(reviews []Review, i Issue, lots *Lots) *Reviewed {
	var best *Review
	reason := ReasonHash(i.Reason)
	for n := range reviews {
		if r := &reviews[n]; keyed(i, r.Code) && (best == nil || counts(*r, *best, reason)) {
			best = r
		}
	}
	if best == nil {
		return nil
	}
	out := &Reviewed{Review: *best}
	switch {
	case best.Reason != reason:
		out.Again = "the reason has changed since it was reviewed"
	case best.Allowed != lots.Allowed(best.Code, reason):
		out.Again = "what the reason allows has changed since it was reviewed"
	default:
		out.broadened(lots.Scope(best.Code, reason))
	}
	return out
}

// broadened compares how far the entry reached when it was reviewed with how far it reaches now, where both are known.
func (r *Reviewed) broadened(now string) {
	switch before := r.Review.Scope; {
	case before == "":
		r.Unseen = "the review does not record how far the entry reached, so that nobody can say whether it was broadened since"
	case now == "":
		r.Unseen = "how far the entry reaches now is not known, so that nobody can say whether it was broadened since: it takes the specification"
	case now != before:
		r.Again = "the entry allowed " + before + " when it was reviewed, and allows " + now
	}
}

// counts reports whether a review counts before one that stands before it in the file.
func counts(r, before Review, reason model.Digest) bool {
	later := !r.Date.Before(before.Date)
	switch {
	case r.Decision == Reject && later, before.Decision == Reject && !later:
		return later
	case (r.Reason == reason) != (before.Reason == reason):
		return r.Reason == reason
	}
	return later
}

// ParseReviews reads a file of reviews.
func ParseReviews(path string, data []byte) ([]Review, error) {
	root, err := document(path, data)
	if err != nil {
		return nil, err
	}
	list, err := readReviews(root)
	if err != nil {
		return nil, located(path, err)
	}
	return list, nil
}

func readReviews(root node) ([]Review, error) {
	if root.empty() {
		return nil, nil
	}
	top, err := root.mapping("the file")
	if err != nil {
		return nil, err
	}
	items, err := top["reviews"].list("reviews")
	if err != nil {
		return nil, err
	}
	var out []Review
	for _, item := range items {
		fields, err := item.mapping("a review")
		if err != nil {
			return nil, err
		}
		r, err := readReview(fields)
		if err != nil {
			return nil, item.unexpected("review: %v", err)
		}
		r.Line = item.Line
		out = append(out, r)
	}
	return out, nil
}

func readReview(fields map[string]node) (Review, error) {
	read := texts{}
	r := Review{
		Code: read.text(fields, "code"), Decision: Decision(read.text(fields, "decision")), Note: read.text(fields, "note"),
		Reviewer: read.text(fields, "reviewer"), Scope: read.text(fields, "scope"),
	}
	date := read.text(fields, "date")
	digests := map[string]*model.Digest{"digest": &r.Digest, "reason": &r.Reason, "allowed": &r.Allowed}
	for _, key := range []string{"digest", "reason", "allowed"} {
		value := read.text(fields, key)
		if read.err != nil {
			return r, read.err
		}
		d, err := model.ParseDigest(value)
		if err != nil {
			return r, errors.New(key + " is no digest (sha256:…)")
		}
		*digests[key] = d
	}
	var err error
	if r.Date, err = day(date); err != nil {
		return r, err
	}
	switch {
	case read.err != nil:
		return r, read.err
	case r.Code == "":
		return r, errors.New("it names no code")
	case r.Reviewer == "":
		return r, errors.New("it names no reviewer")
	case !slices.Contains([]Decision{Accept, Question, Reject}, r.Decision):
		return r, errors.New("decision is not accept, question or reject")
	}
	return r, nil
}

func day(s string) (time.Time, error) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, nil
		}
	}
	return time.Time{}, errors.New("date is neither a day (2026-01-31) nor a time")
}
