package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Columns of the rules.
const (
	doctorResult = iota
	doctorRule
	doctorFile
	doctorRead
	doctorNode
)

var doctorHeadings = []heading{
	doctorResult: {name: safe.Const("Result"), least: 14, most: 14, keep: true},
	doctorRule:   {name: safe.Const("Rule"), least: 18, most: 34, keep: true},
	doctorFile:   {name: safe.Const("File"), least: 12, most: 28},
	doctorRead:   {name: safe.Const("Reads"), least: 16, most: 44},
	doctorNode:   {name: safe.Const("On"), least: 16, most: 40},
}

// doctorFields are what words of a filter may look in.
var doctorFields = []string{"is", "file", "rule", "on"}

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
func siftRules(rules []diagnosis.Rule, by listedBy) []int32 {
	order := listRows(len(rules), by, doctorFields, func(i int, t term) bool {
		r := rules[i]
		switch t.field {
		case "is":
			return t.in(resultWord(r))
		case "file":
			return t.in(r.File)
		case "rule":
			return t.in(r.Rule)
		case "on":
			return t.in(r.Node)
		}
		if t.in(r.Rule, r.File, r.Message, r.Expression, resultWord(r)) {
			return true
		}
		for _, d := range r.Diagnosis {
			if t.in(d.ID, d.Message) {
				return true
			}
		}
		return false
	}, func(a, b, column int) int { return compareRules(rules[a], rules[b], column) })
	if by.sorted == 0 {
		met := func(i int32) int { return min(max(resultOrder(rules[i])-3, 0), 1) }
		slices.SortStableFunc(order, func(a, b int32) int { return met(a) - met(b) })
	}
	return order
}

func compareRules(a, b diagnosis.Rule, column int) int {
	switch column {
	case doctorRule:
		return cmp.Compare(a.Rule, b.Rule)
	case doctorFile:
		return cmp.Compare(a.File, b.File)
	case doctorRead:
		return cmp.Compare(a.Path, b.Path)
	case doctorNode:
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
func (s doctorScene) cell(row, column int, st *theme.Styles) rows.Part {
	r := s.rules[s.list.order[row]]
	text := func(style theme.Style, value string) rows.Part {
		return rows.Part{Style: style, Text: safe.LineMax(value, mostCell)}
	}
	switch column {
	case doctorResult:
		glyph, style := resultMark(st, r)
		return rows.Part{Style: style, Text: safe.Format("%s %s", glyph, safe.Line(resultWord(r)))}
	case doctorRule: // the end of a long name tells rules apart
		return rows.Part{Style: st.Text, Text: safe.LineMax(r.Rule, mostCell).TruncateMiddle(s.list.table.widths[column])}
	case doctorFile:
		return rows.Part{Style: st.Quiet, Text: safe.LineMax(r.File, mostCell).TruncateLeft(s.list.table.widths[column])}
	case doctorRead:
		if r.Path != "" && r.Missing {
			return text(st.Warning, r.Path+": nothing is there")
		}
		return text(st.Quiet, strings.TrimSuffix(r.Path+": "+r.Found, ": "))
	}
	if e := s.tree.Entry(r.Node); e != nil {
		mark := st.Standing(e.Standing)
		return rows.Part{Style: mark.Style, Text: safe.Format("%s %s", mark.Glyph, safe.LineMax(model.EntryTitle(e), mostCell))}
	}
	return text(st.Quiet, "")
}

// head says which files are examined, and what came out. Its last line is the one that is typed in.
func (s doctorScene) head(on stage) []line {
	st := on.look.styles
	var out []line
	switch {
	case s.naming && len(s.files) == 0:
		page := sheet{width: max(on.room.w-tableMargin-1, 1), styles: st}
		if on.room.h >= 9 {
			page.sentence("What do policy files make of this image, rule by rule, and what is wrong with them? Name a file: Rego, a Kyverno ClusterPolicy, or a signing policy. Nothing is sent anywhere.", st.Quiet, 0)
			page.gap()
		}
		out = under(page.lines)
	case on.room.h >= detailsBoth:
		var l line
		l.add(st.Label, safe.Concat(safe.Spaces(tableMargin), safe.Const("files  ")))
		l.add(st.Strong, safe.LineMax(strings.Join(s.files, ", "), on.room.w).TruncateMiddle(max(on.room.w-12, 1)))
		out = append(out, l)
	}
	return append(out, s.lastLine(on))
}

// lastLine is the line that a file or a filter is typed in, or what came out.
func (s doctorScene) lastLine(on stage) line {
	st := on.look.styles
	if s.naming {
		l := on.look.lead(len(s.list.order) == 0 || !s.ready)
		l.add(st.Prompt, safe.Const("policy file: "))
		p := s.name.shown(on.look, safe.Const("its path"), max(on.room.w-18, 4))
		l.add(p.Style, p.Text)
		return l
	}
	l := on.look.lead(!s.ready || len(s.list.order) == 0)
	switch {
	case !s.ready && !s.busy:
		l.add(st.Quiet, safe.Format("%s waiting until everything attached here has been looked at", on.look.spin))
		return l
	case !s.ready:
		l.add(st.Quiet, safe.Format("%s examining", on.look.spin))
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
		answer, style = safe.Format("%s examining again", on.look.spin), st.Quiet
	}
	right := rows.Part{Style: style, Text: safe.Format("  policies: %s ", answer)}
	if s.list.typing || s.list.filter.text != "" {
		l.add(st.Prompt, safe.Const("filter: "))
		p := s.list.filter.shown(on.look, safe.Text{}, max(on.room.w-48, 4))
		l.add(p.Style, p.Text)
		l.spread(on.room.w, rows.Part{Style: st.Quiet, Text: safe.Format("%s of %s", safe.Int(len(s.list.order)), safe.Int(len(s.rules)))}, right)
		return l
	}
	l.add(st.Quiet, s.tally().Truncate(max(on.room.w-tableMargin-right.Text.Width()-1, 1)))
	l.spread(on.room.w, right)
	return l
}

// tally is how many rules ended how.
func (s doctorScene) tally() safe.Text {
	var parts []safe.Text
	for _, word := range []string{"met", "would be met", "not met", "undefined", "unsupported"} {
		if n := s.counts[word]; n > 0 {
			parts = append(parts, safe.Format("%s %s", safe.Int(n), safe.Line(word)))
		}
	}
	return safe.Join(safe.Const(", "), parts...)
}
