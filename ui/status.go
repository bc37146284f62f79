package ui

import (
	"slices"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// counts is what the header and the status line say of the whole tree.
type counts struct {
	verdicts  [len(phrase.Verdicts)]int
	checking  int
	platforms int
	misnamed  int
	missed    phrase.Missed
}

// count walks the tree once for everything that is said of all of it.
func count(tree *model.Tree) counts {
	c := counts{missed: phrase.MissedIn(tree)}
	tree.Walk(func(e *model.Entry) {
		if e.Node.Kind == model.KindImage && e.Node.Platform != "" {
			c.platforms++
		}
		if e.Verifying {
			c.checking++
		}
		for i, v := range phrase.Verdicts {
			if e.Standing.Verdict == v {
				c.verdicts[i]++
			}
		}
		if e.Report == nil {
			return
		}
		for _, f := range e.Report.Findings {
			if f.ID == model.FindingNameMismatch {
				c.misnamed++
			}
		}
	})
	return c
}

// status says how far things are, what came out, and which keys help; or what was just done; or what is searched for.
func (a App) status() string {
	b := widget.Drawer(a.Width, a.Styles)
	switch {
	case a.overlay == overlaySearch:
		return a.searchLine().Draw(b, a.Styles.Bar)
	case !a.note.text.Empty():
		var l widget.Line
		l.Add(a.Styles.Strong, safe.Concat(safe.Spaces(1), a.note.text))
		if a.note.counts && a.trust.Again {
			l.Add(a.Styles.Strong, safe.Format(": %s left", safe.Int(a.recheck.left)))
		}
		return l.Draw(b, a.Styles.Bar)
	}
	return a.countsLine().Draw(b, a.Styles.Bar)
}

// The keys that are worth more than words: the words of the verdicts go where there is no room for so many hints, the
// kinds of look-ups where there is none for one.
const hintsBeforeWords, hintsBeforeKinds = 3, 1

// countsLine is as detailed as there is room for.
func (a App) countsLine() widget.Line {
	hints := a.hints()
	if _, open := a.board(); a.tour.Offered && !open {
		hints = append([]keymap.Hint{keymap.HintFor(a.keys.Tour, safe.Const("first time? a tour"))}, hints...)
	}
	var l widget.Line
	for detail := 2; detail >= 0; detail-- {
		l = a.counted(detail)
		wanted := hintsBeforeKinds
		if detail == 2 {
			wanted = hintsBeforeWords
		}
		room := a.Width - widget.Width(l.Left) - 1
		for _, h := range hints[:min(wanted, len(hints))] {
			room -= widget.Width(a.hint(h))
		}
		if room >= 0 {
			break
		}
	}
	var shown []rows.Part
	room := a.Width - widget.Width(l.Left) - 1
	for _, h := range hints {
		parts := a.hint(h)
		if room -= widget.Width(parts); room < 0 {
			break
		}
		shown = append(shown, parts...)
	}
	l.Spread(a.Width, shown...)
	return l
}

func (a App) hint(h keymap.Hint) []rows.Part {
	return []rows.Part{
		{Style: a.Styles.Key, Text: safe.Concat(h.Keys, safe.Spaces(1))},
		{Style: a.Styles.KeyHelp, Text: safe.Concat(h.Does, safe.Spaces(2))},
	}
}

// counted says how far things are, what may be missing, and what came out.
func (a App) counted(detail int) widget.Line {
	s := a.Styles
	var l widget.Line
	l.Add(theme.Style{}, safe.Spaces(1))
	add := func(style theme.Style, text safe.Text) {
		if !text.Empty() {
			l.Add(style, safe.Concat(text, safe.Spaces(2)))
		}
	}
	if n := len(a.nodes.marks); n > 0 {
		add(s.Marker, safe.Format("%s %s marked", s.Glyphs.Marked, safe.Int(n)))
	}
	add(s.Quiet, a.phase())
	add(s.Warning.Bold(), a.missedText(detail))
	for i, v := range phrase.Verdicts {
		n, mark := a.counts.verdicts[i], s.Verdict(v, model.Trusted)
		switch {
		case n == 0:
		case detail > 1:
			add(mark.Style, safe.Format("%s %s", safe.Int(n), mark.Word))
		default:
			l.Add(mark.Style, safe.Format("%s%s ", mark.Glyph, safe.Int(n)))
		}
	}
	if a.search.query != "" && detail > 0 {
		add(s.Quiet, safe.Format("/%s: %s", safe.LineMax(a.search.query, 20), a.hitsSaid()))
	}
	return l
}

// phase says what is going on.
func (a App) phase() safe.Text {
	spin := a.look(paneTree).Spin
	switch {
	case len(a.streams) == 0 && a.root.asking():
		return safe.Format("%s asking for the trusted root", spin)
	case len(a.streams) == 0:
		return safe.Text{}
	case a.trust.Again && a.tree.Found:
		return safe.Format("%s judging again, %s left", spin, safe.Int(a.recheck.left))
	case !a.tree.Found:
		return safe.Format("%s looking", spin)
	case a.counts.checking > 0:
		return safe.Format("%s checking %s", spin, safe.Int(a.counts.checking))
	default:
		return safe.Format("%s checking", spin)
	}
}

// missedText says what may be there that was not seen.
func (a App) missedText(detail int) safe.Text {
	parts := a.counts.missed.Text()
	switch {
	case detail == 0 && a.incomplete():
		return safe.Const("incomplete")
	case !parts.Empty() && detail > 1:
		return safe.Format("incomplete: look-ups %s", parts)
	case !parts.Empty():
		return safe.Format("incomplete: %s", parts)
	case a.tree.Err != nil:
		return safe.Const("incomplete: discovery did not finish")
	}
	return safe.Text{}
}

// hints are the keys worth knowing where the focus is, the most useful first.
func (a App) hints() []keymap.Hint {
	k := a.keys
	help := keymap.HintFor(k.Help, safe.Const("help"))
	_, covered := a.board()
	switch {
	case covered: // what lies over everything has its own, in its edge
		return nil
	case len(a.scenes) > 0:
		s, _ := a.top()
		return append(s.scene.Hints(a.stage(s)), keymap.HintFor(k.Back, safe.Const("back")), help)
	case a.tree.Root() == nil:
		return []keymap.Hint{help, keymap.HintFor(k.Quit, safe.Const("quit"))}
	case a.focus == paneDetail && a.detail.ShowsAnswer():
		return []keymap.Hint{help, keymap.HintFor(k.Back, safe.Const("whole payload")), keymap.HintFor(k.Query, safe.Const("query")),
			keymap.HintFor(k.Enter, safe.Const("go there")), keymap.HintFor(k.Copy, safe.Const("copy"))}
	case a.query(a.hunting()) != "", a.search.query != "":
		return slices.Concat([]keymap.Hint{help}, a.matchHint(), []keymap.Hint{keymap.HintFor(k.Back, safe.Const("end search"))})
	case a.focus == paneDetail && a.detail.Tab() == scene.TabPayload:
		return []keymap.Hint{help, keymap.HintFor(k.Query, safe.Const("query")), keymap.HintFor(k.Back, safe.Const("back")),
			keymap.HintFor(k.Copy, safe.Const("copy")), keymap.HintFor(k.CopyPath, safe.Const("copy path")), keymap.HintFor(k.Zoom, safe.Const("zoom"))}
	case a.focus == paneDetail && a.detail.Tab() == scene.TabLearn:
		return []keymap.Hint{help, keymap.HintFor(k.Enter, safe.Const("go there")), keymap.HintFor(k.Copy, safe.Const("copy")), k.TabsHint(),
			keymap.HintFor(k.Back, safe.Const("back")), keymap.HintFor(k.Zoom, safe.Const("zoom"))}
	case a.focus == paneDetail && a.detail.Tab() != scene.TabRaw && a.detail.Named():
		return slices.Concat([]keymap.Hint{help, k.TabsHint(), keymap.HintFor(k.Jump, safe.Const("to the digest")), keymap.HintFor(k.Back, safe.Const("back"))},
			a.trustHint(), []keymap.Hint{keymap.HintFor(k.Copy, safe.Const("copy"))})
	case a.focus == paneDetail:
		return slices.Concat([]keymap.Hint{help, k.TabsHint(), keymap.HintFor(k.Back, safe.Const("back"))},
			a.trustHint(), []keymap.Hint{keymap.HintFor(k.Copy, safe.Const("copy")), keymap.HintFor(k.Zoom, safe.Const("zoom"))})
	case a.focus == paneLedger:
		return []keymap.Hint{help, keymap.HintFor(k.Back, safe.Const("back")), keymap.HintFor(k.Zoom, safe.Const("zoom"))}
	}
	return slices.Concat([]keymap.Hint{help, keymap.HintFor(k.Enter, a.nodes.enters())}, a.trustHint(), []keymap.Hint{
		keymap.HintFor(k.NextPane, safe.Const("panes")), keymap.HintFor(k.Search, safe.Const("search")), keymap.HintFor(k.Sieve, safe.Const("filter")), keymap.HintFor(k.Palette, safe.Const("anything")), keymap.HintFor(k.Verify, safe.Const("verify")), keymap.HintFor(k.Copy, safe.Const("copy"))})
}

// matchHint is how to go from match to match, where there is any.
func (a App) matchHint() []keymap.Hint {
	found := len(a.hits())
	if a.query(a.hunting()) != "" && a.hunting() == searchBytes {
		found = a.detail.Matches()
	}
	if found == 0 {
		return nil
	}
	return []keymap.Hint{keymap.HintsFor(safe.Const("matches"), a.keys.NextMatch, a.keys.PrevMatch)}
}

// trustHint is how to trust who signed what is selected, where that can be done.
func (a App) trustHint() []keymap.Hint {
	if e := a.nodes.current(); e == nil || notToPin(a.tree, e) != "" {
		return nil
	}
	return []keymap.Hint{keymap.HintFor(a.keys.Trust, safe.Const("trust signer"))}
}
