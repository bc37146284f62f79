package learn

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/model/lesson"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// trail follows the bytes, with every hash computed again.
func (s writer) trail(t *Tab, tree *model.Tree, e *model.Entry) {
	s.Heading(safe.Const("Follow the bytes"))
	s.Sentence("Every hash below is computed again, now and here. "+keymap.Leading(s.keys.Enter)+" shows the bytes.", s.Styles.Quiet, 0)
	for i, step := range t.trail.steps {
		first := len(s.Lines)
		to := stepIntent(tree, e, step)
		var head widget.Line
		head.Add(s.Styles.Key, safe.Int(i+1).PadRight(3))
		head.Add(s.Styles.Strong, safe.LineMax(step.Name, max(s.Width-5, 1)))
		if to != nil {
			head.Add(s.Styles.Quiet, safe.Format(" %s", s.Styles.Glyphs.Enter))
		}
		s.Add(head)
		s.Sentence(step.Says, s.Styles.Quiet, 3)
		for _, r := range step.Rows {
			s.Entry(safe.LineMax(r.What, s.Width), widget.OneLine(r.Value), widget.OneLine(r.Note), s.Styles.Text, 3, widget.LabelWidth)
		}
		result := lesson.Result{}
		if i < len(t.trail.done) {
			result = t.trail.done[i]
		}
		s.recomputed(result)
		stop := lead{step: i + 1, visit: to, what: "digest", copies: string(result.Digest)}
		t.stop(first, len(s.Lines), stop)
	}
}

// recomputed is what came of a step.
func (s writer) recomputed(r lesson.Result) {
	glyph, style := s.Styles.Glyphs.Bullet, s.Styles.Quiet
	lead := safe.Const("recomputed ")
	switch r.Status {
	case lesson.Same:
		glyph, style = s.Styles.Glyphs.Check, s.Styles.Good
	case lesson.Differs:
		glyph, style = s.Styles.Glyphs.Error, s.Styles.Bad
	case lesson.Missing:
		glyph, style, lead = s.Styles.Glyphs.Warning, s.Styles.Warning, safe.Text{}
	case lesson.Pending:
		s.Put(style, safe.Concat(safe.Spaces(3), glyph, safe.Const(" computing")))
		return
	case lesson.Computed:
	case lesson.Nothing:
		lead = safe.Text{}
	}
	if r.Digest == "" {
		lead = safe.Text{}
	}
	text := safe.Line(string(r.Digest))
	for i, part := range rows.Wrap(safe.Concat(lead, text), max(s.Width-5, 1), 4) {
		if part.Empty() {
			continue
		}
		mark := safe.Spaces(5)
		if i == 0 {
			mark = safe.Concat(safe.Spaces(3), glyph.PadRight(2))
		}
		s.Put(style, safe.Concat(mark, part))
		glyph = safe.Text{}
	}
	for i, part := range widget.Paragraph(r.Text, s.Width-5) {
		mark := safe.Spaces(5)
		if i == 0 && !glyph.Empty() {
			mark = safe.Concat(safe.Spaces(3), glyph.PadRight(2))
		}
		s.Put(style, safe.Concat(mark, part))
	}
}

// stepIntent is where the bytes of a step can be looked at, nil if nowhere.
func stepIntent(tree *model.Tree, e *model.Entry, step lesson.Step) scene.Intent {
	id := step.Node
	if id == "" {
		id = e.Node.ID
	}
	if tree.Entry(id) == nil {
		return nil
	}
	to := scene.VisitNode{ID: id, Detail: true}
	switch step.Look {
	case lesson.LookRaw:
		to.Tab = scene.TabRaw
	case lesson.LookPayload:
		to.Tab = scene.TabPayload
	case lesson.LookChecks:
		to.Tab = scene.TabChecks
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
func (s writer) commands(t *Tab, commands []equivalent.Command) {
	for _, p := range purposes {
		first := true
		for _, c := range commands {
			if c.Purpose != p.of {
				continue
			}
			if first {
				s.Heading(p.name)
				first = false
			}
			s.command(t, c)
		}
	}
}

// command is one of them: what it does, the line as it is pasted, and what to know of it.
func (s writer) command(t *Tab, c equivalent.Command) {
	first := len(s.Lines)
	var head widget.Line
	head.Add(s.Styles.Strong, safe.LineMax(c.Tool, s.Width))
	head.Add(s.Styles.Text, safe.Format("  %s", safe.LineMax(c.Does, s.Width)))
	if c.Line != "" {
		head.Add(s.Styles.Key, safe.Format("  %s ", keymap.FirstKey(s.keys.Copy)))
		head.Add(s.Styles.KeyHelp, safe.Const("copy"))
	}
	s.Add(head)
	lines := widget.Paragraph(c.Line, s.Width-2)
	for i, text := range lines {
		if i == mostCommandRows && len(lines) > mostCommandRows+1 {
			s.Put(s.Styles.Quiet, safe.Format("  %s %s more rows; %s copies all", s.Styles.Glyphs.Ellipsis, safe.Int(len(lines)-i), keymap.FirstKey(s.keys.Copy)))
			break
		}
		if c.Line != "" {
			s.Put(s.Styles.JSONKey, safe.Concat(safe.Spaces(2), text))
		}
	}
	s.Sentence(c.Note, s.Styles.Quiet, 2)
	if c.Line != "" {
		t.stop(first, len(s.Lines), lead{what: "command", copies: c.Line})
	}
}
