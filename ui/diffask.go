package ui

import (
	"cmp"
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// diffAsk asks what to compare with: a line to type in, and below it what is known without asking anybody.
type diffAsk struct {
	line  edit
	asked bool // what is known is being looked for
	known []diffChoice
	shown []diffChoice // those that have what was typed, after what was typed itself
	table table
	top   int // where the table begins
}

// diffChoice is something to compare with.
type diffChoice struct {
	wanted diffWanted
	why    string
}

// diffOthers is what is known.
type diffOthers struct{ known []diffChoice }

// mostOthers is how many are offered.
const mostOthers = 500

var diffAskHeadings = []heading{
	{name: safe.Const("Compare with"), least: 20, most: 72, keep: true},
	{name: safe.Const("Why"), least: 14, most: 40},
}

func (d diffAsk) prepare(s diffScene, on stage) (diffAsk, tea.Cmd) {
	if !s.asking() {
		return d, nil
	}
	var cmd tea.Cmd
	if !d.asked {
		d.asked = true
		b, from := s.backend, s.from
		cmd = on.reportOn(func(_ context.Context, tree *model.Tree) any {
			var known []diffChoice
			for _, o := range b.Others(tree) {
				known = append(known, diffChoice{diffWanted{kind: diffSource, name: o.Source}, o.Why})
			}
			known = append(known, platformChoices(tree, from)...)
			return diffOthers{known[:min(len(known), mostOthers)]}
		})
	}
	d.top = len(d.lead(on))
	d.table = d.table.prepare(diffAskHeadings, len(d.shown), area{0, d.top, on.room.w, max(on.room.h-d.top, 0)})
	return d, cmd
}

// platformChoices are the other platforms of the image, each to be compared with the one that a node belongs to, or with
// the first.
func platformChoices(t *model.Tree, from string) (out []diffChoice) {
	var platforms []*model.Entry
	root := t.Root()
	for _, id := range root.Children {
		if e := t.Entry(id); e != nil && e.Node.Kind == model.KindImage && e.Node.Platform != "" {
			platforms = append(platforms, e)
		}
	}
	if len(platforms) < 2 {
		return nil
	}
	before := platforms[0]
	for _, e := range lineage(t, from) {
		if e.Node.Kind == model.KindImage && e.Node.Platform != "" {
			before = e
		}
	}
	for _, e := range platforms {
		if e != before {
			out = append(out, diffChoice{
				diffWanted{kind: diffPlatforms, name: before.Node.Platform + " with " + e.Node.Platform, before: before.Node.ID, after: e.Node.ID},
				"platforms of this image",
			})
		}
	}
	return out
}

func (d diffAsk) found(r diffOthers) diffAsk {
	d.known = r.known
	return d.typed(d.line)
}

// typed is the question with another text in its line.
func (d diffAsk) typed(line edit) diffAsk {
	d.line, d.shown = line, nil
	text := strings.TrimSpace(line.text)
	if text != "" {
		d.shown = append(d.shown, diffChoice{diffWanted{kind: diffSource, name: text}, "as typed"})
	}
	for _, c := range d.known {
		if strings.Contains(strings.ToLower(c.wanted.name), strings.ToLower(text)) && c.wanted.name != text {
			d.shown = append(d.shown, c)
		}
	}
	d.table.window = d.table.window.SetCount(len(d.shown)).Top()
	return d
}

// askKey types what to compare with, or chooses.
func (s diffScene) askKey(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	d := &s.ask
	switch {
	case key.Matches(k, on.keys.Back):
		return s, closeScene{}, true
	case k.Code == tea.KeyUp, k.Code == tea.KeyDown, k.Code == tea.KeyPgUp, k.Code == tea.KeyPgDown:
		d.table, _ = d.table.key(on.keys, k)
	case key.Matches(k, on.keys.NextPane):
		if at := d.table.window.Cursor(); at < len(d.shown) && d.shown[at].wanted.kind == diffSource {
			*d = d.typed(edit{}.insert(d.shown[at].wanted.name))
		}
	case key.Matches(k, on.keys.Enter):
		if at := d.table.window.Cursor(); at < len(d.shown) {
			return s.want(d.shown[at].wanted), nil, true
		}
	default:
		line, used := d.line.key(k)
		if !used {
			return s, nil, false
		}
		*d = d.typed(line)
	}
	return s, nil, true
}

// lead is what stands above the choices. Its last line is the one that is typed.
func (d diffAsk) lead(on stage) []line {
	var out []line
	if st := on.look.styles; on.room.h >= 8 {
		page := sheet{width: max(on.room.w-tableMargin-1, 1), styles: st}
		page.sentence("What differs from another image? Another tag, a digest, a file, an OCI layout, or a report that attestree verify -o json saved. It counts as what was before.", st.Quiet, 0)
		out = append(under(page.lines), line{})
	}
	return append(out, d.typedLine(on))
}

func (d diffAsk) typedLine(on stage) line {
	l := on.look.lead(len(d.shown) == 0)
	l.add(on.look.styles.Prompt, safe.Const("compare with: "))
	p := d.line.shown(on.look, safe.Const("type, or choose below"), max(on.room.w-20, 4))
	l.add(p.Style, p.Text)
	return l
}

func (d diffAsk) click(x, y int) diffAsk {
	if y > d.top {
		d.table, _ = d.table.click(x, y-d.top)
	}
	return d
}

func (d diffAsk) cursor(on stage) (x, y int, typing bool) {
	l := d.typedLine(on)
	if d.line.text == "" {
		l.left = l.left[:len(l.left)-1]
	}
	return min(width(l.left), on.room.w-1), d.top - 1, true
}

func (d diffAsk) view(on stage) []string {
	b, st := drawer(on.room.w, on.look.styles), on.look.styles
	var out []string
	for _, l := range d.lead(on) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	if len(d.shown) == 0 {
		return out
	}
	return append(out, d.table.view(diffAskHeadings, on.room.w, on.look, func(row, column int) rows.Part {
		c := d.shown[row]
		if column == 0 {
			return rows.Part{Style: st.Text, Text: safe.LineMax(cmp.Or(c.wanted.name, " "), mostCell)}
		}
		return rows.Part{Style: st.Quiet, Text: safe.LineMax(c.why, mostCell)}
	})...)
}
