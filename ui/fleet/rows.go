package fleet

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/widget"
)

// Columns of the matrix: these two, then one for each kind of evidence, then what there is to say.
const outcome, fleetImage, fleetCells = 0, 1, 2

// siftFleet is which rows match what was typed, sorted; without a column in the order of the list that they are of.
func siftFleet(all []fleet.Row, columns []fleet.Column, by widget.ListedBy) []int32 {
	fields := []string{"is", "image"}
	for _, c := range columns {
		fields = append(fields, strings.ToLower(string(c.ID)), strings.ToLower(c.Title))
	}
	all = all[:min(by.Number, len(all))]
	order := widget.ListRows(len(all), by, fields, func(i int, t widget.Term) bool { return matches(all[i], columns, t) },
		func(a, b, column int) int { return compareFleet(all[a], all[b], columns, column) })
	if by.Sorted == 0 {
		slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(all[a].Index, all[b].Index) })
	}
	return order
}

// outcomeWord is how an image counts, in a word or two. That something could not be looked at is not that it is absent.
func outcomeWord(r fleet.Row) string {
	switch {
	case r.Problem != "":
		return "not looked at"
	case r.Outdated:
		return "outdated"
	}
	switch r.Outcome() {
	case fleet.OutcomeSatisfied:
		return "satisfied"
	case fleet.OutcomeNotSatisfied:
		return "not satisfied"
	case fleet.OutcomeIncomplete:
	}
	return "incomplete"
}

func matches(r fleet.Row, columns []fleet.Column, t widget.Term) bool {
	switch t.Field {
	case "is":
		return t.In(outcomeWord(r), r.Verdict, r.ProblemKind) || t.Text == "changed" && len(r.Changes) > 0
	case "image":
		return t.In(r.Reference)
	case "":
		return t.In(r.Reference, remark(r), outcomeWord(r), r.ProblemKind) ||
			slices.ContainsFunc(r.Sources, func(s fleet.Source) bool { return t.In(s.String()) })
	}
	for _, c := range columns {
		if t.Field == strings.ToLower(string(c.ID)) || t.Field == strings.ToLower(c.Title) {
			cell := r.Cell(c.ID)
			return t.In(append([]string{string(cell.State), cell.Coverage, cell.Value}, cell.Signers...)...)
		}
	}
	return false
}

// remark is the most important thing to say of a row beside its cells.
func remark(r fleet.Row) string {
	switch {
	case len(r.Lookalikes) > 0:
		return lookalikeSaid(r.Lookalikes[0])
	case r.Problem != "":
		return r.ProblemKind + ": " + r.Problem
	case len(r.Changes) > 0:
		return changesSaid(r.Changes)
	case r.Outdated:
		return "as of " + r.AsOf + ": what the tag names now is not known"
	case len(r.SignedAs) > 0 && r.Policy.Satisfied:
		return signedAsSaid(r.SignedAs)
	case len(r.Missed) > 0:
		return "not everything could be looked at: " + r.Missed[0]
	case !r.Policy.Satisfied && len(r.Policy.Reasons) > 0:
		return unnamed(r.Policy.Reasons[0], r)
	case r.Invalid > 0:
		return invalidSaid(r.Invalid)
	}
	return ""
}

// unnamed is a sentence without the image's name, which stands in the row already.
func unnamed(sentence string, r fleet.Row) string {
	for _, name := range []string{r.Resolved, r.Reference} {
		if name != "" {
			sentence = strings.Replace(sentence, " "+name+" ", " ", 1)
		}
	}
	return sentence
}

// signedAsSaid warns of an image that was signed by another name.
func signedAsSaid(names []string) string {
	return "signed as " + strings.Join(names, ", ") + " and not by this name: a mirrored image, or one that is passed off as another"
}

// changesSaid are changes in a line, those for the worse first.
func changesSaid(changes []fleet.Change) string {
	var worse, others []string
	for _, c := range changes {
		if c.Worse {
			worse = append(worse, c.String())
		} else {
			others = append(others, c.String())
		}
	}
	return strings.Join(append(worse, others...), "; ")
}

// compareFleet orders rows by a column, what asks for attention first.
func compareFleet(a, b fleet.Row, columns []fleet.Column, column int) int {
	switch {
	case column == fleetImage:
		return cmp.Compare(a.Reference, b.Reference)
	case column == outcome:
		return cmp.Or(cmp.Compare(outcomeOrder(a), outcomeOrder(b)), cmp.Compare(a.Index, b.Index))
	case column-fleetCells < len(columns):
		x, y := a.Cell(columns[column-fleetCells].ID), b.Cell(columns[column-fleetCells].ID)
		return cmp.Or(cmp.Compare(cellOrder(x), cellOrder(y)), cmp.Compare(x.Level, y.Level), cmp.Compare(x.Value, y.Value))
	}
	return cmp.Or(cmp.Compare(min(len(remark(b)), 1), min(len(remark(a)), 1)), cmp.Compare(remark(a), remark(b)))
}

func outcomeOrder(r fleet.Row) int {
	order := []string{"not looked at", "incomplete", "outdated", "not satisfied", "satisfied"}
	return slices.Index(order, outcomeWord(r))
}

// cellOrder puts the worst first: what is bad, then what is not known, then what is not there.
func cellOrder(c fleet.Cell) int {
	switch c.State {
	case fleet.StateUnknown, "":
		return 1
	case fleet.StateNone:
		return 2
	case fleet.StatePartial:
		return 3
	}
	verdict, coverage := stateVerdict(c)
	if verdict == model.Invalid {
		return 0
	}
	return 100 - phrase.StandingRank(model.Standing{Verdict: verdict, Coverage: coverage})
}

// stateVerdict is the verdict that a cell's word stands for.
func stateVerdict(c fleet.Cell) (verdict, coverage model.Verdict) {
	for _, v := range model.Verdicts {
		if v.String() == string(c.State) {
			verdict = v
		}
		if v.String() == c.Coverage {
			coverage = v
		}
	}
	return verdict, coverage
}
