package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages/exposure"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// mostVulns is how many vulnerabilities of a package its page lists.
const mostVulns = 100

// vulnerabilities are those of the package: who found each, and who excuses it. That nobody looked is said.
func (w *pageWriter) vulnerabilities() {
	j := w.scene.join
	switch {
	case j.joined == nil:
		w.heading(safe.Const("Vulnerabilities"))
		w.sentence("They are still being looked for.", w.styles.Quiet, 0)
		return
	case !j.looked():
		w.heading(safe.Const("Vulnerabilities"))
		severity, said := j.silence()
		w.sentence(said, w.remarkStyle(severity), 0)
		return
	}
	list := j.joined.Of(w.page.table.RowOf(w.page.place))
	w.heading(safe.Format("Vulnerabilities (%s)", safe.Int(len(list))))
	if len(list) == 0 {
		w.sentence("No scan that can be read found any.", w.styles.Text, 0)
	}
	w.unsure()
	for i, v := range list {
		if i == mostVulns || w.full() {
			w.sentence("and "+strconv.Itoa(len(list)-i)+" more", w.styles.Quiet, 0)
			return
		}
		w.vulnerability(v)
	}
}

// unsure says what keeps the list from being whole.
func (w *pageWriter) unsure() {
	if more := w.scene.join.unsure(); more != "" {
		w.sentence(strings.ToUpper(more[:1])+more[1:]+".", w.styles.Warning, 0)
	}
}

func (w *pageWriter) remarkStyle(s model.Severity) theme.Style {
	if s == model.SeverityInfo {
		return w.styles.Quiet
	}
	return w.styles.Warning
}

// unlisted are the vulnerabilities of what no SBOM here lists, under what each is said to be in.
func (w *pageWriter) unlisted() {
	j := w.scene.join
	list := slices.Clone(j.outside)
	slices.SortStableFunc(list, func(a, b exposure.Vulnerability) int { return cmp.Compare(a.Target, b.Target) })
	w.put(w.styles.Strong, safe.Format("%s of what no SBOM here lists", safe.Line(counted(len(list), "vulnerability", "vulnerabilities"))))
	w.sentence("A scan or a VEX document names them in packages that the SBOMs shown do not have, or in the image as such.", w.styles.Quiet, 0)
	w.unsure()
	for i, v := range list {
		if w.full() {
			w.sentence("and "+strconv.Itoa(len(list)-i)+" more", w.styles.Quiet, 0)
			return
		}
		if i == 0 || v.Target != list[i-1].Target {
			w.heading(safe.LineMax(cmp.Or(v.Target, "The image as such"), w.width))
		}
		w.vulnerability(v)
	}
}

func (w *pageWriter) vulnerability(v exposure.Vulnerability) {
	mark := w.severityMark(v.Severity)
	word := mark.Word
	if v.Excused {
		mark = theme.Mark{Glyph: w.styles.Glyphs.Check, Style: w.styles.Good}
		word = safe.Concat(word, safe.Const(", excused"))
	}
	var l line
	l.add(mark.Style, safe.Format("%s ", mark.Glyph))
	l.add(w.styles.Strong, safe.LineMax(v.ID, w.width))
	l.add(mark.Style, safe.Format("  %s", word))
	if v.FixedIn != "" {
		l.add(w.styles.Quiet, safe.Format("  fixed in %s", safe.LineMax(v.FixedIn, w.width)))
	}
	w.add(l)
	w.sentence(oneLine(v.Title), w.styles.Text, 2)
	if len(v.Aliases) > 0 {
		w.sentence("also "+strings.Join(v.Aliases, " "), w.styles.Quiet, 2)
	}
	for _, s := range v.Sightings {
		w.source("found by", s.Source, matchNote(s.Match))
	}
	for _, c := range v.Claims {
		w.claim(c)
	}
}

// matchNote is what to know of how the package was found that a scan talks of.
func matchNote(m exposure.Match) string {
	switch m {
	case exposure.MatchName:
		return "by name and version alone: another package may be meant"
	case exposure.MatchImage:
		return "of the image as such"
	case exposure.MatchPURL, exposure.MatchRef, exposure.MatchNone:
	}
	return ""
}

// claim is one statement of VEX: what it says, whether that counts, and who signed it.
func (w *pageWriter) claim(c exposure.Claim) {
	w.source("VEX says", c.Source, strings.ReplaceAll(string(c.Status), "_", " "))
	reason := strings.TrimSpace(strings.ReplaceAll(c.Justification, "_", " ") + "  " + cmp.Or(c.Impact, c.Action))
	w.sentence(oneLine(reason), w.styles.Claim, 13)
	switch {
	case c.Counts && c.Status.Excuses():
		w.sentence("it counts", w.styles.Good, 13)
	case !c.Counts:
		w.sentence("it does not count: "+c.Why, w.styles.Warning, 13)
	}
}

// source is a document that says something, with what to believe of it and who signed it. Enter leads there.
func (w *pageWriter) source(how string, at int, note string) {
	sources := w.scene.join.joined.Sources
	if at < 0 || at >= len(sources) || w.full() {
		return
	}
	e := w.tree.Entry(sources[at].Node)
	if e == nil {
		return
	}
	first, mark := len(w.lines), w.styles.Standing(e.Standing)
	var l line
	l.add(w.styles.Label, safe.Concat(safe.Spaces(2), safe.Line(how).PadRight(11)))
	if note != "" {
		l.add(w.styles.Strong, safe.Format("%s  ", safe.LineMax(note, w.width)))
	}
	l.add(mark.Style, safe.Format("%s ", mark.Text()))
	l.add(w.styles.Text, safe.LineMax(model.EntryTitle(e), max(w.width/3, 8)))
	if by := signedBy(e); by != "" {
		l.add(w.styles.Quiet, safe.Format("  signed by %s", safe.LineMax(by, max(w.width/3, 8))))
	}
	w.add(l)
	w.link(first, pageLink{node: e.Node.ID, tab: tabSummary})
}

// signedBy is who is proven to have signed a node, "" where that is nobody.
func signedBy(e *model.Entry) string {
	if e.Report == nil || e.Report.Signer == nil {
		return ""
	}
	g := e.Report.Signer
	return cmp.Or(g.Name, g.Subject, g.Fingerprint)
}
