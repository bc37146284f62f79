package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// auditPage is everything that is known about the selected row of the audit.
type auditPage struct {
	window        rows.Window
	title         safe.Text
	lines         []line
	made          auditMade
	top, tableTop int // where the text and the table begin in the frame; -1 where there is no room for it
}

// auditMade is what a page was made from; it is made again when any of it changes.
type auditMade struct {
	row, answer, width int
	styles             *theme.Styles
}

func (p auditPage) prepare(s auditScene, on stage, room area) auditPage {
	at, chosen := s.selected()
	p.top, p.tableTop = room.y+1, s.layout(on).table.y
	if s.layout(on).table.empty() {
		p.tableTop = -1
	}
	made := auditMade{at, s.sifted.answer, on.room.w, on.look.styles}
	if !chosen {
		p.lines, p.title, p.made = nil, safe.Const("Nothing matches"), auditMade{}
	} else if p.made != made {
		if p.made.row != at || p.made.answer != made.answer {
			p.window = rows.Window{}
		}
		page := sheet{width: max(on.room.w-tableMargin-1, 1), styles: on.look.styles}
		page.audit(s.answer, s.rows[at])
		p.lines, p.title, p.made = page.lines, safe.LineMax(rowTitle(s.rows[at]), mostCell), made
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(max(room.h-1, 0))
	return p
}

func rowTitle(r auditRow) string {
	if r.where != "" {
		return r.code + " on " + r.where
	}
	return r.code
}

// view draws the line above the text, and what is in sight of it.
func (p auditPage) view(on stage, reading bool) []string {
	st, g := on.look.styles, on.look.styles.Glyphs
	open, shut, style := safe.Format("%s ", g.Horizontal), safe.Format(" %s", g.Horizontal), st.Title
	switch {
	case reading && p.tableTop < 0:
		open, style = safe.Format("%s ", g.Cursor), st.TitleFocused
	case reading:
		open, shut, style = safe.Format("%s ", g.TeeRight), safe.Format(" %s", g.TeeLeft), st.TitleFocused
	}
	title := p.title.Truncate(max(on.room.w-8, 1))
	var l line
	l.add(st.Border, open)
	l.add(style, title)
	l.add(st.Border, safe.Concat(shut, repeat(g.Horizontal, on.room.w-4-title.Width())))
	b := drawer(on.room.w, st)
	out := []string{l.draw(b, theme.Style{})}
	from, to := p.window.Visible()
	for _, l := range under(p.lines[from:to]) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	return out
}

// audit is everything that is known about a row.
func (s *sheet) audit(a audit.Answer, row auditRow) {
	r := a.Report
	switch row.kind {
	case auditIssue:
		s.auditIssue(r, r.Current.Issues[row.at], row.rests)
	case auditEntry:
		s.auditEntry(r, r.Spec.Entries[row.at])
	case auditSpec:
		s.auditSpec(r)
	case auditOther:
		s.auditScan(r.Others[row.at])
	case auditScan:
		s.flags(row.flags)
		if r.Current != nil {
			s.auditScan(*r.Current)
		}
		s.notJudged(a)
	case auditKinds: // no row is of it
	}
}

func (s *sheet) auditIssue(r audit.Report, i audit.IssueReport, rests [2]model.Digest) {
	s.field("Name", i.Issue.Name(), "", s.styles.Strong)
	s.field("Severity", i.Issue.Severity, i.Issue.Category, s.styles.Text)
	s.field("Found", i.Issue.Message, "", s.styles.Text)
	s.field("Analyzer", i.Issue.Analyzer, "", s.styles.Text)
	s.reason(i.Issue.Reason, s.styles.Strong)
	s.places(r, i)
	s.scopes(i.Written, i.Applied)
	s.flags(i.Flags)
	s.reviewed(i.Review, rests)
	s.links(r.Current.Links)
}

func (s *sheet) auditEntry(r audit.Report, e audit.EntryReport) {
	s.reason(e.Allowance.Reason, s.styles.Text)
	s.entryPlace(r, e.Allowance)
	s.scopes(e.Written, e.Applied)
	s.flags(e.Flags)
	if r.Current != nil {
		s.links(r.Current.Links)
	}
}

// reason is the reason in full, as it was written.
func (s *sheet) reason(text string, style theme.Style) {
	s.heading(safe.Const("Allowed because"))
	if strings.TrimSpace(text) == "" {
		s.sentence("no reason is given", s.styles.Bad, 2)
		return
	}
	s.sentence(strings.TrimSpace(text), style, 2)
}

// places are where a reason stands, each with how far it can be trusted: the evidence, and the entry in a specification
// or in the list that holds for all.
func (s *sheet) places(r audit.Report, i audit.IssueReport) {
	s.gap()
	s.field("Reason from", "scan summary, "+r.Current.Binding.From, r.Current.ReasonTrust(), s.styles.Text)
	switch {
	case i.Entry != nil:
		s.entryPlace(r, *i.Entry)
		if !sameWords(i.Entry.Reason, i.Issue.Reason) {
			s.otherReason(i.Entry.Reason)
		}
	case r.SpecFile != nil:
		s.field("Entry", "none", "no entry of the specification at hand allows this", s.styles.Warning)
	default:
		s.field("Entry", "not known", "no specification is at hand: name one with --spec or --specs", s.styles.Quiet)
	}
}

// otherReason is the reason that stands in the entry, where that is not the one in the evidence.
func (s *sheet) otherReason(text string) {
	if strings.TrimSpace(text) == "" {
		s.field("", "the entry itself gives no reason", "", s.styles.Warning)
		return
	}
	s.field("", "the entry itself gives another reason:", "", s.styles.Warning)
	s.field("", text, "", s.styles.Text)
}

// sameWords compares reasons, however they are broken into lines.
func sameWords(a, b string) bool { return audit.ReasonHash(a) == audit.ReasonHash(b) }

// entryPlace says where the entry stands that let something through, and how far that place can be trusted.
func (s *sheet) entryPlace(r audit.Report, a audit.Allowance) {
	label, trust := "Entry", ""
	if a.Global {
		label = "Global list"
	}
	if r.SpecFile != nil {
		trust = r.SpecFile.From + ": " + r.SpecFile.Trust
	}
	s.field(label, a.Place(), trust, s.styles.Text)
}

// scopes are the scope as written beside the scope as applied, below each other where there is no room.
func (s *sheet) scopes(written, applied string) {
	if written == "" && applied == "" {
		return
	}
	style := s.styles.Text
	if written != applied {
		style = s.styles.Warning
	}
	half := (s.width - 3) / 2
	if half < 28 {
		s.heading(safe.Const("Scope"))
		s.field("As written", written, "", s.styles.Text)
		s.field("As applied", applied, "", style)
		return
	}
	s.gap()
	put := func(a, b safe.Text, left, right theme.Style) {
		var l line
		l.add(left, a.PadRight(half))
		l.add(s.styles.Faint, safe.Format(" %s ", s.styles.Glyphs.Vertical))
		l.add(right, b)
		s.add(l)
	}
	put(safe.Const("Scope as written"), safe.Const("Scope as applied"), s.styles.Heading, s.styles.Heading)
	left, right := paragraph(written, half), paragraph(applied, half)
	for i := range max(len(left), len(right)) {
		var a, b safe.Text
		if i < len(left) {
			a = left[i]
		}
		if i < len(right) {
			b = right[i]
		}
		put(a, b, s.styles.Text, style)
	}
}

// flags are flags with what each means and what would clear it, the most severe first.
func (s *sheet) flags(flags audit.Flags) {
	if len(flags) == 0 {
		s.heading(safe.Const("No flags"))
		return
	}
	s.heading(safe.Format("Flags (%s)", safe.Int(len(flags))))
	for _, f := range bySeverity(flags) {
		m := s.styles.Severity(f.Severity)
		var l line
		l.add(m.Style, safe.Format("%s %s", m.Glyph, safe.LineMax(string(f.ID), s.width)))
		l.add(s.styles.Quiet, safe.Format("  %s", m.Word))
		s.add(l)
		s.sentence(f.Message, s.styles.Text, 2)
		s.sentence("clears it: "+f.ID.Clears(), s.styles.Quiet, 2)
	}
}

// bySeverity is flags with the most severe first.
func bySeverity(flags audit.Flags) audit.Flags {
	flags = slices.Clone(flags)
	slices.SortStableFunc(flags, func(a, b audit.Flag) int { return cmp.Compare(flagWeight(b.Severity), flagWeight(a.Severity)) })
	return flags
}

// reviewed is what reviewers made of a reason, and on what a review of it would rest.
func (s *sheet) reviewed(r *audit.Reviewed, rests [2]model.Digest) {
	s.heading(safe.Const("Review"))
	if r == nil {
		s.sentence("Nobody reviewed this reason. r records a review.", s.styles.Quiet, 0)
	} else {
		v := r.Review
		s.field("Decision", string(v.Decision), "by "+v.Reviewer+", "+moment(v.Date), s.styles.Strong)
		s.field("Note", v.Note, "", s.styles.Text)
		s.field("Made on", string(v.Digest), "", s.styles.Quiet)
		if r.Again != "" {
			s.field("Again", r.Again, "it needs review again", s.styles.Warning)
		}
	}
	s.field("Reason", string(rests[0]), "", s.styles.Quiet)
	s.field("Allowed", string(rests[1]), "", s.styles.Quiet)
}

// links are what two places must agree on, with the result.
func (s *sheet) links(links []audit.Link) {
	if len(links) == 0 {
		return
	}
	s.heading(safe.Const("Links"))
	for _, k := range links {
		m := s.styles.Check(k.Status)
		label := safe.Format("%s %s", m.Glyph, safe.LineMax(k.ID, s.width))
		switch k.Status {
		case model.CheckPassed:
			s.entry(label, oneLine(k.Claimed), "", s.styles.Text, 0, linkColumn)
		case model.CheckFailed:
			s.entry(label, "says "+oneLine(k.Claimed)+", is "+oneLine(k.Actual), k.Detail, s.styles.Bad, 0, linkColumn)
		case model.CheckSkipped, model.CheckUnchecked:
			s.entry(label, "not compared: "+k.Detail, "", s.styles.Quiet, 0, linkColumn)
		}
	}
}

// linkColumn is where what a link says begins.
const linkColumn = 18
