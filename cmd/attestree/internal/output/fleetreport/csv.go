package fleetreport

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/safe"
)

// CSV writes the rows as RFC 4180 has it, with a line of names first. What a spreadsheet would take for a formula
// begins with an apostrophe.
func CSV(w io.Writer, columns []fleet.Column, rows []fleet.Row) error {
	var text strings.Builder
	out := csv.NewWriter(&text)
	head := []string{"reference", "resolved", "verdict", "policy", "complete", "problem", "reasons"}
	for _, c := range columns {
		id := string(c.ID)
		head = append(head, id, id+" value", id+" signers")
	}
	head = append(head, "found in", "changes", "look-alikes", "signed as")
	if err := out.Write(fields(head)); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for _, r := range rows {
		if err := out.Write(fields(rowFields(columns, r))); err != nil {
			return fmt.Errorf("write CSV: %w", err)
		}
	}
	out.Flush()
	if _, err := io.WriteString(w, safe.Frame(text.String())); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

// Beside are sentences about a fleet that lines of CSV have no place for: what could not be read, what is no longer listed,
// and copies that differ.
func Beside(f Report) []string {
	out := append(append([]string{}, f.Header.Notes...), f.Header.Problems...)
	for _, reference := range f.Footer.Removed {
		out = append(out, "no longer listed: "+reference)
	}
	for _, d := range f.Footer.Copies {
		out = append(out, difference(d))
	}
	if !f.Footer.Complete {
		out = append(out, "the report is not whole: images may have no row")
	}
	return out
}

func rowFields(columns []fleet.Column, r fleet.Row) []string {
	policy := policyWord(r)
	out := []string{
		r.Reference, r.Resolved, r.Verdict, policy, strconv.FormatBool(r.Complete), r.Problem, strings.Join(r.Policy.Reasons, " "),
	}
	for _, column := range columns {
		c := r.Cell(column.ID)
		out = append(out, string(c.State), c.Value, strings.Join(c.Signers, " "))
	}
	var places, changes []string
	for _, s := range r.Sources {
		places = append(places, s.String())
	}
	for _, c := range r.Changes {
		changes = append(changes, c.String())
	}
	return append(out, strings.Join(places, "; "), strings.Join(changes, "; "), strings.Join(r.Lookalikes, "; "), strings.Join(r.SignedAs, "; "))
}

// formulas are what a formula begins with; spreadsheets of East Asia take the full-width forms too.
const formulas = "=+-@\t\r＝＋－＠"

// fields makes external text harmless for a terminal and for a spreadsheet.
func fields(in []string) []string {
	out := make([]string, 0, len(in))
	for _, s := range in {
		s = output.Clean(s)
		if start := strings.TrimLeft(s, " "); start != "" && strings.ContainsRune(formulas, []rune(start)[0]) {
			s = "'" + s
		}
		out = append(out, s)
	}
	return out
}
