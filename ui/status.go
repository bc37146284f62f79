package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// counts is what the header and the status line say of the whole tree.
type counts struct {
	verdicts  [len(verdictOrder)]int
	checking  int
	platforms int
	misnamed  int
	missed    missed
}

// findingNameMismatch is the id of the finding that something was signed for another name than was asked for.
const findingNameMismatch = "name-mismatch"

// count walks the tree once for everything that is said of all of it.
func count(tree *model.Tree) counts {
	c := counts{missed: missedIn(tree)}
	tree.Walk(func(e *model.Entry) {
		if e.Node.Kind == model.KindImage && e.Node.Platform != "" {
			c.platforms++
		}
		if e.Verifying {
			c.checking++
		}
		for i, v := range verdictOrder {
			if e.Standing.Verdict == v {
				c.verdicts[i]++
			}
		}
		if e.Report == nil {
			return
		}
		for _, f := range e.Report.Findings {
			if f.ID == findingNameMismatch {
				c.misnamed++
			}
		}
	})
	return c
}

// status says how far things are, what came out, and which keys help; or what was just done; or what is searched for.
func (a App) status() string {
	b := drawer(a.width, a.styles)
	switch {
	case a.overlay == overlaySearch:
		return a.searchLine().draw(b, a.styles.Bar)
	case !a.note.text.Empty():
		var l line
		l.add(a.styles.Strong, safe.Concat(safe.Spaces(1), a.note.text))
		if a.note.counts && a.trust.again {
			l.add(a.styles.Strong, safe.Format(": %s left", safe.Int(a.recheck.left)))
		}
		return l.draw(b, a.styles.Bar)
	}
	return a.countsLine().draw(b, a.styles.Bar)
}

// countsLine is as detailed as there is room for: first the words of the verdicts go, then the kinds of look-ups.
func (a App) countsLine() line {
	hints := a.hints()
	if a.tour.offered {
		hints = append([]hint{hintFor(a.keys.Tour, safe.Const("first time? a tour"))}, hints...)
	}
	var l line
	for detail := 2; detail >= 0; detail-- {
		l = a.counted(detail)
		if width(l.left)+width(a.hint(hints[0]))+1 <= a.width {
			break
		}
	}
	var shown []rows.Part
	room := a.width - width(l.left) - 1
	for _, h := range hints {
		parts := a.hint(h)
		if room -= width(parts); room < 0 {
			break
		}
		shown = append(shown, parts...)
	}
	l.spread(a.width, shown...)
	return l
}

func (a App) hint(h hint) []rows.Part {
	return []rows.Part{
		{Style: a.styles.Key, Text: safe.Concat(h.keys, safe.Spaces(1))},
		{Style: a.styles.KeyHelp, Text: safe.Concat(h.does, safe.Spaces(2))},
	}
}

// counted says how far things are, what may be missing, and what came out.
func (a App) counted(detail int) line {
	s := a.styles
	var l line
	l.add(theme.Style{}, safe.Spaces(1))
	add := func(style theme.Style, text safe.Text) {
		if !text.Empty() {
			l.add(style, safe.Concat(text, safe.Spaces(2)))
		}
	}
	if n := len(a.nodes.marks); n > 0 {
		add(s.Marker, safe.Format("%s %s marked", s.Glyphs.Marked, safe.Int(n)))
	}
	add(s.Quiet, a.phase())
	add(s.Warning.Bold(), a.missedText(detail))
	for i, v := range verdictOrder {
		n, mark := a.counts.verdicts[i], s.Verdict(v, model.Trusted)
		switch {
		case n == 0:
		case detail > 1:
			add(mark.Style, safe.Format("%s %s", safe.Int(n), mark.Word))
		default:
			l.add(mark.Style, safe.Format("%s%s ", mark.Glyph, safe.Int(n)))
		}
	}
	if a.search.query != "" && detail > 0 {
		add(s.Quiet, safe.Format("/%s: %s", safe.LineMax(a.search.query, 20), a.hitsSaid()))
	}
	return l
}

// phase says what is going on.
func (a App) phase() safe.Text {
	spin := a.look(paneTree).spin
	switch {
	case len(a.streams) == 0 && a.root.asking():
		return safe.Format("%s asking for the trusted root", spin)
	case len(a.streams) == 0:
		return safe.Text{}
	case a.trust.again && a.tree.Found:
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
	parts := a.counts.missed.text()
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
func (a App) hints() []hint {
	k := a.keys
	help := hintFor(k.Help, safe.Const("help"))
	switch {
	case len(a.scenes) > 0:
		s, _ := a.top()
		return append(s.scene.hints(a.stage(s)), hintFor(k.Back, safe.Const("back")), help)
	case a.tree.Root() == nil:
		return []hint{help, hintFor(k.Quit, safe.Const("quit"))}
	case a.focus == paneDetail && a.detail.tab == tabPayload && a.detail.payload.query.shown:
		return []hint{help, hintFor(k.Back, safe.Const("whole payload")), hintFor(k.Query, safe.Const("query")),
			hintFor(k.Enter, safe.Const("go there")), hintFor(k.Copy, safe.Const("copy"))}
	case a.query(a.hunting()) != "", a.search.query != "":
		return []hint{help, hintsFor(safe.Const("matches"), k.NextMatch, k.PrevMatch), hintFor(k.Back, safe.Const("end search"))}
	case a.focus == paneDetail && a.detail.tab == tabPayload:
		return []hint{help, hintFor(k.Query, safe.Const("query")), hintFor(k.Back, safe.Const("back")),
			hintFor(k.Copy, safe.Const("copy")), hintFor(k.CopyPath, safe.Const("copy path")), hintFor(k.Zoom, safe.Const("zoom"))}
	case a.focus == paneDetail && a.detail.tab == tabLearn:
		return []hint{help, hintFor(k.Enter, safe.Const("go there")), hintFor(k.Copy, safe.Const("copy")), k.tabsHint(),
			hintFor(k.Back, safe.Const("back")), hintFor(k.Zoom, safe.Const("zoom"))}
	case a.focus == paneDetail && a.detail.tab != tabRaw && a.detail.said != "":
		return []hint{help, k.tabsHint(), hintFor(k.Jump, safe.Const("to the digest")),
			hintFor(k.Back, safe.Const("back")), hintFor(k.Trust, safe.Const("trust signer")), hintFor(k.Copy, safe.Const("copy"))}
	case a.focus == paneDetail:
		return []hint{help, k.tabsHint(), hintFor(k.Back, safe.Const("back")),
			hintFor(k.Trust, safe.Const("trust signer")), hintFor(k.Copy, safe.Const("copy")), hintFor(k.Zoom, safe.Const("zoom"))}
	case a.focus == paneLedger:
		return []hint{help, hintFor(k.Back, safe.Const("back")), hintFor(k.Zoom, safe.Const("zoom"))}
	}
	return []hint{help, hintFor(k.Enter, safe.Const("open")), hintFor(k.Trust, safe.Const("trust signer")),
		hintFor(k.NextPane, safe.Const("panes")), hintFor(k.Search, safe.Const("search")), hintFor(k.Sieve, safe.Const("filter")), hintFor(k.Palette, safe.Const("anything")), hintFor(k.Verify, safe.Const("verify")), hintFor(k.Copy, safe.Const("copy"))}
}

func matchCount(n int) safe.Text {
	switch n {
	case 1:
		return safe.Const("1 match")
	case mostMatches:
		return safe.Format("%s matches or more", safe.Int(n))
	}
	return safe.Format("%s matches", safe.Int(n))
}
