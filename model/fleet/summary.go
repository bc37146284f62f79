package fleet

// Summary counts rows. Its zero value is that of no rows.
type Summary struct {
	Images       int `json:"images"`
	Satisfied    int `json:"satisfied"`
	NotSatisfied int `json:"notSatisfied"`
	Incomplete   int `json:"incomplete"` // Problems included
	Problems     int `json:"problems"`   // could not be looked at at all
	Changed      int `json:"changed"`
	// Verdicts counts images by verdict, Columns cells by column and state, Levels images by proven SLSA level.
	Verdicts map[string]int             `json:"verdicts"`
	Columns  map[ColumnID]map[State]int `json:"columns"`
	Levels   map[int]int                `json:"levels"`
	Kinds    map[string]int             `json:"problemKinds"`
}

// Add counts one row.
func (s *Summary) Add(r Row) {
	if s.Verdicts == nil {
		s.Verdicts, s.Columns, s.Levels, s.Kinds = map[string]int{}, map[ColumnID]map[State]int{}, map[int]int{}, map[string]int{}
	}
	s.Images++
	s.Verdicts[r.Verdict]++
	switch r.Outcome() {
	case OutcomeSatisfied:
		s.Satisfied++
	case OutcomeNotSatisfied:
		s.NotSatisfied++
	case OutcomeIncomplete:
		s.Incomplete++
	}
	if r.Problem != "" {
		s.Problems++
		s.Kinds[r.ProblemKind]++
	}
	if len(r.Changes) > 0 {
		s.Changed++
	}
	for _, c := range r.Cells {
		if s.Columns[c.Column] == nil {
			s.Columns[c.Column] = map[State]int{}
		}
		s.Columns[c.Column][c.State]++
		if c.Column == ColumnProvenance && c.State.Present() {
			s.Levels[c.Level]++
		}
	}
}

// Worst is the outcome that decides for the whole: what could not be finished outranks what does not satisfy.
func (s *Summary) Worst() Outcome {
	switch {
	case s.Incomplete > 0:
		return OutcomeIncomplete
	case s.NotSatisfied > 0:
		return OutcomeNotSatisfied
	}
	return OutcomeSatisfied
}
