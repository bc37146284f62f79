package fleetcmd

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/cmd/attestree/internal/output/fleetreport"
	"github.com/attestree/attestree/model/fleet"
)

// printer writes a report in the form that was asked for: JSON lines as the rows come, everything else at the end and
// in the order of the list.
type printer struct {
	app     *run.App
	form    string
	columns []fleet.Column
	head    fleet.Header
	rows    *[]fleet.Row
	summary *fleet.Summary
	copies  *fleet.Copies
	lines   *fleetreport.Lines // nil until it has begun
	watch   func(fleet.Row)    // sees every row too; may be nil
}

func newPrinter(a *run.App, f *fleetFlags, columns []fleet.Column) printer {
	return printer{
		app: a, form: f.output, columns: columns, rows: &[]fleet.Row{}, summary: &fleet.Summary{}, copies: &fleet.Copies{},
	}
}

func (p *printer) begin(h fleet.Header) error {
	p.head = h
	if p.form == "json" {
		p.lines = fleetreport.NewLines(p.app.Stdout)
		return p.lines.Header(h)
	}
	return nil
}

func (p *printer) row(r fleet.Row) error {
	p.summary.Add(r)
	p.copies.Add(r)
	if p.watch != nil {
		p.watch(r)
	}
	if p.form == "json" {
		return p.lines.Row(r)
	}
	*p.rows = append(*p.rows, r)
	return nil
}

func (p *printer) footer(complete bool, now time.Time) fleet.Footer {
	return fleet.Footer{
		Complete: complete, Summary: *p.summary, Copies: p.copies.Differences(), Removed: []string{},
		FinishedAt: now.UTC().Format(time.RFC3339),
	}
}

func (p *printer) end(footer fleet.Footer) error {
	slices.SortStableFunc(*p.rows, func(a, b fleet.Row) int { return a.Index - b.Index })
	whole := fleetreport.Report{Header: p.head, Columns: p.columns, Rows: *p.rows, Footer: footer}
	switch p.form {
	case "json":
		return p.lines.Footer(footer)
	case "csv":
		for _, sentence := range fleetreport.Beside(whole) {
			p.app.Tell("note: " + sentence)
		}
		return fleetreport.CSV(p.app.Stdout, p.columns, *p.rows)
	case "markdown":
		return fleetreport.Markdown(p.app.Stdout, whole)
	}
	return p.app.PrintStyled(func(page *output.Page) error { return fleetreport.Text(page, whole) })
}

// shortHash names what several texts say together.
func shortHash(parts ...string) string {
	sum := sha256.New()
	_, _ = io.WriteString(sum, strings.Join(parts, "\n"))
	return hex.EncodeToString(sum.Sum(nil)[:12])
}
