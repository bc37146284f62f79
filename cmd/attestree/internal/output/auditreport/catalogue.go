package auditreport

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
)

// CatalogueFacts are what an audit of a catalogue says beside the specifications.
type CatalogueFacts struct {
	Folder  string
	Skipped []string // links that lead out of the folder
	// Only are the flags that were asked for, nil for all; LookedAt is the catalogue before these were chosen.
	Only     []audit.FlagID
	LookedAt audit.Totals
}

// among says how much has one of the flags that were asked for, of how much was looked at.
func (f CatalogueFacts) among(t audit.Totals) string {
	if t.Specs == 0 {
		return "no specification has " + eitherOf(f.Only) + ": " + output.Plural(f.LookedAt.Specs, "was", "were") + " looked at, with " +
			output.Plural(f.LookedAt.Entries, "allowed issue", "allowed issues")
	}
	have := "have "
	if t.Specs == 1 {
		have = "has "
	}
	return fmt.Sprintf("%d of %s %s%s, %d of %s", t.Specs, output.Plural(f.LookedAt.Specs, "specification", "specifications"), have, eitherOf(f.Only),
		t.Entries, output.Plural(f.LookedAt.Entries, "allowed issue", "allowed issues"))
}

func eitherOf(ids []audit.FlagID) string { return strings.ReplaceAll(joinIDs(ids), " ", " or ") }

// CatalogueText writes the audit of a catalogue for a person: each specification with what is flagged in it, then a
// summary of each flag.
func CatalogueText(on *output.Page, c audit.Catalogue, f CatalogueFacts) error {
	p := page{on}
	p.Line("%s", output.Clean(f.Folder))
	clear := 0
	for _, r := range c.Specs {
		if !flagged(r) {
			clear++
			continue
		}
		p.spec(r)
	}
	for _, r := range c.Globals {
		if len(r.Entries) > 0 {
			p.spec(r)
		}
	}
	p.troubles(c.Problems, f.Skipped)
	p.totals(c.Totals(), clear, f)
	p.notJudged(c.NotJudged)
	p.Line("judged only as far as an entry shows it by itself: %s", joinIDs(c.Partly))
	return p.Flush()
}

// flagged reports whether there is anything to look at.
func flagged(r audit.SpecReport) bool { return r.Reach("info") }

func (p page) spec(r audit.SpecReport) {
	p.Line("")
	p.Line("%s  %s", p.Styles().Title.Render(safe.Line(r.Spec.Path)), output.Clean(specTitle(r.Spec)))
	p.Flags("  ", r.Flags)
	for _, e := range r.Entries {
		if len(e.Flags) == 0 {
			continue
		}
		p.Line("  line %d: %s", e.Allowance.Line, output.Clean(e.Written))
		if e.Written != e.Applied {
			p.Line("    really allows: %s", output.Clean(e.Applied))
		}
		if reason := strings.Join(strings.Fields(e.Allowance.Reason), " "); reason != "" {
			p.Line("    because: %s", safe.LineMax(reason, reasonWidth).String())
		}
		p.Flags("    ", e.Flags)
	}
}

// reasonWidth is how many cells of a reason are shown where there are many.
const reasonWidth = 160

func specTitle(s audit.Spec) string {
	parts := []string{strings.TrimSpace(s.Name + " " + s.Version)}
	if s.Protocol != "" {
		parts = append(parts, s.Protocol)
	}
	if s.Skill {
		parts = append(parts, "skill")
	}
	return strings.Join(parts, " · ") + " · " + output.Plural(len(s.Allowances), "allowed issue", "allowed issues")
}

// troubles lists what could not be read: not a detail, for anything may be in it.
func (p page) troubles(problems []audit.Problem, skipped []string) {
	if len(problems)+len(skipped) == 0 {
		return
	}
	p.Line("")
	for _, problem := range problems {
		p.Line("%s not read: %s", p.Mark("error"), output.Clean(problem.Error()))
	}
	for _, name := range skipped {
		p.Line("%s skipped: %s is a link that leads out of the folder", p.Mark("warning"), output.Clean(name))
	}
}

func (p page) totals(t audit.Totals, clear int, f CatalogueFacts) {
	p.Line("")
	if len(f.Only) > 0 {
		p.Line("%s", f.among(t))
	} else {
		p.Line("%s, %s, %d with nothing to look at", output.Plural(t.Specs, "specification", "specifications"), output.Plural(t.Entries, "allowed issue", "allowed issues"), clear)
	}
	for _, id := range audit.FlagIDs() {
		if n := t.Flags[id]; n > 0 {
			p.Line("  %-22s %4d  cleared by %s", id, n, id.Clears())
		}
	}
}

func (p page) notJudged(ids []audit.FlagID) {
	if len(ids) > 0 {
		p.Line("not judged, for lack of evidence: %s", joinIDs(ids))
	}
}

// partlyJudged lists what was raised without evidence that could have raised more of it.
func (p page) partlyJudged(ids []audit.FlagID) {
	if len(ids) > 0 {
		p.Line("judged in part, for lack of evidence: %s", joinIDs(ids))
	}
}

func joinIDs(ids []audit.FlagID) string {
	parts := make([]string, 0, len(ids))
	for _, id := range ids {
		parts = append(parts, fmt.Sprint(id))
	}
	return strings.Join(parts, " ")
}
