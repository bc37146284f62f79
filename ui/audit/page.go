package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// page is everything that is known about the selected row of the audit.
type page struct {
	window        rows.Window
	title         safe.Text
	lines         []widget.Line
	made          madeOf
	top, tableTop int // where the text and the table begin in the frame; -1 where there is no room for it
}

// madeOf is what a page was made from; it is made again when any of it changes.
type madeOf struct {
	row, answer, width int
	styles             *theme.Styles
}

func (p page) prepare(s View, on scene.Stage, room widget.Area) page {
	at, chosen := s.selected()
	p.top, p.tableTop = room.Y+1, s.layout(on).table.Y
	if s.layout(on).table.Empty() {
		p.tableTop = -1
	}
	made := madeOf{at, s.sifted.answer, on.Room.W, on.Look.Styles}
	if !chosen {
		p.lines, p.title, p.made = nil, safe.Const("Nothing matches"), madeOf{}
	} else if p.made != made {
		if p.made.row != at || p.made.answer != made.answer {
			p.window = rows.Window{}
		}
		page := widget.Sheet{Width: max(on.Room.W-widget.TableMargin-1, 1), Styles: on.Look.Styles}
		writer{&page}.audit(s.answer, s.rows[at])
		p.lines, p.title, p.made = page.Lines, safe.LineMax(rowTitle(s.rows[at]), widget.MostCell), made
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(max(room.H-1, 0))
	return p
}

func rowTitle(r row) string {
	if r.where != "" {
		return r.code + " on " + r.where
	}
	return r.code
}

// view draws the line above the text, and what is in sight of it.
func (p page) view(on scene.Stage, reading bool) []string {
	st, g := on.Look.Styles, on.Look.Styles.Glyphs
	open, shut, style := safe.Format("%s ", g.Horizontal), safe.Format(" %s", g.Horizontal), st.Title
	switch {
	case reading && p.tableTop < 0:
		open, style = safe.Format("%s ", g.Cursor), st.TitleFocused
	case reading:
		open, shut, style = safe.Format("%s ", g.TeeRight), safe.Format(" %s", g.TeeLeft), st.TitleFocused
	}
	title := p.title.Truncate(max(on.Room.W-8, 1))
	var l widget.Line
	l.Add(st.Border, open)
	l.Add(style, title)
	l.Add(st.Border, safe.Concat(shut, widget.Repeat(g.Horizontal, on.Room.W-4-title.Width())))
	b := widget.Drawer(on.Room.W, st)
	out := []string{l.Draw(b, theme.Style{})}
	from, to := p.window.Visible()
	for _, l := range widget.Indented(p.lines[from:to]) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out
}

// audit is everything that is known about a row.
func (s writer) audit(a audit.Answer, row row) {
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
	case scan:
		s.flags(row.flags)
		if r.Current != nil {
			s.auditScan(*r.Current)
		}
		s.notJudged(a)
	case kinds: // no row is of it
	}
}

func (s writer) auditIssue(r audit.Report, i audit.IssueReport, rests [2]model.Digest) {
	s.Field("Name", i.Issue.Name(), strings.TrimSpace(i.Issue.Severity+" "+i.Issue.Category), s.Styles.Strong)
	s.flagged(i.Flags)
	s.Field("Found", i.Issue.Message, "", s.Styles.Text)
	s.reason(i.Issue.Reason, s.Styles.Strong)
	s.scopes(i.Written, i.Applied)
	s.flags(i.Flags)
	s.places(r, i)
	s.Field("Analyzer", i.Issue.Analyzer, "", s.Styles.Text)
	s.reviewed(i.Review, rests)
	s.links(r.Current.Links)
}

func (s writer) auditEntry(r audit.Report, e audit.EntryReport) {
	s.flagged(e.Flags)
	s.reason(e.Allowance.Reason, s.Styles.Text)
	s.scopes(e.Written, e.Applied)
	s.flags(e.Flags)
	s.Gap()
	s.entryPlace(r, e.Allowance)
	if r.Current != nil {
		s.links(r.Current.Links)
	}
}

// reason is the reason in full, as it was written.
func (s writer) reason(text string, style theme.Style) {
	s.Heading(safe.Const("Allowed because"))
	if strings.TrimSpace(text) == "" {
		s.Sentence("no reason is given", s.Styles.Bad, 2)
		return
	}
	s.Sentence(strings.TrimSpace(text), style, 2)
}

// places are where a reason stands, each with how far it can be trusted: the evidence, and the entry in a specification
// or in the list that holds for all.
func (s writer) places(r audit.Report, i audit.IssueReport) {
	s.Gap()
	s.Field("Reason from", "scan summary, "+r.Current.Binding.From, r.Current.ReasonTrust(), s.Styles.Text)
	switch {
	case i.Entry != nil:
		s.entryPlace(r, *i.Entry)
		if !sameWords(i.Entry.Reason, i.Issue.Reason) {
			s.otherReason(i.Entry.Reason)
		}
	case r.SpecFile != nil:
		s.Field("Entry", "none", "no entry of the specification at hand allows this", s.Styles.Warning)
	default:
		s.Field("Entry", "not known", "no specification is at hand: name one with --spec or --specs", s.Styles.Quiet)
	}
}

// otherReason is the reason that stands in the entry, where that is not the one in the evidence.
func (s writer) otherReason(text string) {
	if strings.TrimSpace(text) == "" {
		s.Field("", "the entry itself gives no reason", "", s.Styles.Warning)
		return
	}
	s.Field("", "the entry itself gives another reason:", "", s.Styles.Warning)
	s.Field("", text, "", s.Styles.Text)
}

// sameWords compares reasons, however they are broken into lines.
func sameWords(a, b string) bool { return audit.ReasonHash(a) == audit.ReasonHash(b) }

// entryPlace says where the entry stands that let something through, and how far that place can be trusted.
func (s writer) entryPlace(r audit.Report, a audit.Allowance) {
	label, trust := "Entry", ""
	if a.Global {
		label = "Global list"
	}
	if r.SpecFile != nil {
		trust = r.SpecFile.From + ": " + r.SpecFile.Trust
	}
	s.Field(label, a.Place(), trust, s.Styles.Text)
}

// scopes are the scope as written beside the scope as applied, below each other where there is no room.
func (s writer) scopes(written, applied string) {
	if written == "" && applied == "" {
		return
	}
	style := s.Styles.Text
	if written != applied {
		style = s.Styles.Warning
	}
	half := (s.Width - 3) / 2
	if half < 28 {
		s.Heading(safe.Const("Scope"))
		s.Field("As written", written, "", s.Styles.Text)
		s.Field("As applied", applied, "", style)
		return
	}
	s.Gap()
	put := func(a, b safe.Text, left, right theme.Style) {
		var l widget.Line
		l.Add(left, a.PadRight(half))
		l.Add(s.Styles.Faint, safe.Format(" %s ", s.Styles.Glyphs.Vertical))
		l.Add(right, b)
		s.Add(l)
	}
	put(safe.Const("Scope as written"), safe.Const("Scope as applied"), s.Styles.Heading, s.Styles.Heading)
	left, right := widget.Paragraph(written, half), widget.Paragraph(applied, half)
	for i := range max(len(left), len(right)) {
		var a, b safe.Text
		if i < len(left) {
			a = left[i]
		}
		if i < len(right) {
			b = right[i]
		}
		put(a, b, s.Styles.Text, style)
	}
}

// flagged names flags in a line or two, the most severe first, so that they are seen before there is room to explain them.
func (s writer) flagged(flags audit.Flags) {
	if len(flags) == 0 {
		return
	}
	var said []string
	for _, f := range bySeverity(flags) {
		id := string(f.ID)
		if f.Severity == model.SeverityError {
			id += " (error)"
		}
		said = append(said, id)
	}
	s.Field("Flagged", strings.Join(said, ", "), "", s.Styles.Severity(worst(flags)).Style)
}

// flags are flags with what each means and what would clear it, the most severe first.
func (s writer) flags(flags audit.Flags) {
	if len(flags) == 0 {
		s.Heading(safe.Const("No flags"))
		return
	}
	s.Heading(safe.Format("Flags (%s)", safe.Int(len(flags))))
	for _, f := range bySeverity(flags) {
		m := s.Styles.Severity(f.Severity)
		var l widget.Line
		l.Add(m.Style, safe.Format("%s %s", m.Glyph, safe.LineMax(string(f.ID), s.Width)))
		l.Add(s.Styles.Quiet, safe.Format("  %s", m.Word))
		s.Add(l)
		s.Sentence(f.Message, s.Styles.Text, 2)
		s.Sentence("clears it: "+f.ID.Clears(), s.Styles.Quiet, 2)
	}
}

// bySeverity is flags with the most severe first.
func bySeverity(flags audit.Flags) audit.Flags {
	flags = slices.Clone(flags)
	slices.SortStableFunc(flags, func(a, b audit.Flag) int { return cmp.Compare(flagWeight(b.Severity), flagWeight(a.Severity)) })
	return flags
}

// reviewed is what reviewers made of a reason, and on what a review of it would rest.
func (s writer) reviewed(r *audit.Reviewed, rests [2]model.Digest) {
	s.Heading(safe.Const("Review"))
	if r == nil {
		s.Sentence("Nobody reviewed this reason. r records a review.", s.Styles.Quiet, 0)
	} else {
		v := r.Review
		s.Field("Decision", string(v.Decision), "by "+v.Reviewer+", "+phrase.Moment(v.Date), s.Styles.Strong)
		s.Field("Note", v.Note, "", s.Styles.Text)
		s.Field("Made on", string(v.Digest), "", s.Styles.Quiet)
		if r.Again != "" {
			s.Field("Again", r.Again, "it needs review again", s.Styles.Warning)
		}
		s.Field("Unseen", r.Unseen, "", s.Styles.Warning)
	}
	s.Field("Reason", string(rests[0]), "", s.Styles.Quiet)
	s.Field("Allowed", string(rests[1]), "", s.Styles.Quiet)
}

// links are what two places must agree on, with the result.
func (s writer) links(links []audit.Link) {
	if len(links) == 0 {
		return
	}
	s.Heading(safe.Const("Links"))
	for _, k := range links {
		m := s.Styles.Check(k.Status)
		label := safe.Format("%s %s", m.Glyph, safe.LineMax(k.ID, s.Width))
		switch k.Status {
		case model.CheckPassed:
			s.Entry(label, widget.OneLine(k.Claimed), "", s.Styles.Text, 0, linkColumn)
		case model.CheckFailed:
			s.Entry(label, "says "+widget.OneLine(k.Claimed)+", is "+widget.OneLine(k.Actual), k.Detail, s.Styles.Bad, 0, linkColumn)
		case model.CheckSkipped, model.CheckUnchecked:
			s.Entry(label, "not compared: "+k.Detail, "", s.Styles.Quiet, 0, linkColumn)
		}
	}
}

// linkColumn is where what a link says begins.
const linkColumn = 18

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
