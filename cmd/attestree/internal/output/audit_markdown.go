package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
)

// markdown writes a report that can be read as it is and as the page that it becomes. Whatever came from outside passes
// through inline.
type markdown struct{ out strings.Builder }

func (m *markdown) line(format string, args ...any) { fmt.Fprintf(&m.out, format+"\n", args...) }

func (m *markdown) write(w io.Writer) error {
	if _, err := io.WriteString(w, safe.Frame(m.out.String())); err != nil {
		return fmt.Errorf("write markdown: %w", err)
	}
	return nil
}

func line(s string) safe.Text { return safe.Line(s) }

// harmless takes from text what would make it markup, a formula or a link by itself (CommonMark 0.31, "Backslash
// escapes"; GitHub's extended autolinks).
var harmless = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`,
	"!", `\!`, "|", `\|`, "~", `\~`, "$", `\$`, "://", "&#58;//", "@", "&#64;", "www.", "www&#46;",
)

// inline is external text in one line that can become neither markup nor a link.
func inline(s string) string { return harmless.Replace(clean(strings.Join(strings.Fields(s), " "))) }

// CatalogueMarkdown writes the audit of a catalogue as a report.
func CatalogueMarkdown(w io.Writer, c audit.Catalogue, f CatalogueFacts) error {
	m, t := &markdown{}, c.Totals()
	m.line("# Audit of allowed issues\n")
	m.line("%s in %s, %s.\n", plural(t.Specs, "specification", "specifications"), inline(f.Folder), plural(t.Entries, "allowed issue", "allowed issues"))
	m.totals(t)
	for _, problem := range c.Problems {
		m.line("- **not read**: %s", inline(problem.Error()))
	}
	for _, name := range f.Skipped {
		m.line("- skipped: %s is a link that leads out of the folder", inline(name))
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
	m.line("\nNot judged, for lack of evidence: %s", joinIDs(c.NotJudged))
	m.line("\nJudged only as far as an entry shows it by itself: %s", joinIDs(c.Partly))
	return m.write(w)
}

func (m *markdown) totals(t audit.Totals) {
	if len(t.Flags) == 0 {
		return
	}
	m.line("| flag | count | cleared by |\n|---|---:|---|")
	for _, id := range audit.FlagIDs() {
		if n := t.Flags[id]; n > 0 {
			m.line("| %s | %d | %s |", id, n, inline(id.Clears()))
		}
	}
	m.line("")
}

func (m *markdown) spec(r audit.SpecReport) {
	m.line("\n## %s\n", inline(r.Spec.Path))
	m.line("%s\n", inline(specTitle(r.Spec)))
	m.flags("", r.Flags)
	for _, e := range r.Entries {
		if len(e.Flags) == 0 {
			continue
		}
		m.line("- line %d: as written %s; as applied %s", e.Allowance.Line, inline(e.Written), inline(e.Applied))
		if reason := inline(e.Allowance.Reason); reason != "" {
			m.line("  > %s\n", reason)
		}
		m.flags("  ", e.Flags)
	}
}

func (m *markdown) flags(lead string, flags audit.Flags) {
	for _, f := range flags {
		m.line("%s- **%s** (%s): %s. Cleared by %s.", lead, f.ID, f.Severity, strings.TrimSuffix(inline(f.Message), "."), inline(f.ID.Clears()))
	}
}
