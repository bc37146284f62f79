package diff

// Progress is how far a comparison is that takes its time. The last has the answer.
type Progress struct {
	Found, Judged int // nodes of the other side so far
	// Report is the answer, Err why there is none; both are nil as long as the other side is being read.
	Report *Report
	Err    error
}

// Swapped is the comparison the other way round.
func (r Report) Swapped() Report { return Compare(r.After, r.Before) }
