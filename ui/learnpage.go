package ui

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// learnNode is the page about a node.
func (s *sheet) learnNode(t *learnTab, tree *model.Tree, e *model.Entry, info Info) {
	l := lesson.For(tree, e)
	s.put(s.styles.Heading, safe.Line(l.Title))
	s.sentence(l.What, s.styles.Text, 0)
	s.gap()
	ahead := s.contents(t, e)
	s.heading(safe.Const("What it proves"))
	s.standing(e)
	s.points(s.styles.Glyphs.Check, s.styles.Good, l.Proves)
	s.heading(safe.Const("What it does not prove"))
	s.points(s.styles.Glyphs.Dash, s.styles.Warning, l.Not)
	s.heading(safe.Const("How it is stored"))
	s.sentence("As "+l.Form.Name+". "+l.Form.Stored, s.styles.Text, 0)
	if l.Form.Signed != "" {
		s.sentence("What is signed: "+l.Form.Signed, s.styles.Text, 0)
	}
	s.gap()
	s.drawing(l.Store)
	ahead("bytes", len(s.lines)+1)
	s.trail(t, tree, e)
	ahead("checks", len(s.lines)+1)
	s.learnChecks(t, e)
	ahead("programs", len(s.lines)+1)
	s.commands(t, equivalent.For(tree, e, info.Commands))
	ahead("links", len(s.lines)+1)
	s.readOn(t, l.AllLinks())
	s.explained(l.Words)
}

// contents are the parts of the page that are out of sight, to go to. The function that comes back says where one begins.
func (s *sheet) contents(t *learnTab, e *model.Entry) (begins func(part string, row int)) {
	parts := map[string]int{}
	list := func(part string, name safe.Text) {
		first := len(s.lines)
		s.put(s.styles.Link, safe.Concat(s.styles.Glyphs.Down, safe.Spaces(1), name))
		parts[part] = len(t.leads)
		t.stop(first, len(s.lines), learnStop{})
	}
	list("bytes", safe.Const("Follow the bytes, from the tag to what was said"))
	if e.Report != nil && len(e.Report.Checks) > 0 {
		list("checks", safe.Const("What each of its checks is for"))
	}
	list("programs", safe.Const("See and verify the same with other programs"))
	list("links", safe.Const("Read on in the specifications"))
	return func(part string, row int) {
		if i, listed := parts[part]; listed && i < len(t.leads) {
			t.leads[i].row = row
		}
	}
}

// standing says of this very node how far the page's promises hold.
func (s *sheet) standing(e *model.Entry) {
	mark := s.styles.Standing(e.Standing)
	said := ""
	switch e.Standing.Verdict {
	case model.Trusted, model.Valid, model.Untrusted:
		said = "All required checks passed, so for this one it holds:"
		if !e.Node.Format.Signed() {
			said = "What vouches for it passed all required checks, so for this one it holds:"
		}
	case model.Covered:
		said = "It has no signature of its own, and is inside of something that has:"
	case model.Unsigned:
		said = "Nothing here is signed:"
	case model.Invalid, model.Unverifiable, model.Unavailable:
		said = "Not for this one: " + strings.TrimSuffix(e.Standing.Reason, ".") + ". Otherwise it would prove:"
	case model.Unchecked:
		said = "Not checked yet. Once all required checks have passed:"
	}
	lines := paragraph(said, s.width-mark.Text().Width()-2)
	for i, text := range lines {
		var l line
		if i == 0 {
			l.add(mark.Style, safe.Concat(mark.Text(), safe.Spaces(2)))
		} else {
			l.add(theme.Style{}, safe.Spaces(mark.Text().Width()+2))
		}
		l.add(s.styles.Quiet, text)
		s.add(l)
	}
}

// points are sentences, each with a sign before it.
func (s *sheet) points(glyph safe.Text, style theme.Style, texts []string) {
	for _, text := range texts {
		for i, part := range paragraph(text, s.width-2) {
			var l line
			if i == 0 {
				l.add(style, glyph.PadRight(2))
			} else {
				l.add(style, safe.Spaces(2))
			}
			l.add(s.styles.Text, part)
			s.add(l)
		}
	}
}

// roomyDrawing is from how many cells on digests are drawn whole.
const roomyDrawing = 96

// drawing is what is inside of what, each line under what holds it.
func (s *sheet) drawing(store []lesson.Row) {
	for i, r := range store {
		guide := s.guide(store, i)
		label, value := s.styles.Label, s.styles.Text
		if r.Here {
			label, value = s.styles.Strong, s.styles.Strong
		}
		var l line
		l.add(s.styles.Faint, guide)
		l.add(label, safe.Concat(safe.LineMax(r.What, s.width), safe.Spaces(2)))
		text := r.Value
		if d := model.Digest(text); s.width < roomyDrawing && d.Valid() {
			text = d.Short()
		}
		l.add(value, safe.LineMax(oneLine(text), s.width))
		note := safe.LineMax(oneLine(r.Note), s.width)
		if !note.Empty() && width(l.left)+2+note.Width() <= s.width {
			l.add(s.styles.Quiet, safe.Concat(safe.Spaces(2), note))
			note = safe.Text{}
		}
		s.add(l)
		if !note.Empty() {
			s.put(s.styles.Quiet, safe.Concat(safe.Spaces(guide.Width()+2), note).Truncate(s.width))
		}
	}
}

// guide is the lines of a tree before a row. There are no more of them than there is room for.
func (s *sheet) guide(store []lesson.Row, at int) safe.Text {
	var parts []safe.Text
	for depth := 1; depth <= min(store[at].Depth, s.width/6); depth++ {
		more := follows(store[at+1:], depth)
		switch last := depth == store[at].Depth; {
		case last && more:
			parts = append(parts, s.styles.Glyphs.Tee)
		case last:
			parts = append(parts, s.styles.Glyphs.Last)
		case more:
			parts = append(parts, s.styles.Glyphs.Pipe)
		default:
			parts = append(parts, s.styles.Glyphs.Gap)
		}
	}
	return safe.Concat(parts...)
}

// follows reports whether among the rows that come next there is one more at that depth, under the same holder.
func follows(rest []lesson.Row, depth int) bool {
	for _, r := range rest {
		if r.Depth <= depth {
			return r.Depth == depth
		}
	}
	return false
}

// learnChecks are the node's checks; each leads to a page of its own.
func (s *sheet) learnChecks(t *learnTab, e *model.Entry) {
	if e.Report == nil || len(e.Report.Checks) == 0 {
		return
	}
	s.heading(safe.Const("Its checks"))
	s.sentence("Enter on one says what it does, and what it proves.", s.styles.Quiet, 0)
	for _, c := range e.Report.Checks {
		first := len(s.lines)
		mark := s.styles.Check(c.Status)
		var l line
		l.add(mark.Style, mark.Glyph.PadRight(2))
		l.add(s.styles.Text, safe.LineMax(string(c.ID), s.width).PadRight(labelWidth))
		l.add(mark.Style, mark.Word.PadRight(11))
		title := lesson.AboutCheck(c.ID, e.Node.Format).Asks
		l.add(s.styles.Quiet, safe.LineMax(title, max(s.width-width(l.left)-2, 0)))
		l.add(s.styles.Quiet, safe.Format(" %s", s.styles.Glyphs.Enter))
		s.add(l)
		t.stop(first, len(s.lines), learnStop{what: "check", copies: string(c.ID), check: c.ID})
	}
}

// readOn are the sections of specifications. They are text: where they lead is for the reader to see before going there.
func (s *sheet) readOn(t *learnTab, links []lesson.Link) {
	s.heading(safe.Const("Read on"))
	said := map[string]bool{}
	for _, link := range links {
		if said[link.URL] {
			continue
		}
		said[link.URL] = true
		first := len(s.lines)
		s.put(s.styles.Text, safe.LineMax(link.Name, s.width))
		for _, text := range rows.Wrap(safe.Line(link.URL), max(s.width-2, 1), 4) {
			s.put(s.styles.Link, safe.Concat(safe.Spaces(2), text))
		}
		t.stop(first, len(s.lines), learnStop{what: "address", copies: link.URL})
	}
}

// explained are words of the trade that the page uses.
func (s *sheet) explained(words []lesson.Word) {
	if len(words) == 0 {
		return
	}
	s.heading(safe.Const("Words"))
	for _, w := range words {
		s.entry(safe.LineMax(w.Word, s.width), w.Means, "", s.styles.Text, 0, labelWidth)
	}
}
