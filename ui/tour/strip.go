package tour

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// Rows is how many rows of a screen of that size, in cells, the tour takes, below everything else: as many as its longest
// step needs, so that nothing jumps; none where that would leave too little.
func (t Tour) Rows(width, height int) int {
	if !t.Shown || width < widget.LeastWidth {
		return 0
	}
	most := 0
	for i := range steps {
		before := ""
		if i > 0 {
			before = steps[i-1].after
		}
		most = max(most, len(inLines(t.say(strings.TrimSpace(before+" "+steps[i].text)), width)))
	}
	if height-1-most < widget.LeastHeight {
		return 0
	}
	return 1 + most
}

// inLines is a text of the tour in lines.
func inLines(text string, width int) []safe.Text {
	return rows.Wrap(safe.Line(text), max(width-2, 1), 12)
}

// Strip is the tour as it stands below the screen, in that many rows.
func (t Tour) Strip(at Place, width, height int, s *theme.Styles) []string {
	if height == 0 {
		return nil
	}
	b := widget.Drawer(width, s)
	step := steps[min(t.at, len(steps)-1)]
	out := []string{t.title(step, width, s).Draw(b, theme.Style{})}
	text, after := step.text, ""
	if step.aside != nil && at.Root != nil && at.Node != nil {
		if other := step.aside(at); other != "" {
			text = other
		}
	}
	if t.passed && t.at > 0 {
		after = steps[t.at-1].after
	}
	for _, part := range inLines(t.say(strings.TrimSpace(after+" "+text)), width) {
		if len(out) == height {
			break
		}
		var l widget.Line
		l.Add(s.Text, safe.Concat(safe.Spaces(1), part))
		out = append(out, l.Draw(b, theme.Style{}))
	}
	for len(out) < height {
		out = append(out, widget.Line{}.Draw(b, theme.Style{}))
	}
	return out
}

// title is the line above the text: where in the tour this is, and how to leave it.
func (t Tour) title(now step, width int, s *theme.Styles) widget.Line {
	g := s.Glyphs
	var l widget.Line
	l.Add(s.BorderFocused, safe.Concat(g.Horizontal, g.Horizontal, safe.Spaces(1)))
	if t.at < len(steps)-1 {
		l.Add(s.TitleFocused, safe.Format("Tour %s of %s", safe.Int(t.at+1), safe.Int(len(steps)-1)))
		l.Add(s.Quiet, safe.Format(" %s ", g.Bullet))
	}
	l.Add(s.TitleFocused, safe.LineMax(now.title, width))
	l.Add(s.BorderFocused, safe.Spaces(1))
	leaves := []rows.Part{
		{Text: safe.Spaces(1)},
		{Style: s.Key, Text: safe.LineMax(t.say("{tour}"), 8)},
		{Style: s.KeyHelp, Text: safe.Const(" leaves it ")},
		{Style: s.BorderFocused, Text: g.Horizontal},
	}
	if rest := width - widget.Width(l.Left) - widget.Width(leaves); rest > 0 {
		l.Add(s.BorderFocused, widget.Repeat(g.Horizontal, rest))
		l.Left = append(l.Left, leaves...)
	} else {
		l.Add(s.BorderFocused, widget.Repeat(g.Horizontal, max(width-widget.Width(l.Left), 0)))
	}
	return l
}
