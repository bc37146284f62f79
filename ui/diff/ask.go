package diff

import (
	"cmp"
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// ask asks what to compare with: a line to type in, and below it what is known without asking anybody.
type ask struct {
	line  widget.Edit
	asked bool // what is known is being looked for
	known []choice
	shown []choice // those that have what was typed, after what was typed itself
	table widget.Table
	top   int // where the table begins
}

// choice is something to compare with.
type choice struct {
	wanted wanted
	why    string
}

// others is what is known.
type others struct{ known []choice }

// mostOthers is how many are offered.
const mostOthers = 500

var askHeadings = []widget.Column{
	{Name: safe.Const("Compare with"), Least: 20, Most: 72, Keep: true},
	{Name: safe.Const("Why"), Least: 14, Most: 40},
}

func (d ask) prepare(s View, on scene.Stage) (ask, tea.Cmd) {
	if !s.asking() {
		return d, nil
	}
	var cmd tea.Cmd
	if !d.asked {
		d.asked = true
		b, from := s.backend, s.from
		cmd = on.ReportOn(func(_ context.Context, tree *model.Tree) any {
			var known []choice
			for _, o := range b.Others(tree) {
				known = append(known, choice{wanted{kind: diffSource, name: o.Source}, o.Why})
			}
			known = append(known, platformChoices(tree, from)...)
			return others{known[:min(len(known), mostOthers)]}
		})
	}
	d.top = len(d.lead(on))
	d.table = d.table.Prepare(askHeadings, len(d.shown), widget.Area{X: 0, Y: d.top, W: on.Room.W, H: max(on.Room.H-d.top, 0)})
	return d, cmd
}

// platformChoices are the other platforms of the image, each to be compared with the one that a node belongs to, or with
// the first.
func platformChoices(t *model.Tree, from string) (out []choice) {
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
	for _, e := range survey.Lineage(t, from) {
		if e.Node.Kind == model.KindImage && e.Node.Platform != "" {
			before = e
		}
	}
	for _, e := range platforms {
		if e != before {
			out = append(out, choice{
				wanted{kind: diffPlatforms, name: before.Node.Platform + " with " + e.Node.Platform, before: before.Node.ID, after: e.Node.ID},
				"platforms of this image",
			})
		}
	}
	return out
}

func (d ask) found(r others) ask {
	d.known = r.known
	return d.typed(d.line)
}

// typed is the question with another text in its line.
func (d ask) typed(line widget.Edit) ask {
	d.line, d.shown = line, nil
	text := strings.TrimSpace(line.Text)
	if text != "" {
		d.shown = append(d.shown, choice{wanted{kind: diffSource, name: text}, "as typed"})
	}
	for _, c := range d.known {
		if strings.Contains(strings.ToLower(c.wanted.name), strings.ToLower(text)) && c.wanted.name != text {
			d.shown = append(d.shown, c)
		}
	}
	d.table.Window = d.table.Window.SetCount(len(d.shown)).Top()
	return d
}

// askKey types what to compare with, or chooses.
func (s View) askKey(on scene.Stage, k tea.KeyPressMsg) (next scene.Scene, i scene.Intent, taken bool) {
	d := &s.ask
	switch {
	case key.Matches(k, on.Keys.Back):
		return s, scene.CloseScene{}, true
	case k.Code == tea.KeyUp, k.Code == tea.KeyDown, k.Code == tea.KeyPgUp, k.Code == tea.KeyPgDown:
		d.table, _ = d.table.Key(on.Keys, k)
	case key.Matches(k, on.Keys.NextPane):
		if at := d.table.Window.Cursor(); at < len(d.shown) && d.shown[at].wanted.kind == diffSource {
			*d = d.typed(widget.Edit{}.Insert(d.shown[at].wanted.name))
		}
	case key.Matches(k, on.Keys.Enter):
		if at := d.table.Window.Cursor(); at < len(d.shown) {
			return s.want(d.shown[at].wanted), nil, true
		}
	default:
		line, used := d.line.Key(k)
		if !used {
			return s, nil, false
		}
		*d = d.typed(line)
	}
	return s, nil, true
}

// lead is what stands above the choices. Its last line is the one that is typed.
func (d ask) lead(on scene.Stage) []widget.Line {
	var out []widget.Line
	if st := on.Look.Styles; on.Room.H >= 8 {
		page := widget.Sheet{Width: max(on.Room.W-widget.TableMargin-1, 1), Styles: st}
		page.Sentence("What differs from another image? Another tag, a digest, a file, an OCI layout, or a report that attestree verify -o json saved. It counts as what was before.", st.Quiet, 0)
		out = append(widget.Indented(page.Lines), widget.Line{})
	}
	return append(out, d.typedLine(on))
}

func (d ask) typedLine(on scene.Stage) widget.Line {
	l := on.Look.Lead(len(d.shown) == 0)
	l.Add(on.Look.Styles.Prompt, safe.Const("compare with: "))
	p := d.line.Shown(on.Look, safe.Const("type, or choose below"), max(on.Room.W-20, 4))
	l.Add(p.Style, p.Text)
	return l
}

func (d ask) click(x, y int) ask {
	if y > d.top {
		d.table, _ = d.table.Click(x, y-d.top)
	}
	return d
}

func (d ask) cursor(on scene.Stage) (x, y int, typing bool) {
	l := d.typedLine(on)
	if d.line.Text == "" {
		l.Left = l.Left[:len(l.Left)-1]
	}
	return min(widget.Width(l.Left), on.Room.W-1), d.top - 1, true
}

func (d ask) view(on scene.Stage) []string {
	b, st := widget.Drawer(on.Room.W, on.Look.Styles), on.Look.Styles
	var out []string
	for _, l := range d.lead(on) {
		out = append(out, l.Draw(b, theme.Style{}))
	}
	if len(d.shown) == 0 {
		return out
	}
	return append(out, d.table.View(askHeadings, on.Room.W, on.Look, func(row, column int) rows.Part {
		c := d.shown[row]
		if column == 0 {
			return rows.Part{Style: st.Text, Text: safe.LineMax(cmp.Or(c.wanted.name, " "), widget.MostCell)}
		}
		return rows.Part{Style: st.Quiet, Text: safe.LineMax(c.why, widget.MostCell)}
	})...)
}
