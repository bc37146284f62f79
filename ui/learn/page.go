package learn

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// node is the page about a node.
func (s writer) node(t *Tab, tree *model.Tree, e *model.Entry, commands equivalent.Context) {
	l := lesson.For(tree, e)
	s.Put(s.Styles.Heading, safe.Line(l.Title))
	s.Sentence(l.What, s.Styles.Text, 0)
	s.Gap()
	ahead := s.contents(t, e)
	s.Heading(safe.Const("What it proves"))
	s.standing(e)
	s.points(s.Styles.Glyphs.Check, s.Styles.Good, l.Proves)
	s.Heading(safe.Const("What it does not prove"))
	s.points(s.Styles.Glyphs.Dash, s.Styles.Warning, l.Not)
	s.Heading(safe.Const("How it is stored"))
	s.Sentence("As "+l.Form.Name+". "+l.Form.Stored, s.Styles.Text, 0)
	if l.Form.Signed != "" {
		s.Sentence("What is signed: "+l.Form.Signed, s.Styles.Text, 0)
	}
	s.Gap()
	s.drawing(l.Store)
	ahead("bytes", len(s.Lines)+1)
	s.trail(t, tree, e)
	ahead("checks", len(s.Lines)+1)
	s.checks(t, e)
	ahead("programs", len(s.Lines)+1)
	s.commands(t, equivalent.For(tree, e, commands))
	ahead("links", len(s.Lines)+1)
	s.readOn(t, l.AllLinks())
	s.explained(l.Words)
}

// contents are the parts of the page that are out of sight, to go to. The function that comes back says where one begins.
func (s writer) contents(t *Tab, e *model.Entry) (begins func(part string, row int)) {
	parts := map[string]int{}
	list := func(part string, name safe.Text) {
		first := len(s.Lines)
		s.Put(s.Styles.Link, safe.Concat(s.Styles.Glyphs.Down, safe.Spaces(1), name))
		parts[part] = len(t.leads)
		t.stop(first, len(s.Lines), lead{})
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
func (s writer) standing(e *model.Entry) {
	mark := s.Styles.Standing(e.Standing)
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
	lines := widget.Paragraph(said, s.Width-mark.Text().Width()-2)
	for i, text := range lines {
		var l widget.Line
		if i == 0 {
			l.Add(mark.Style, safe.Concat(mark.Text(), safe.Spaces(2)))
		} else {
			l.Add(theme.Style{}, safe.Spaces(mark.Text().Width()+2))
		}
		l.Add(s.Styles.Quiet, text)
		s.Add(l)
	}
}

// points are sentences, each with a sign before it.
func (s writer) points(glyph safe.Text, style theme.Style, texts []string) {
	for _, text := range texts {
		for i, part := range widget.Paragraph(text, s.Width-2) {
			var l widget.Line
			if i == 0 {
				l.Add(style, glyph.PadRight(2))
			} else {
				l.Add(style, safe.Spaces(2))
			}
			l.Add(s.Styles.Text, part)
			s.Add(l)
		}
	}
}

// roomyDrawing is from how many cells on digests are drawn whole.
const roomyDrawing = 96

// drawing is what is inside of what, each line under what holds it.
func (s writer) drawing(store []lesson.Row) {
	for i, r := range store {
		guide := s.guide(store, i)
		label, value := s.Styles.Label, s.Styles.Text
		if r.Here {
			label, value = s.Styles.Strong, s.Styles.Strong
		}
		var l widget.Line
		l.Add(s.Styles.Faint, guide)
		l.Add(label, safe.Concat(safe.LineMax(r.What, s.Width), safe.Spaces(2)))
		text := r.Value
		if d := model.Digest(text); s.Width < roomyDrawing && d.Valid() {
			text = d.Short()
		}
		l.Add(value, safe.LineMax(widget.OneLine(text), s.Width))
		note := safe.LineMax(widget.OneLine(r.Note), s.Width)
		if !note.Empty() && widget.Width(l.Left)+2+note.Width() <= s.Width {
			l.Add(s.Styles.Quiet, safe.Concat(safe.Spaces(2), note))
			note = safe.Text{}
		}
		s.Add(l)
		if !note.Empty() {
			below := s.below(store, i)
			var l widget.Line
			l.Add(s.Styles.Faint, below)
			l.Add(s.Styles.Quiet, note.Truncate(max(s.Width-below.Width(), 0)))
			s.Add(l)
		}
	}
}

// guide is the lines of a tree before a row. There are no more of them than there is room for.
func (s writer) guide(store []lesson.Row, at int) safe.Text {
	var parts []safe.Text
	for depth := 1; depth <= min(store[at].Depth, s.Width/6); depth++ {
		more := follows(store[at+1:], depth)
		switch last := depth == store[at].Depth; {
		case last && more:
			parts = append(parts, s.Styles.Glyphs.Tee)
		case last:
			parts = append(parts, s.Styles.Glyphs.Last)
		case more:
			parts = append(parts, s.Styles.Glyphs.Pipe)
		default:
			parts = append(parts, s.Styles.Glyphs.Gap)
		}
	}
	return safe.Concat(parts...)
}

// below is the lines of a tree beside a second row of the same thing: those to what follows it, and to what is inside of it.
func (s writer) below(store []lesson.Row, at int) safe.Text {
	var parts []safe.Text
	for depth := 1; depth <= min(store[at].Depth+1, s.Width/6); depth++ {
		if follows(store[at+1:], depth) {
			parts = append(parts, s.Styles.Glyphs.Pipe)
		} else {
			parts = append(parts, s.Styles.Glyphs.Gap)
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

// checks are the node's checks; each leads to a page of its own.
func (s writer) checks(t *Tab, e *model.Entry) {
	if e.Report == nil || len(e.Report.Checks) == 0 {
		return
	}
	s.Heading(safe.Const("Its checks"))
	s.Sentence(keymap.Leading(s.keys.Enter)+" on one says what it does, and what it proves.", s.Styles.Quiet, 0)
	for _, c := range e.Report.Checks {
		first := len(s.Lines)
		mark := s.Styles.Check(c.Status)
		var l widget.Line
		l.Add(mark.Style, mark.Glyph.PadRight(2))
		l.Add(s.Styles.Text, safe.LineMax(string(c.ID), s.Width).PadRight(widget.LabelWidth))
		l.Add(mark.Style, mark.Word.PadRight(11))
		title := lesson.AboutCheck(c.ID, e.Node.Format).Asks
		l.Add(s.Styles.Quiet, safe.LineMax(title, max(s.Width-widget.Width(l.Left)-2, 0)))
		l.Add(s.Styles.Quiet, safe.Format(" %s", s.Styles.Glyphs.Enter))
		s.Add(l)
		t.stop(first, len(s.Lines), lead{what: "check", copies: string(c.ID), check: c.ID})
	}
}

// readOn are the sections of specifications. They are text: where they lead is for the reader to see before going there.
func (s writer) readOn(t *Tab, links []lesson.Link) {
	s.Heading(safe.Const("Read on"))
	said := map[string]bool{}
	for _, link := range links {
		if said[link.URL] {
			continue
		}
		said[link.URL] = true
		first := len(s.Lines)
		s.Put(s.Styles.Text, safe.LineMax(link.Name, s.Width))
		for _, text := range rows.Wrap(safe.Line(link.URL), max(s.Width-2, 1), 4) {
			s.Put(s.Styles.Link, safe.Concat(safe.Spaces(2), text))
		}
		t.stop(first, len(s.Lines), lead{what: "address", copies: link.URL})
	}
}

// explained are words of the trade that the page uses.
func (s writer) explained(words []lesson.Word) {
	if len(words) == 0 {
		return
	}
	s.Heading(safe.Const("Words"))
	for _, w := range words {
		s.Entry(safe.LineMax(w.Word, s.Width), w.Means, "", s.Styles.Text, 0, widget.LabelWidth)
	}
}
