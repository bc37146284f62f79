package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// trail follows the bytes, with every hash computed again.
func (s *sheet) trail(t *learnTab, tree *model.Tree, e *model.Entry) {
	s.heading(safe.Const("Follow the bytes"))
	s.sentence("Every hash below is computed again, now and here. Enter shows the bytes.", s.styles.Quiet, 0)
	for i, step := range t.trail.steps {
		first := len(s.lines)
		to := stepIntent(tree, e, step)
		var head line
		head.add(s.styles.Key, safe.Int(i+1).PadRight(3))
		head.add(s.styles.Strong, safe.LineMax(step.Name, max(s.width-5, 1)))
		if to != nil {
			head.add(s.styles.Quiet, safe.Format(" %s", s.styles.Glyphs.Enter))
		}
		s.add(head)
		s.sentence(step.Says, s.styles.Quiet, 3)
		for _, r := range step.Rows {
			s.entry(safe.LineMax(r.What, s.width), oneLine(r.Value), oneLine(r.Note), s.styles.Text, 3, labelWidth)
		}
		result := lesson.Result{}
		if i < len(t.trail.done) {
			result = t.trail.done[i]
		}
		s.recomputed(result)
		stop := learnStop{step: i + 1, visit: to, what: "digest", copies: string(result.Digest)}
		t.stop(first, len(s.lines), stop)
	}
}

// recomputed is what came of a step.
func (s *sheet) recomputed(r lesson.Result) {
	glyph, style := s.styles.Glyphs.Bullet, s.styles.Quiet
	lead := safe.Const("recomputed ")
	switch r.Status {
	case lesson.Same:
		glyph, style = s.styles.Glyphs.Check, s.styles.Good
	case lesson.Differs:
		glyph, style = s.styles.Glyphs.Error, s.styles.Bad
	case lesson.Missing:
		glyph, style, lead = s.styles.Glyphs.Warning, s.styles.Warning, safe.Text{}
	case lesson.Pending:
		s.put(style, safe.Concat(safe.Spaces(3), glyph, safe.Const(" computing")))
		return
	case lesson.Computed:
	case lesson.Nothing:
		lead = safe.Text{}
	}
	if r.Digest == "" {
		lead = safe.Text{}
	}
	text := safe.Line(string(r.Digest))
	for i, part := range rows.Wrap(safe.Concat(lead, text), max(s.width-5, 1), 4) {
		if part.Empty() {
			continue
		}
		mark := safe.Spaces(5)
		if i == 0 {
			mark = safe.Concat(safe.Spaces(3), glyph.PadRight(2))
		}
		s.put(style, safe.Concat(mark, part))
		glyph = safe.Text{}
	}
	for i, part := range paragraph(r.Text, s.width-5) {
		mark := safe.Spaces(5)
		if i == 0 && !glyph.Empty() {
			mark = safe.Concat(safe.Spaces(3), glyph.PadRight(2))
		}
		s.put(style, safe.Concat(mark, part))
	}
}

// stepIntent is where the bytes of a step can be looked at, nil if nowhere.
func stepIntent(tree *model.Tree, e *model.Entry, step lesson.Step) intent {
	id := step.Node
	if id == "" {
		id = e.Node.ID
	}
	if tree.Entry(id) == nil {
		return nil
	}
	to := visitNode{id: id, detail: true}
	switch step.Look {
	case lesson.LookRaw:
		to.tab = tabRaw
	case lesson.LookPayload:
		to.tab = tabPayload
	case lesson.LookChecks:
		to.tab = tabChecks
	case lesson.LookNowhere:
		return nil
	}
	return to
}

// purposes are what other programs' commands are for, in the order in which they are shown.
var purposes = []struct {
	of   equivalent.Purpose
	name safe.Text
}{
	{equivalent.Show, safe.Const("To see it with other programs")},
	{equivalent.Decode, safe.Const("To decode it")},
	{equivalent.Verify, safe.Const("To verify it")},
	{equivalent.Policy, safe.Const("To ask for it in a policy")},
}

// mostCommandRows is how many rows of a command are shown; all of it is copied.
const mostCommandRows = 8

// commands are those of other programs that do the same, to be copied.
func (s *sheet) commands(t *learnTab, commands []equivalent.Command) {
	for _, p := range purposes {
		first := true
		for _, c := range commands {
			if c.Purpose != p.of {
				continue
			}
			if first {
				s.heading(p.name)
				first = false
			}
			s.command(t, c)
		}
	}
}

// command is one of them: what it does, the line as it is pasted, and what to know of it.
func (s *sheet) command(t *learnTab, c equivalent.Command) {
	first := len(s.lines)
	var head line
	head.add(s.styles.Strong, safe.LineMax(c.Tool, s.width))
	head.add(s.styles.Text, safe.Format("  %s", safe.LineMax(c.Does, s.width)))
	if c.Line != "" {
		head.add(s.styles.Key, safe.Const("  y "))
		head.add(s.styles.KeyHelp, safe.Const("copy"))
	}
	s.add(head)
	lines := paragraph(c.Line, s.width-2)
	for i, text := range lines {
		if i == mostCommandRows && len(lines) > mostCommandRows+1 {
			s.put(s.styles.Quiet, safe.Format("  %s %s more rows; y copies all", s.styles.Glyphs.Ellipsis, safe.Int(len(lines)-i)))
			break
		}
		if c.Line != "" {
			s.put(s.styles.JSONKey, safe.Concat(safe.Spaces(2), text))
		}
	}
	s.sentence(c.Note, s.styles.Quiet, 2)
	if c.Line != "" {
		t.stop(first, len(s.lines), learnStop{what: "command", copies: c.Line})
	}
}
