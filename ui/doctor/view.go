package doctor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// Columns of the rules.
const (
	result = iota
	rule
	file
	read
	node
)

var headings = []widget.Column{
	result: {Name: safe.Const("Result"), Least: 14, Most: 14, Keep: true},
	rule:   {Name: safe.Const("Rule"), Least: 18, Most: 34, Keep: true},
	file:   {Name: safe.Const("File"), Least: 12, Most: 28},
	read:   {Name: safe.Const("Reads"), Least: 16, Most: 44},
	node:   {Name: safe.Const("On"), Least: 16, Most: 40},
}

// fields are what words of a filter may look in.
var fields = []string{"is", "file", "rule", "on"}

// resultWord is how a rule ended, in a word or three.
func resultWord(r diagnosis.Rule) string {
	switch r.Result {
	case diagnosis.Met:
		return "met"
	case diagnosis.NotMet:
		if r.WouldBe {
			return "would be met"
		}
		return "not met"
	case diagnosis.Undefined:
		return "undefined"
	case diagnosis.Unsupported:
	}
	return "unsupported"
}

// resultMark is how it is shown. Only what is met is good.
func resultMark(st *theme.Styles, r diagnosis.Rule) (glyph safe.Text, style theme.Style) {
	switch r.Result {
	case diagnosis.Met:
		return st.Glyphs.Check, st.Good
	case diagnosis.NotMet:
		if r.WouldBe {
			return st.Glyphs.Warning, st.Warning
		}
		return st.Glyphs.Error, st.Bad
	case diagnosis.Undefined:
		return safe.Const("?"), st.Bad
	case diagnosis.Unsupported:
	}
	return safe.Const("!"), st.Bad
}

// siftRules is which rules match what was typed, sorted.
//
// Unsorted, what is not met comes first, each in the order of the files.
func siftRules(rules []diagnosis.Rule, by widget.ListedBy) []int32 {
	order := widget.ListRows(len(rules), by, fields, func(i int, t widget.Term) bool {
		r := rules[i]
		switch t.Field {
		case "is":
			return t.In(resultWord(r))
		case "file":
			return t.In(r.File)
		case "rule":
			return t.In(r.Rule)
		case "on":
			return t.In(r.Node)
		}
		if t.In(r.Rule, r.File, r.Message, r.Expression, resultWord(r)) {
			return true
		}
		for _, d := range r.Diagnosis {
			if t.In(d.ID, d.Message) {
				return true
			}
		}
		return false
	}, func(a, b, column int) int { return compareRules(rules[a], rules[b], column) })
	if by.Sorted == 0 {
		met := func(i int32) int { return min(max(resultOrder(rules[i])-3, 0), 1) }
		slices.SortStableFunc(order, func(a, b int32) int { return met(a) - met(b) })
	}
	return order
}

func compareRules(a, b diagnosis.Rule, column int) int {
	switch column {
	case rule:
		return cmp.Compare(a.Rule, b.Rule)
	case file:
		return cmp.Compare(a.File, b.File)
	case read:
		return cmp.Compare(a.Path, b.Path)
	case node:
		return cmp.Compare(a.Node, b.Node)
	}
	return cmp.Compare(resultOrder(a), resultOrder(b))
}

// resultOrder puts what asks for attention first.
func resultOrder(r diagnosis.Rule) int {
	switch r.Result {
	case diagnosis.Undefined:
		return 0
	case diagnosis.Unsupported:
		return 1
	case diagnosis.NotMet:
		if r.WouldBe {
			return 3
		}
		return 2
	case diagnosis.Met:
		return 4
	}
	return 0
}

// cell is what stands in a column of a row of the table.
func (s View) cell(row, column int, st *theme.Styles) rows.Part {
	r := s.rules[s.list.Order[row]]
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, widget.MostCell)}
	}
	switch column {
	case result:
		glyph, style := resultMark(st, r)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.Line(resultWord(r)))}
	case rule: // the end of a long name tells rules apart
		return rows.Part{Style: st.Text, Text: safe.LineMax(r.Rule, widget.MostCell).TruncateMiddle(s.list.Table.Widths[column])}
	case file:
		return rows.Part{Style: st.Quiet, Text: safe.LineMax(r.File, widget.MostCell).TruncateLeft(s.list.Table.Widths[column])}
	case read:
		if r.Path != "" && r.Missing {
			return text(st.Warning, r.Path+": nothing is there")
		}
		return text(st.Quiet, strings.TrimSuffix(r.Path+": "+r.Found, ": "))
	}
	if e := s.tree.Entry(r.Node); e != nil {
		mark := st.Standing(e.Standing)
		return rows.Part{Style: mark.Style, Text: safe.Format("%s %s", mark.Glyph, safe.LineMax(model.EntryTitle(e), widget.MostCell))}
	}
	return text(st.Quiet, "")
}

// head says which files are examined, and what came out. Its last line is the one that is typed in.
func (s View) head(on scene.Stage) []widget.Line {
	st := on.Look.Styles
	var out []widget.Line
	switch {
	case s.naming && len(s.files) == 0:
		page := widget.Sheet{Width: max(on.Room.W-widget.TableMargin-1, 1), Styles: st}
		if on.Room.H >= 9 {
			page.Sentence("What do policy files make of this image, rule by rule, and what is wrong with them? Name a file: Rego, a Kyverno ClusterPolicy, or a signing policy. Nothing is sent anywhere.", st.Quiet, 0)
			page.Gap()
		}
		out = widget.Indented(page.Lines)
	case on.Room.H >= widget.DetailsBoth:
		var l widget.Line
		l.Add(st.Label, safe.Concat(safe.Spaces(widget.TableMargin), safe.Const("files  ")))
		l.Add(st.Strong, safe.LineMax(strings.Join(s.files, ", "), on.Room.W).TruncateMiddle(max(on.Room.W-12, 1)))
		out = append(out, l)
	}
	return append(out, s.lastLine(on))
}

// lastLine is the line that a file or a filter is typed in, or what came out.
func (s View) lastLine(on scene.Stage) widget.Line {
	st := on.Look.Styles
	if s.naming {
		l := on.Look.Lead(len(s.list.Order) == 0 || !s.ready)
		l.Add(st.Prompt, safe.Const("policy file: "))
		p := s.name.Shown(on.Look, safe.Const("its path"), max(on.Room.W-18, 4))
		l.Add(p.Style, p.Text)
		return l
	}
	l := on.Look.Lead(!s.ready || len(s.list.Order) == 0)
	switch {
	case !s.ready && !s.busy:
		l.Add(st.Quiet, safe.Format("%s waiting until everything attached here has been looked at", on.Look.Spin))
		return l
	case !s.ready:
		l.Add(st.Quiet, safe.Format("%s examining", on.Look.Spin))
		return l
	}
	answer, style := safe.Const("not satisfied"), st.Bad
	switch {
	case s.ok && s.unseen:
		answer, style = safe.Const("met, but not all was seen"), st.Warning
	case s.ok:
		answer, style = safe.Const("satisfied"), st.Good
	}
	if s.busy {
		answer, style = safe.Format("%s examining again", on.Look.Spin), st.Quiet
	}
	right := rows.Part{Style: style, Text: safe.Format("  policies: %s ", answer)}
	if s.list.Typing || s.list.Filter.Text != "" {
		l.Add(st.Prompt, safe.Const("filter: "))
		p := s.list.Filter.Shown(on.Look, safe.Text{}, max(on.Room.W-48, 4))
		l.Add(p.Style, p.Text)
		l.Spread(on.Room.W, rows.Part{Style: st.Quiet, Text: safe.Format("%s of %s", safe.Int(len(s.list.Order)), safe.Int(len(s.rules)))}, right)
		return l
	}
	l.Add(st.Quiet, s.tally().Truncate(max(on.Room.W-widget.TableMargin-right.Text.Width()-1, 1)))
	l.Spread(on.Room.W, right)
	return l
}

// tally is how many rules ended how.
func (s View) tally() safe.Text {
	var parts []safe.Text
	for _, word := range []string{"met", "would be met", "not met", "undefined", "unsupported"} {
		if n := s.counts[word]; n > 0 {
			parts = append(parts, safe.Format("%s %s", safe.Int(n), safe.Line(word)))
		}
	}
	return safe.Join(safe.Const(", "), parts...)
}
