package ui

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// tourRows is how many rows of the screen the tour takes, below everything else: as many as its longest step needs, so that
// nothing jumps; none where that would leave too little.
func (a App) tourRows() int {
	if !a.tour.shown || a.Width < widget.LeastWidth {
		return 0
	}
	most := 0
	for i := range tourSteps {
		before := ""
		if i > 0 {
			before = tourSteps[i-1].after
		}
		most = max(most, len(a.tourText(strings.TrimSpace(before+" "+tourSteps[i].text))))
	}
	if a.tall-1-most < widget.LeastHeight {
		return 0
	}
	return 1 + most
}

// tourText is a text of the tour in lines.
func (a App) tourText(text string) []safe.Text {
	return rows.Wrap(safe.Line(text), max(a.Width-2, 1), 12)
}

// tourStrip is the tour as it stands below the screen.
func (a App) tourStrip(height int) []string {
	if height == 0 {
		return nil
	}
	s, b := a.Styles, widget.Drawer(a.Width, a.Styles)
	step := tourSteps[min(a.tour.at, len(tourSteps)-1)]
	out := []string{a.tourTitle(step).Draw(b, theme.Style{})}
	text, after := step.text, ""
	if step.aside != nil && a.tree.Root() != nil && a.nodes.current() != nil {
		if other := step.aside(a); other != "" {
			text = other
		}
	}
	if a.tour.passed && a.tour.at > 0 {
		after = tourSteps[a.tour.at-1].after
	}
	for _, part := range a.tourText(strings.TrimSpace(after + " " + text)) {
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

// tourTitle is the line above the text: where in the tour this is, and how to leave it.
func (a App) tourTitle(step tourStep) widget.Line {
	s, g := a.Styles, a.Styles.Glyphs
	var l widget.Line
	l.Add(s.BorderFocused, safe.Concat(g.Horizontal, g.Horizontal, safe.Spaces(1)))
	if a.tour.at < len(tourSteps)-1 {
		l.Add(s.TitleFocused, safe.Format("Tour %s of %s", safe.Int(a.tour.at+1), safe.Int(len(tourSteps)-1)))
		l.Add(s.Quiet, safe.Format(" %s ", g.Bullet))
	}
	l.Add(s.TitleFocused, safe.LineMax(step.title, a.Width))
	l.Add(s.BorderFocused, safe.Spaces(1))
	leave := []rows.Part{
		{Text: safe.Spaces(1)},
		{Style: s.Key, Text: safe.LineMax(a.keys.Tour.Keys()[0], 8)},
		{Style: s.KeyHelp, Text: safe.Const(" leaves it ")},
		{Style: s.BorderFocused, Text: g.Horizontal},
	}
	if rest := a.Width - widget.Width(l.Left) - widget.Width(leave); rest > 0 {
		l.Add(s.BorderFocused, widget.Repeat(g.Horizontal, rest))
		l.Left = append(l.Left, leave...)
	} else {
		l.Add(s.BorderFocused, widget.Repeat(g.Horizontal, max(a.Width-widget.Width(l.Left), 0)))
	}
	return l
}
