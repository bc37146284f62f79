package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/fuzzy"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// action is something that a key does: a field of the key map, so that the palette misses none.
type action struct {
	does  string
	group string
	in    string // where the key works, as the key map says
	keys  string
	press string // the first of them
}

// actions are all that can be done where something is shown, a list being one of these places: those of views first,
// movements last.
func actions(keys keymap.Map, inList bool) []action {
	var out []action
	for _, g := range keys.Table() {
		for _, k := range g.Keys {
			if k.In == "overlay" || k.In == "start" || k.In == "list" && !inList {
				continue // they mean something only where that is open
			}
			press, _, _ := strings.Cut(k.Keys, " ")
			out = append(out, action{does: k.Does, group: g.Name, in: k.In, keys: k.Keys, press: press})
		}
	}
	slices.SortStableFunc(out, func(a, b action) int { return cmp.Compare(groupOrder(a.group), groupOrder(b.group)) })
	return out
}

// groupOrder is how early a group stands in the palette.
func groupOrder(group string) int {
	switch group {
	case "Lists":
		return 0
	case "Views":
		return 1
	case "Move":
		return 3
	}
	return 2
}

// choice is a row of the palette: an action, or a node to go to.
type choice struct {
	action action
	node   *model.Entry // nil for an action
	on     string       // the platform that the node belongs to
	score  int
}

// mostAnswers is how many rows of a kind the palette has at most.
const mostAnswers = 100

// chooseActions are those that answer what was typed, the best first.
func chooseActions(all []action, query string) []choice {
	var out []choice
	for _, a := range all {
		if score := fuzzy.Score(strings.ToLower(a.does+" "+a.group), query); score > 0 {
			out = append(out, choice{action: a, score: score})
		}
	}
	return best(out)
}

// leastDigits is how many of a digest's hexadecimal digits name it.
const leastDigits = 6

// digitsIn are the digits with which a digest begins that was typed or pasted, "" where it was something else.
func digitsIn(query string) string {
	digits := query[strings.LastIndexAny(query, "@:")+1:]
	if len(digits) < leastDigits || strings.Trim(digits, "0123456789abcdef") != "" {
		return ""
	}
	return digits
}

// named reports whether the digest of a node, or of the manifest that holds it, begins with these digits.
func named(n *model.Node, digits string) bool {
	return digits != "" && (strings.HasPrefix(n.Digest.Hex(), digits) || strings.HasPrefix(n.Manifest.Hex(), digits))
}

// pointsNamed is more than letters of a title can count for.
const pointsNamed = 1 << 20

// chooseNodes are the nodes whose titles answer what was typed, the best first; before them those whose digest it is.
func chooseNodes(of *survey.Survey, query string) []choice {
	if of == nil {
		return nil
	}
	var out []choice
	digits := digitsIn(query)
	for i := range of.Facts {
		score := fuzzy.Score(of.Facts[i].Title, query)
		if named(&of.Outline[i].Entry.Node, digits) {
			score = pointsNamed
		}
		if score > 0 {
			out = append(out, choice{node: of.Outline[i].Entry, on: of.Facts[i].Platform, score: score})
			if len(out) >= 8*mostAnswers {
				out = best(out)
			}
		}
	}
	return best(out)
}

// chooseAmong are those of a few nodes that answer what was typed.
func chooseAmong(nodes []choice, query string) []choice {
	var out []choice
	for _, c := range nodes {
		if c.score = fuzzy.Score(strings.ToLower(model.EntryTitle(c.node)), query); c.score > 0 {
			out = append(out, c)
		}
	}
	return best(out)
}

// best are the choices that answer best, those that came first before their equals.
func best(choices []choice) []choice {
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(b.score, a.score) })
	return choices[:min(len(choices), mostAnswers)]
}

// row is a choice as it stands in the palette.
func (c choice) row(s *widget.Sheet) widget.Line {
	st := s.Styles
	var l widget.Line
	if c.node != nil {
		mark := st.Standing(c.node.Standing)
		l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
		l.Add(st.Text, safe.LineMax(model.EntryTitle(c.node), s.Width))
		what := safe.LineMax(c.on, s.Width)
		if c.on == "" || c.node.Node.Platform != "" {
			what = safe.LineMax(c.node.Node.Digest.Short(), s.Width)
		}
		l.End(st.Quiet, safe.Format("  %s ", what))
		return l
	}
	l.Add(st.Quiet, safe.Concat(st.Glyphs.Right, safe.Spaces(1)))
	l.Add(st.Text, safe.LineMax(c.action.does, s.Width))
	keys := safe.Line(c.action.keys)
	if s.Width >= roomyPalette {
		l.End(st.Quiet, safe.Format("  %s", safe.LineMax(c.action.group, s.Width)))
		keys = keys.PadLeft(10)
	}
	l.End(st.Key, safe.Format("  %s ", keys))
	return l
}

// roomyPalette is from how many cells on the group of an action is named.
const roomyPalette = 60
