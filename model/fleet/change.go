package fleet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// ChangeKind is how an image differs from an earlier report. Values may be added, never changed.
type ChangeKind string

// The kinds of change.
const (
	ChangeAdded      ChangeKind = "added"   // the earlier report does not have the reference
	ChangeRemoved    ChangeKind = "removed" // only the earlier report has it
	ChangeDigest     ChangeKind = "digest"
	ChangeLost       ChangeKind = "lost"   // evidence was there and is not
	ChangeUnseen     ChangeKind = "unseen" // evidence was there and could not be looked for
	ChangeGained     ChangeKind = "gained"
	ChangeState      ChangeKind = "state" // of evidence that was there and is
	ChangeSigner     ChangeKind = "signer"
	ChangeLevel      ChangeKind = "level"
	ChangeVerdict    ChangeKind = "verdict"
	ChangePolicy     ChangeKind = "policy"
	ChangeUnreadable ChangeKind = "unreadable" // it could be looked at before and cannot now
)

// Change is one difference. Before and After may be external text.
type Change struct {
	Kind   ChangeKind `json:"kind"`
	Column ColumnID   `json:"column,omitempty"`
	Before string     `json:"before"`
	After  string     `json:"after"`
	// Worse says that something was lost, fell, or is signed by somebody else than before.
	Worse bool `json:"worse"`
}

// String is the change in a sentence.
func (c Change) String() string {
	of := ""
	if c.Column != "" {
		of = string(c.Column) + " "
	}
	switch c.Kind {
	case ChangeAdded:
		return "new in this report"
	case ChangeRemoved:
		return "no longer listed"
	case ChangeLost:
		return of + "lost (was " + c.Before + ")"
	case ChangeUnseen:
		return of + "not seen: could not look (was " + c.Before + ")"
	case ChangeGained:
		return of + "gained (" + c.After + ")"
	case ChangeUnreadable:
		return "could not be looked at: " + c.After
	case ChangeSigner:
		return fmt.Sprintf("%ssigner changed from %s to %s", of, orNobody(c.Before), orNobody(c.After))
	case ChangeDigest, ChangeState, ChangeLevel, ChangeVerdict, ChangePolicy:
	}
	return fmt.Sprintf("%s%s changed from %s to %s", of, c.Kind, c.Before, c.After)
}

func orNobody(s string) string {
	if s == "" {
		return "nobody who is proven"
	}
	return s + model.ScriptMark(s)
}

// Compare says how a row differs from an earlier one of the same reference.
func Compare(before, after Row) []Change {
	if after.Problem != "" {
		if before.Problem != "" {
			return nil
		}
		return []Change{{Kind: ChangeUnreadable, Before: before.Verdict, After: after.Problem, Worse: true}}
	}
	if before.Problem != "" {
		return nil // nothing is known to compare with
	}
	var changes []Change
	if before.Digest != after.Digest {
		changes = append(changes, Change{Kind: ChangeDigest, Before: before.Digest, After: after.Digest})
	}
	if before.Verdict != after.Verdict {
		changes = append(changes, Change{
			Kind: ChangeVerdict, Before: before.Verdict, After: after.Verdict,
			Worse: (Cell{State: State(after.Verdict)}).rank() < (Cell{State: State(before.Verdict)}).rank(),
		})
	}
	for _, cell := range after.Cells {
		changes = append(changes, compareCells(before.Cell(cell.Column), cell)...)
	}
	if before.Policy.Satisfied != after.Policy.Satisfied {
		changes = append(changes, Change{
			Kind: ChangePolicy, Before: satisfied(before), After: satisfied(after), Worse: !after.Policy.Satisfied,
		})
	}
	return changes
}

func satisfied(r Row) string {
	if r.Policy.Satisfied {
		return "satisfied"
	}
	return "not satisfied"
}

// compareCells says how evidence of one kind differs. What could not be looked for now or then has not changed, as far as
// anybody knows.
func compareCells(before, after Cell) []Change {
	change := Change{Column: after.Column, Before: string(before.State), After: string(after.State)}
	switch {
	case before.State == "" || before.State == StateUnknown:
		return nil // a column of another policy, or nothing was seen then
	case before.State.Present() && after.State == StateNone:
		change.Kind, change.Worse = ChangeLost, true
		return []Change{change}
	case before.State.Present() && after.State == StateUnknown:
		change.Kind, change.Worse = ChangeUnseen, true
		return []Change{change}
	case !before.State.Present():
		if !after.State.Present() {
			return nil
		}
		change.Kind = ChangeGained
		return []Change{change}
	}
	var changes []Change
	if before.State != after.State || before.Coverage != after.Coverage {
		change.Kind, change.Worse = ChangeState, after.rank() < before.rank()
		changes = append(changes, change)
	}
	if was, is := strings.Join(before.Signers, ", "), strings.Join(after.Signers, ", "); was != is {
		changes = append(changes, Change{
			Kind: ChangeSigner, Column: after.Column, Before: was, After: is, Worse: !anotherRef(before.Signers, after.Signers),
		})
	}
	if before.Level != after.Level {
		changes = append(changes, Change{
			Kind: ChangeLevel, Column: after.Column, Before: fmt.Sprintf("L%d", before.Level), After: fmt.Sprintf("L%d", after.Level),
			Worse: after.Level < before.Level,
		})
	}
	return changes
}

// anotherRef reports whether signers differ in the tag of their workflows only, as from release to release. Another branch,
// or a pull request, is somebody else.
func anotherRef(before, after []string) bool {
	return slices.Equal(withoutRefs(before), withoutRefs(after))
}

func withoutRefs(signers []string) []string {
	var out []string
	for _, s := range signers {
		subject, issuer, _ := strings.Cut(s, " (")
		if workflow, _, found := strings.Cut(subject, "@refs/tags/"); found {
			subject = workflow
		}
		out = append(out, subject+" ("+issuer)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
