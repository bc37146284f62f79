package breaking

import (
	"strings"
	"unicode/utf8"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// page is what became of the evidence: the change, what catches it, and the ladder beside the real one.
type page struct {
	lines  []widget.Line
	window rows.Window
	thumb  widget.Thumb
}

func (p page) prepare(s View, room widget.Area, look widget.Look) page {
	p.lines = nil
	if w, any := s.way(); any {
		page := widget.Sheet{Width: max(room.W-2, 1), Styles: look.Styles}
		writer{&page}.change(w, look)
		if w.tried() {
			writer{&page}.caught(w, *s.real)
			writer{&page}.beside(w.last.report, *s.real, w.last.by.ID)
		}
		p.lines = page.Lines
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(room.H)
	p.thumb = widget.ThumbOf(p.window, room.Y)
	return p
}

// tried reports whether what came of the chosen variant is known.
func (w way) tried() bool {
	return w.last != nil && w.last.variant == w.variant && w.last.problem == ""
}

func (p page) view(room widget.Area, look widget.Look) []string {
	b := widget.Drawer(room.W, look.Styles)
	var out []string
	from, to := p.window.Visible()
	for i := from; i < to; i++ {
		var l widget.Line
		l.Add(look.Styles.Marker, look.Marker(i == from && look.Focused))
		l.Left = append(l.Left, p.lines[i].Left...)
		out = append(out, l.Draw(b, theme.Style{}))
	}
	return out
}

// mostChange is how many lines of what stood there, and stands there now, are shown.
const mostChange = 4

// change says what is changed, and where in it.
func (s writer) change(w way, look widget.Look) {
	var l widget.Line
	l.Add(s.Styles.Heading, safe.Const("What is changed"))
	if w.Variants > 1 {
		said := safe.Format("variant %s of %s", safe.Int(w.variant+1), safe.Int(w.Variants))
		if !l.Spread(s.Width, rows.Part{Style: s.Styles.Quiet, Text: said}) {
			l.Spread(s.Width, rows.Part{Style: s.Styles.Quiet, Text: safe.Format("%s/%s", safe.Int(w.variant+1), safe.Int(w.Variants))})
		}
	}
	s.Add(l)
	switch {
	case w.last != nil && w.last.variant == w.variant && w.last.problem != "":
		s.Sentence("It could not be tried: "+w.last.problem, s.Styles.Warning, 0)
		return
	case !w.tried():
		s.Put(s.Styles.Quiet, safe.Format("%s breaking and checking", look.Spin))
		return
	}
	b := w.last.broken
	s.Entry(safe.Const("where"), widget.OneLine(b.Where), "", s.Styles.Text, 0, changeLabel)
	s.changed(safe.Const("before"), b.Before, b.After, false)
	s.changed(safe.Const("after"), b.After, b.Before, true)
}

// changeLabel is the column of labels of a change, in cells.
const changeLabel = 8

// changed adds a value with what differs from another marked, in a style and, with under, by carets below it.
func (s writer) changed(label safe.Text, value, other string, under bool) {
	room := max(s.Width-changeLabel, 1)
	head, middle, tail := differing(widget.OneLine(widget.Bounded(value)), widget.OneLine(widget.Bounded(other)))
	style := s.Styles.Good
	if under {
		style = s.Styles.Bad.Bold()
	}
	parts := []rows.Part{{Style: s.Styles.Text, Text: safe.Line(head)}, {Style: style, Text: safe.Line(middle)}, {Style: s.Styles.Text, Text: safe.Line(tail)}}
	lead := label
	for _, l := range folded(parts, room, mostChange) {
		full := widget.Line{Left: []rows.Part{{Style: s.Styles.Label, Text: lead.PadRight(changeLabel)}}}
		full.Left = append(full.Left, l.Left...)
		s.Add(full)
		lead = safe.Text{}
		if carets := s.carets(l, style); under && len(carets.Left) > 0 {
			s.Add(carets)
		}
	}
}

// carets point at the changed part of a line, empty where there is none.
func (s writer) carets(of widget.Line, changed theme.Style) widget.Line {
	at, marks := changeLabel, 0
	for _, p := range of.Left {
		if p.Style == changed {
			marks = p.Text.Width()
			break
		}
		at += p.Text.Width()
	}
	if marks == 0 {
		return widget.Line{}
	}
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(at))
	l.Add(changed, safe.Line(strings.Repeat("^", marks)))
	return l
}

// differing divides a text into what it begins with like another, what differs, and what it ends with like it. Characters
// stay whole, and bytes that are none stay what they are.
func differing(text, other string) (head, middle, tail string) {
	from := 0
	for from < len(text) && from < len(other) && text[from] == other[from] {
		from++
	}
	for from > 0 && from < len(text) && !utf8.RuneStart(text[from]) {
		from--
	}
	end := 0
	for end < min(len(text), len(other))-from && text[len(text)-1-end] == other[len(other)-1-end] {
		end++
	}
	for end > 0 && !utf8.RuneStart(text[len(text)-end]) {
		end--
	}
	return text[:from], text[from : len(text)-end], text[len(text)-end:]
}

// folded breaks parts into lines of that many cells, at most that many of them. Where there are more, those around the
// first that is changed are shown.
func folded(parts []rows.Part, cells, most int) []widget.Line {
	var out []widget.Line
	var l widget.Line
	used, first := 0, 0
	for i, p := range parts {
		if i == 1 {
			first = len(out)
		}
		for rest := p.Text; !rest.Empty(); {
			var piece safe.Text
			piece, rest = rest.Split(cells - used)
			if piece.Empty() && used == 0 { // a character wider than the room
				break
			}
			l.Add(p.Style, piece)
			if used += piece.Width(); !rest.Empty() {
				out = append(out, l)
				l, used = widget.Line{}, 0
			}
		}
	}
	out = append(out, l)
	from := max(0, min(first, len(out)-most))
	return out[from:min(from+most, len(out))]
}

// caught says what the broken evidence is worth, and which check says so.
func (s writer) caught(w way, real model.Report) {
	s.Gap()
	t := w.last
	mark := s.Styles.Verdict(t.report.Verdict, model.Trusted)
	var l widget.Line
	l.Add(s.Styles.Label, safe.Const("broken  "))
	l.Add(mark.Style, mark.Text())
	if t.caught && t.by.ID != "" {
		l.Add(s.Styles.Text, safe.Const(", caught by "))
		l.Add(s.Styles.Strong, safe.LineMax(string(t.by.ID), s.Width))
	}
	s.Add(l)
	why := t.by.Detail
	if why == "" {
		why = t.report.Reason
	}
	if !t.caught {
		why = breaking.Unnoticed(w.ID, real, t.report)
	}
	s.Sentence(why, s.Styles.Text, changeLabel)
	was := s.Styles.Verdict(real.Verdict, model.Trusted)
	var r widget.Line
	r.Add(s.Styles.Label, safe.Const("real    "))
	r.Add(was.Style, was.Text())
	s.Add(r)
}

// The columns of the ladders, in cells.
const ladderName, ladderStatus = 14, 13

// beside is the ladder of the broken evidence and that of the real one, check by check. What catches it is marked.
func (s writer) beside(broken, real model.Report, by model.CheckID) {
	s.Gap()
	var head widget.Line
	head.Add(s.Styles.Label, safe.Const("check").PadRight(ladderName))
	head.Add(s.Styles.Label, safe.Const("broken").PadRight(ladderStatus))
	head.Add(s.Styles.Label, safe.Const("real"))
	s.Add(head)
	for _, id := range bothLadders(broken, real) {
		now, was := broken.Check(id), real.Check(id)
		var l widget.Line
		name, sign := s.Styles.Text, safe.Spaces(1)
		if id == by {
			name, sign = s.Styles.Strong, s.Styles.Glyphs.Collapsed
		}
		l.Add(s.Styles.Bad.Bold(), sign.PadRight(2))
		l.Add(name, safe.LineMax(string(id), ladderName-3).PadRight(ladderName-2))
		for i, c := range []model.Check{now, was} {
			mark := s.Styles.Check(c.Status)
			text := mark.Text()
			if i == 0 {
				text = text.PadRight(ladderStatus)
			}
			l.Add(mark.Style, text)
		}
		if said := safe.Const("  catches it"); id == by && widget.Width(l.Left)+said.Width() <= s.Width {
			l.Add(s.Styles.Strong, said)
		}
		s.Add(l)
	}
	if c := broken.Check(by); by != "" && c.ID != "" {
		s.Gap()
		s.Entry(safe.Const("expected"), widget.OneLine(c.Expected), "", s.Styles.Text, 0, 10)
		s.Entry(safe.Const("actual"), widget.OneLine(c.Actual), "", s.Styles.Check(c.Status).Style, 0, 10)
		s.Entry(safe.Const("proves"), c.Proves, "", s.Styles.Quiet, 0, 10)
		s.Entry(safe.Const("spec"), c.Spec, "", s.Styles.Quiet, 0, 10)
	}
}

// bothLadders are the checks of both, in the order of the real one.
func bothLadders(broken, real model.Report) []model.CheckID {
	var out []model.CheckID
	seen := map[model.CheckID]bool{}
	for _, r := range []model.Report{real, broken} {
		for _, c := range r.Checks {
			if !seen[c.ID] {
				seen[c.ID] = true
				out = append(out, c.ID)
			}
		}
	}
	return out
}

// copied is what is copied from the bench. It says of itself what it is, wherever it is pasted.
func (s View) copied() scene.Intent {
	w, any := s.way()
	if !any || !w.tried() {
		return scene.CopyText{}
	}
	b, t := w.last.broken, w.last
	said := "BROKEN ON PURPOSE, in memory only, and not the image: " + w.Title + "; " + b.Where + ": " + b.Before + " became " + b.After + "; "
	if t.caught {
		said += t.report.Verdict.String()
		if t.by.ID != "" {
			said += ", caught by " + string(t.by.ID)
		}
		said += ": " + t.report.Reason
	} else {
		said += "not caught"
	}
	return scene.CopyText{What: "what was broken on purpose", Text: said}
}

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
