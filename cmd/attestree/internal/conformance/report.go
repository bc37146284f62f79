package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// agrees reports whether a run ended as its case wants, and where it is known which check ought to notice, whether it was
// that one.
func (o outcome) agrees() bool {
	verified := o.code == 0
	if verified == o.bad {
		return false
	}
	want, known := noticedBy[strings.TrimSuffix(o.name, failSuffix)]
	return !o.bad || !known || o.check == want
}

// report prints a table and returns how many runs did not end as they should.
func report(w io.Writer, outcomes []outcome) int {
	var rows strings.Builder
	rows.WriteString("\tCASE\tBY\tVERDICT\tCHECK\tREASON\n")
	wrong := 0
	for _, o := range outcomes {
		mark := "ok"
		if !o.agrees() {
			mark = "WRONG"
			wrong++
		}
		fmt.Fprintf(&rows, "%s\t%s\t%s\t%s\t%s\t%s\n", mark, o.name, o.way, o.verdict, o.check, o.why)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, err := io.WriteString(table, rows.String())
	if err == nil {
		err = table.Flush()
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "%d cases, %d runs, %d not as they should be\n", len(outcomes)/2, len(outcomes), wrong)
	}
	if err != nil {
		wrong++ // a table that nobody can read shows nothing
	}
	return wrong
}
