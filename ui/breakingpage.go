package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// breakingPage is what became of the evidence: the change, what catches it, and the ladder beside the real one.
type breakingPage struct {
	lines  []line
	window rows.Window
	thumb  thumb
}

func (p breakingPage) prepare(s breakingScene, room area, look paneLook) breakingPage {
	p.lines = nil
	if w, any := s.way(); any {
		page := sheet{width: max(room.w-2, 1), styles: look.styles}
		page.change(w, look)
		if w.tried() {
			page.caught(w, *s.real)
			page.beside(w.last.report, *s.real, w.last.by.ID)
		}
		p.lines = page.lines
	}
	p.window = p.window.SetCount(len(p.lines)).Resize(room.h)
	p.thumb = thumbOf(p.window, room.y)
	return p
}

// tried reports whether what came of the chosen variant is known.
func (w breakingWay) tried() bool {
	return w.last != nil && w.last.variant == w.variant && w.last.problem == ""
}

func (p breakingPage) view(room area, look paneLook) []string {
	b := drawer(room.w, look.styles)
	var out []string
	from, to := p.window.Visible()
	for i := from; i < to; i++ {
		var l line
		l.add(look.styles.Marker, look.marker(i == from && look.focused))
		l.left = append(l.left, p.lines[i].left...)
		out = append(out, l.draw(b, theme.Style{}))
	}
	return out
}

// mostChange is how many lines of what stood there, and stands there now, are shown.
const mostChange = 4

// change says what is changed, and where in it.
func (s *sheet) change(w breakingWay, look paneLook) {
	var l line
	l.add(s.styles.Heading, safe.Const("What is changed"))
	if w.Variants > 1 {
		said := safe.Format("variant %s of %s", safe.Int(w.variant+1), safe.Int(w.Variants))
		if !l.spread(s.width, rows.Part{Style: s.styles.Quiet, Text: said}) {
			l.spread(s.width, rows.Part{Style: s.styles.Quiet, Text: safe.Format("%s/%s", safe.Int(w.variant+1), safe.Int(w.Variants))})
		}
	}
	s.add(l)
	switch {
	case w.last != nil && w.last.variant == w.variant && w.last.problem != "":
		s.sentence("It could not be tried: "+w.last.problem, s.styles.Warning, 0)
		return
	case !w.tried():
		s.put(s.styles.Quiet, safe.Format("%s breaking and checking", look.spin))
		return
	}
	b := w.last.broken
	s.entry(safe.Const("where"), oneLine(b.Where), "", s.styles.Text, 0, changeLabel)
	s.changed(safe.Const("before"), b.Before, b.After, false)
	s.changed(safe.Const("after"), b.After, b.Before, true)
}

// changeLabel is the column of labels of a change, in cells.
const changeLabel = 8

// changed adds a value with what differs from another marked, in a style and, with under, by carets below it.
func (s *sheet) changed(label safe.Text, value, other string, under bool) {
	room := max(s.width-changeLabel, 1)
	head, middle, tail := differing(oneLine(bounded(value)), oneLine(bounded(other)))
	style := s.styles.Good
	if under {
		style = s.styles.Bad.Bold()
	}
	parts := []rows.Part{{Style: s.styles.Text, Text: safe.Line(head)}, {Style: style, Text: safe.Line(middle)}, {Style: s.styles.Text, Text: safe.Line(tail)}}
	lead := label
	for _, l := range folded(parts, room, mostChange) {
		full := line{left: []rows.Part{{Style: s.styles.Label, Text: lead.PadRight(changeLabel)}}}
		full.left = append(full.left, l.left...)
		s.add(full)
		lead = safe.Text{}
		if carets := s.carets(l, style); under && len(carets.left) > 0 {
			s.add(carets)
		}
	}
}

// carets point at the changed part of a line, empty where there is none.
func (s *sheet) carets(of line, changed theme.Style) line {
	at, marks := changeLabel, 0
	for _, p := range of.left {
		if p.Style == changed {
			marks = p.Text.Width()
			break
		}
		at += p.Text.Width()
	}
	if marks == 0 {
		return line{}
	}
	var l line
	l.add(theme.Style{}, safe.Spaces(at))
	l.add(changed, safe.Line(strings.Repeat("^", marks)))
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
func folded(parts []rows.Part, cells, most int) []line {
	var out []line
	var l line
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
			l.add(p.Style, piece)
			if used += piece.Width(); !rest.Empty() {
				out = append(out, l)
				l, used = line{}, 0
			}
		}
	}
	out = append(out, l)
	from := max(0, min(first, len(out)-most))
	return out[from:min(from+most, len(out))]
}

// caught says what the broken evidence is worth, and which check says so.
func (s *sheet) caught(w breakingWay, real model.Report) {
	s.gap()
	t := w.last
	mark := s.styles.Verdict(t.report.Verdict, model.Trusted)
	var l line
	l.add(s.styles.Label, safe.Const("broken  "))
	l.add(mark.Style, mark.Text())
	if t.caught && t.by.ID != "" {
		l.add(s.styles.Text, safe.Const(", caught by "))
		l.add(s.styles.Strong, safe.LineMax(string(t.by.ID), s.width))
	}
	s.add(l)
	why := t.by.Detail
	if why == "" {
		why = t.report.Reason
	}
	if !t.caught {
		why = breaking.Unnoticed(w.ID, real, t.report)
	}
	s.sentence(why, s.styles.Text, changeLabel)
	was := s.styles.Verdict(real.Verdict, model.Trusted)
	var r line
	r.add(s.styles.Label, safe.Const("real    "))
	r.add(was.Style, was.Text())
	s.add(r)
}

// The columns of the ladders, in cells.
const ladderName, ladderStatus = 14, 13

// beside is the ladder of the broken evidence and that of the real one, check by check. What catches it is marked.
func (s *sheet) beside(broken, real model.Report, by model.CheckID) {
	s.gap()
	var head line
	head.add(s.styles.Label, safe.Const("check").PadRight(ladderName))
	head.add(s.styles.Label, safe.Const("broken").PadRight(ladderStatus))
	head.add(s.styles.Label, safe.Const("real"))
	s.add(head)
	for _, id := range bothLadders(broken, real) {
		now, was := broken.Check(id), real.Check(id)
		var l line
		name, sign := s.styles.Text, safe.Spaces(1)
		if id == by {
			name, sign = s.styles.Strong, s.styles.Glyphs.Collapsed
		}
		l.add(s.styles.Bad.Bold(), sign.PadRight(2))
		l.add(name, safe.LineMax(string(id), ladderName-3).PadRight(ladderName-2))
		for i, c := range []model.Check{now, was} {
			mark := s.styles.Check(c.Status)
			text := mark.Text()
			if i == 0 {
				text = text.PadRight(ladderStatus)
			}
			l.add(mark.Style, text)
		}
		if said := safe.Const("  catches it"); id == by && width(l.left)+said.Width() <= s.width {
			l.add(s.styles.Strong, said)
		}
		s.add(l)
	}
	if c := broken.Check(by); by != "" && c.ID != "" {
		s.gap()
		s.entry(safe.Const("expected"), oneLine(c.Expected), "", s.styles.Text, 0, 10)
		s.entry(safe.Const("actual"), oneLine(c.Actual), "", s.styles.Check(c.Status).Style, 0, 10)
		s.entry(safe.Const("proves"), c.Proves, "", s.styles.Quiet, 0, 10)
		s.entry(safe.Const("spec"), c.Spec, "", s.styles.Quiet, 0, 10)
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
func (s breakingScene) copied() intent {
	w, any := s.way()
	if !any || !w.tried() {
		return copyText{}
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
	return copyText{"what was broken on purpose", said}
}
