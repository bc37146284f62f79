package ui

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// tourRows is how many rows of the screen the tour takes, below everything else: as many as its longest step needs, so that
// nothing jumps; none where that would leave too little.
func (a App) tourRows() int {
	if !a.tour.shown || a.width < leastWidth {
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
	if a.tall-1-most < leastHeight {
		return 0
	}
	return 1 + most
}

// tourText is a text of the tour in lines.
func (a App) tourText(text string) []safe.Text {
	return rows.Wrap(safe.Line(text), max(a.width-2, 1), 12)
}

// tourStrip is the tour as it stands below the screen.
func (a App) tourStrip(height int) []string {
	if height == 0 {
		return nil
	}
	s, b := a.styles, drawer(a.width, a.styles)
	step := tourSteps[min(a.tour.at, len(tourSteps)-1)]
	out := []string{a.tourTitle(step).draw(b, theme.Style{})}
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
		var l line
		l.add(s.Text, safe.Concat(safe.Spaces(1), part))
		out = append(out, l.draw(b, theme.Style{}))
	}
	for len(out) < height {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	return out
}

// tourTitle is the line above the text: where in the tour this is, and how to leave it.
func (a App) tourTitle(step tourStep) line {
	s, g := a.styles, a.styles.Glyphs
	var l line
	l.add(s.BorderFocused, safe.Concat(g.Horizontal, g.Horizontal, safe.Spaces(1)))
	if a.tour.at < len(tourSteps)-1 {
		l.add(s.TitleFocused, safe.Format("Tour %s of %s", safe.Int(a.tour.at+1), safe.Int(len(tourSteps)-1)))
		l.add(s.Quiet, safe.Format(" %s ", g.Bullet))
	}
	l.add(s.TitleFocused, safe.LineMax(step.title, a.width))
	l.add(s.BorderFocused, safe.Spaces(1))
	leave := []rows.Part{
		{Text: safe.Spaces(1)},
		{Style: s.Key, Text: safe.LineMax(a.keys.Tour.Keys()[0], 8)},
		{Style: s.KeyHelp, Text: safe.Const(" leaves it ")},
		{Style: s.BorderFocused, Text: g.Horizontal},
	}
	if rest := a.width - width(l.left) - width(leave); rest > 0 {
		l.add(s.BorderFocused, repeat(g.Horizontal, rest))
		l.left = append(l.left, leave...)
	} else {
		l.add(s.BorderFocused, repeat(g.Horizontal, max(a.width-width(l.left), 0)))
	}
	return l
}
