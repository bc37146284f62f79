package fleet

import (
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
)

// Row is what is known of one image.
type Row struct {
	Index     int      `json:"index"` // of the reference in the list, from 0
	Reference string   `json:"reference"`
	Sources   []Source `json:"sources"`
	Resolved  string   `json:"resolved"` // registry/repository@digest, "" where it could not be resolved
	Digest    string   `json:"digest"`
	// Problem says why the image could not be looked at at all; its kind is one of the registry's words for errors, and
	// "reference" for a reference that is none. Both are "" for an image that was judged.
	Problem     string `json:"problem"`
	ProblemKind string `json:"problemKind"`
	Verdict     string `json:"verdict"`
	Reason      string `json:"reason"`
	// Complete says that everywhere was looked; Missed names what could not be had.
	Complete bool     `json:"complete"`
	Missed   []string `json:"missed"`
	Cells    []Cell   `json:"cells"`
	// Invalid counts what is attached, to the image or to a platform of it, and is wrong. It changes no verdict: whoever may
	// push can attach what they like.
	Invalid int `json:"invalid,omitempty"`
	// SignedAs are the repositories by whose names the image was signed, where none is the one that it is in.
	SignedAs []string `json:"signedAs,omitempty"`
	// Lookalikes are names in the row that mix letters of several scripts, so that they may only look like others.
	Lookalikes []string `json:"lookalikes,omitempty"`
	Policy     Answer   `json:"policy"`
	JudgedAt   string   `json:"judgedAt"` // RFC 3339
	// AsOf is when a registry said this last, where it was answered from a cache; Outdated that the reference is a tag, of
	// which nobody knows what it names now.
	AsOf     string   `json:"asOf,omitempty"`
	Outdated bool     `json:"outdated,omitempty"`
	Changes  []Change `json:"changes,omitempty"`
}

// Answer is the policy's, of one image.
type Answer struct {
	Satisfied bool     `json:"satisfied"`
	Reasons   []string `json:"reasons"`
	NotMet    []string `json:"notMet"` // IDs of the requirements that are not met, or not known to be, sorted
}

// answerOf is the policy's answer without what repeats in every row.
func answerOf(a model.PolicyAnswer) Answer {
	out := Answer{Satisfied: a.Satisfied, Reasons: append([]string{}, a.Reasons...), NotMet: []string{}}
	for _, r := range a.Requirements {
		if r.Status != model.RequirementMet {
			out.NotMet = append(out.NotMet, r.ID)
		}
	}
	slices.Sort(out.NotMet)
	out.NotMet = slices.Compact(out.NotMet)
	return out
}

// mostMissed is how much of what could not be had one row names.
const mostMissed = 8

// Judged is the row of a tree that has been judged.
func Judged(image Image, index int, t *model.Tree, columns []Column, answer model.PolicyAnswer, judgedAt string) Row {
	row := Row{
		Index: index, Reference: image.Reference, Sources: image.Sources, Resolved: t.Reference,
		Verdict: model.Unchecked.String(), Missed: []string{}, Cells: assess(t, columns), Policy: answerOf(answer), JudgedAt: judgedAt,
	}
	if root := t.Root(); root != nil {
		row.Digest = string(root.Node.Digest)
		row.Verdict, row.Reason = root.Standing.Verdict.String(), root.Standing.Reason
	}
	if !t.AsOf.IsZero() {
		row.AsOf = t.AsOf.UTC().Format(time.RFC3339)
		row.Outdated = !pinned(image.Reference)
	}
	t.Walk(func(e *model.Entry) {
		if e.Standing.Verdict == model.Invalid && e != t.Root() {
			row.Invalid++
		}
	})
	missed := missed(t)
	row.Complete = len(missed) == 0 && t.Found && t.Complete && t.Root() != nil
	row.Missed = append(row.Missed, missed[:min(len(missed), mostMissed)]...)
	row.Lookalikes, row.SignedAs = lookalikes(row.Reference, row.Cells), signedAs(t)
	return row
}

// Failed is the row of an image that could not be looked at.
func Failed(image Image, index int, columns []Column, kind, problem, judgedAt string) Row {
	row := Row{
		Index: index, Reference: image.Reference, Sources: image.Sources, Problem: problem, ProblemKind: kind,
		Verdict: model.Unavailable.String(), Missed: []string{}, JudgedAt: judgedAt,
		Policy: Answer{Reasons: []string{problem}, NotMet: []string{}},
	}
	for _, c := range columns {
		row.Cells = append(row.Cells, Cell{Column: c.ID, State: StateUnknown, Signers: []string{}, Reason: problem})
	}
	row.Lookalikes = lookalikes(row.Reference, nil)
	return row
}

// As is the row for another reference to the same digest in the same repository.
func (r Row) As(image Image, index int) Row {
	r.Index, r.Reference, r.Sources, r.Changes = index, image.Reference, image.Sources, nil
	r.Outdated = r.AsOf != "" && !pinned(image.Reference)
	r.Lookalikes = lookalikes(image.Reference, r.Cells)
	return r
}

// pinned reports whether a reference names a digest.
func pinned(reference string) bool { return strings.Contains(reference, "@") }

// Pinned is the reference with the digest that was judged: what a tag names may be another thing by now. It is the
// reference alone where no digest is known.
func (r Row) Pinned() string {
	switch {
	case pinned(r.Reference) || !model.Digest(r.Digest).Valid():
		return r.Reference
	case strings.LastIndex(r.Reference, ":") > strings.LastIndex(r.Reference, "/"):
		return r.Reference + "@" + r.Digest
	}
	return r.Reference + ":latest@" + r.Digest
}

// Cell is the row's cell of a column; its zero value if it has none.
func (r Row) Cell(id ColumnID) Cell {
	for _, c := range r.Cells {
		if c.Column == id {
			return c
		}
	}
	return Cell{Column: id}
}

// Outcome is how one image counts for the whole.
type Outcome int

// The outcomes, the worst last.
const (
	OutcomeSatisfied    Outcome = iota
	OutcomeNotSatisfied         // everything was looked at
	OutcomeIncomplete           // not satisfied, or not even judged, and not everything could be looked at; or outdated
)

// Outcome says how the row counts. What the policy is satisfied with stays so, even if some look-up failed.
func (r Row) Outcome() Outcome {
	switch {
	case r.Problem != "", r.Outdated:
		return OutcomeIncomplete
	case r.Policy.Satisfied:
		return OutcomeSatisfied
	case !r.Complete:
		return OutcomeIncomplete
	}
	return OutcomeNotSatisfied
}
