package coveragereport

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/pkg"
	"github.com/attestree/attestree/ui/safe"
)

// Markdown writes the report as two tables.
func Markdown(w io.Writer, rows []pkg.Row, f Facts) error {
	var out strings.Builder
	fmt.Fprintf(&out, "# Packages of %s\n\n| protocol | packages | none | signatures | attestations | verified | wrong | unknown |\n|---|---|---|---|---|---|---|---|\n", output.Inline(f.Folder))
	for _, c := range pkg.Counts(rows) {
		fmt.Fprintf(&out, "| %s | %d | %d | %d | %d | %d | %d | %d |\n", output.Inline(or(c.Protocol, "?")), c.Packages, c.By[pkg.None],
			c.By[pkg.Signatures], c.By[pkg.Attestations], c.Verified, c.Wrong, c.Unknown)
	}
	out.WriteString("\n| specification | package | coverage | published by | to look at |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		if r.Package == "" && r.Problem == "" {
			continue
		}
		var notes []string
		for _, finding := range r.Findings {
			notes = append(notes, finding.Message)
		}
		switch {
		case r.Problem != "":
			notes = append(notes, r.Problem)
		case !r.Satisfied && len(r.Reasons) > 0 && !said(r.Findings, r.Reasons[0]):
			notes = append(notes, r.Reasons[0])
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", output.Inline(r.Spec), output.Inline(r.Package), rowState(r),
			output.Inline(strings.Join(r.Publishers, ", ")), output.Inline(strings.Join(notes, "; ")))
	}
	for _, problem := range f.Problems {
		fmt.Fprintf(&out, "\nnot read: %s\n", output.Inline(problem.Error()))
	}
	if note := without(rows); note != "" {
		fmt.Fprintf(&out, "\n%s\n", note)
	}
	if _, err := io.WriteString(w, safe.Frame(out.String())); err != nil {
		return fmt.Errorf("write Markdown: %w", err)
	}
	return nil
}
