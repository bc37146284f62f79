package auditreport

import (
	"io"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/audit"
)

// CatalogueMarkdown writes the audit of a catalogue as a report.
func CatalogueMarkdown(w io.Writer, c audit.Catalogue, f CatalogueFacts) error {
	m, t := markdown{&output.Markdown{}}, c.Totals()
	m.Line("# Audit of allowed issues\n")
	if len(f.Only) > 0 {
		m.Line("In %s: %s.\n", output.Inline(f.Folder), f.among(t))
	} else {
		m.Line("%s in %s, %s.\n", output.Plural(t.Specs, "specification", "specifications"), output.Inline(f.Folder), output.Plural(t.Entries, "allowed issue", "allowed issues"))
	}
	m.totals(t)
	for _, problem := range c.Problems {
		m.Line("- **not read**: %s", output.Inline(problem.Error()))
	}
	for _, name := range f.Skipped {
		m.Line("- skipped: %s is a link that leads out of the folder", output.Inline(name))
	}
	for _, r := range c.Specs {
		if flagged(r) {
			m.spec(r)
		}
	}
	for _, r := range c.Globals {
		if len(r.Entries) > 0 {
			m.spec(r)
		}
	}
	m.Line("\nNot judged, for lack of evidence: %s", joinIDs(c.NotJudged))
	m.Line("\nJudged only as far as an entry shows it by itself: %s", joinIDs(c.Partly))
	return m.Write(w)
}

func (m markdown) totals(t audit.Totals) {
	if len(t.Flags) == 0 {
		return
	}
	m.Line("| flag | count | cleared by |\n|---|---:|---|")
	for _, id := range audit.FlagIDs() {
		if n := t.Flags[id]; n > 0 {
			m.Line("| %s | %d | %s |", id, n, output.Inline(id.Clears()))
		}
	}
	m.Line("")
}

func (m markdown) spec(r audit.SpecReport) {
	m.Line("\n## %s\n", output.Inline(r.Spec.Path))
	m.Line("%s\n", output.Inline(specTitle(r.Spec)))
	m.flags("", r.Flags)
	for _, e := range r.Entries {
		if len(e.Flags) == 0 {
			continue
		}
		m.Line("- line %d: as written %s; as applied %s", e.Allowance.Line, output.Inline(e.Written), output.Inline(e.Applied))
		if reason := output.Inline(e.Allowance.Reason); reason != "" {
			m.Line("  > %s\n", reason)
		}
		m.flags("  ", e.Flags)
	}
}

func (m markdown) flags(lead string, flags audit.Flags) {
	for _, f := range flags {
		m.Line("%s- **%s** (%s): %s. Cleared by %s.", lead, f.ID, f.Severity, strings.TrimSuffix(output.Inline(f.Message), "."), output.Inline(f.ID.Clears()))
	}
}
