package packages

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages/exposure"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// mostVulns is how many vulnerabilities of a package its page lists.
const mostVulns = 100

// vulnerabilities are those of the package: who found each, and who excuses it. That nobody looked is said.
func (w *pageWriter) vulnerabilities() {
	j := w.scene.join
	switch {
	case j.joined == nil:
		w.Heading(safe.Const("Vulnerabilities"))
		w.Sentence("They are still being looked for.", w.Styles.Quiet, 0)
		return
	case !j.looked():
		w.Heading(safe.Const("Vulnerabilities"))
		severity, said := j.silence()
		w.Sentence(said, w.remarkStyle(severity), 0)
		return
	}
	list := j.joined.Of(w.page.table.RowOf(w.page.place))
	w.Heading(safe.Format("Vulnerabilities (%s)", safe.Int(len(list))))
	if len(list) == 0 {
		w.Sentence("No scan that can be read found any.", w.Styles.Text, 0)
	}
	w.unsure()
	for i, v := range list {
		if i == mostVulns || w.Full() {
			w.Sentence("and "+strconv.Itoa(len(list)-i)+" more", w.Styles.Quiet, 0)
			return
		}
		w.vulnerability(v)
	}
}

// unsure says what keeps the list from being whole.
func (w *pageWriter) unsure() {
	if more := w.scene.join.unsure(); more != "" {
		w.Sentence(strings.ToUpper(more[:1])+more[1:]+".", w.Styles.Warning, 0)
	}
}

func (w *pageWriter) remarkStyle(s model.Severity) theme.Style {
	if s == model.SeverityInfo {
		return w.Styles.Quiet
	}
	return w.Styles.Warning
}

// unlisted are the vulnerabilities of what no SBOM here lists, under what each is said to be in.
func (w *pageWriter) unlisted() {
	j := w.scene.join
	list := slices.Clone(j.outside)
	slices.SortStableFunc(list, func(a, b exposure.Vulnerability) int { return cmp.Compare(a.Target, b.Target) })
	w.Put(w.Styles.Strong, safe.Format("%s of what no SBOM here lists", safe.Line(phrase.Counted(len(list), "vulnerability", "vulnerabilities"))))
	w.Sentence("A scan or a VEX document names them in packages that the SBOMs shown do not have, or in the image as such.", w.Styles.Quiet, 0)
	w.unsure()
	for i, v := range list {
		if w.Full() {
			w.Sentence("and "+strconv.Itoa(len(list)-i)+" more", w.Styles.Quiet, 0)
			return
		}
		if i == 0 || v.Target != list[i-1].Target {
			w.Heading(safe.LineMax(cmp.Or(v.Target, "The image as such"), w.Width))
		}
		w.vulnerability(v)
	}
}

func (w *pageWriter) vulnerability(v exposure.Vulnerability) {
	mark := w.severityMark(v.Severity)
	word := mark.Word
	if v.Excused {
		mark = theme.Mark{Glyph: w.Styles.Glyphs.Check, Style: w.Styles.Good}
		word = safe.Concat(word, safe.Const(", excused"))
	}
	var l widget.Line
	l.Add(mark.Style, safe.Format("%s ", mark.Glyph))
	l.Add(w.Styles.Strong, safe.LineMax(v.ID, w.Width))
	l.Add(mark.Style, safe.Format("  %s", word))
	if v.FixedIn != "" {
		l.Add(w.Styles.Quiet, safe.Format("  fixed in %s", safe.LineMax(v.FixedIn, w.Width)))
	}
	w.Add(l)
	w.Sentence(widget.OneLine(v.Title), w.Styles.Text, 2)
	if len(v.Aliases) > 0 {
		w.Sentence("also "+strings.Join(v.Aliases, " "), w.Styles.Quiet, 2)
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
	w.Sentence(widget.OneLine(reason), w.Styles.Claim, 13)
	switch {
	case c.Counts && c.Status.Excuses():
		w.Sentence("it counts", w.Styles.Good, 13)
	case !c.Counts:
		w.Sentence("it does not count: "+c.Why, w.Styles.Warning, 13)
	}
}

// source is a document that says something, with what to believe of it and who signed it. Enter leads there.
func (w *pageWriter) source(how string, at int, note string) {
	sources := w.scene.join.joined.Sources
	if at < 0 || at >= len(sources) || w.Full() {
		return
	}
	e := w.tree.Entry(sources[at].Node)
	if e == nil {
		return
	}
	first, mark := len(w.Lines), w.Styles.Standing(e.Standing)
	var l widget.Line
	l.Add(w.Styles.Label, safe.Concat(safe.Spaces(2), safe.Line(how).PadRight(11)))
	if note != "" {
		l.Add(w.Styles.Strong, safe.Format("%s  ", safe.LineMax(note, w.Width)))
	}
	l.Add(mark.Style, safe.Format("%s ", mark.Text()))
	l.Add(w.Styles.Text, safe.LineMax(model.EntryTitle(e), max(w.Width/3, 8)))
	if by := signedBy(e); by != "" {
		l.Add(w.Styles.Quiet, safe.Format("  signed by %s", safe.LineMax(by, max(w.Width/3, 8))))
	}
	w.Add(l)
	w.link(first, pageLink{node: e.Node.ID, tab: scene.TabSummary})
}

// signedBy is who is proven to have signed a node, "" where that is nobody.
func signedBy(e *model.Entry) string {
	if e.Report == nil || e.Report.Signer == nil {
		return ""
	}
	g := e.Report.Signer
	return cmp.Or(g.Name, g.Subject, g.Fingerprint)
}
