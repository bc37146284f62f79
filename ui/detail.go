package ui

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/theme"
)

// tabRows is how many rows of the pane the tabs take: their names, and a free row where there is room.
func tabRows(height int) int {
	if height >= 8 {
		return 2
	}
	return 1
}

// detailPane shows what is known about the selected node, one side of it at a time.
type detailPane struct {
	keys    keyMap
	info    Info
	trust   trustState
	entry   *model.Entry
	shared  *shared // the tree, with commands that read it
	tab     tab
	drawn   drawnSheet
	writing drawnSheet // what a command writes the summary from

	atlas   atlas
	text    []line // of the tabs that are text
	said    string // what in it names nodes by their digests
	hidden  int    // characters in it that a terminal would have obeyed or not shown
	scroll  rows.Window
	blocks  []block // of the checks
	check   int     // the selected one
	card    cardStops
	payload payloadTab
	raw     rawTab
	learn   learnTab
}

// drawnSheet is what the text on screen was made from; it is made again when any of it changes.
type drawnSheet struct {
	id      string
	tab     tab
	version int
	width   int
	check   int
	trust   int
	styles  *theme.Styles
	low     bool          // there is room for a short answer only
	about   model.CheckID // of the learn tab
	steps   int           // of its trail that are computed
}

// prepare makes what the pane shows, or starts what it takes to make it.
func (p detailPane) prepare(tree *model.Tree, version int, id string, room area, s *theme.Styles) (detailPane, tea.Cmd) {
	room.h -= tabRows(room.h)
	if p.entry == nil || p.entry.Node.ID != id {
		p.entry, p.scroll, p.check, p.card = tree.Entry(id), rows.Window{}, -1, cardStops{}
		p.learn = learnTab{}
	}
	if p.entry == nil || room.empty() {
		return p, nil
	}
	var cmd tea.Cmd
	switch p.tab {
	case tabPayload:
		p.payload, cmd = p.payload.prepare(p.entry, room)
	case tabRaw:
		p.raw, cmd = p.raw.prepare(p.entry, room)
	case tabLearn:
		p, cmd = p.prepareLearn(tree)
		p = p.write(tree, p.from(version, room, s), room)
	case tabSummary:
		if from := p.from(version, room, s); p.drawn != from && p.sums(tree) {
			p, cmd = p.writeLater(tree, from)
			p.scroll = p.scroll.SetCount(len(p.text)).Resize(room.h)
			return p, cmd
		}
		p = p.write(tree, p.from(version, room, s), room)
	case tabChecks, tabSigner, tabCount:
		if p.check < 0 && p.tab == tabChecks {
			p.check = decisive(p.entry)
		}
		p = p.write(tree, p.from(version, room, s), room)
	}
	return p, cmd
}

// from is what the text on screen is to be made from.
func (p detailPane) from(version int, room area, s *theme.Styles) drawnSheet {
	return drawnSheet{p.entry.Node.ID, p.tab, version, room.w, p.check, p.trust.version, s, room.h < lowCard, p.learn.about, len(p.learn.trail.done)}
}

// write makes the text of a tab again, if what it was made from has changed.
func (p detailPane) write(tree *model.Tree, from drawnSheet, room area) detailPane {
	switch {
	case p.drawn == from:
	case p.tab == tabSummary:
		p = p.take(p.summarise(tree, from))
	default:
		page := sheet{width: from.width - 2, low: from.low, styles: from.styles, known: p.atlas}
		switch p.tab {
		case tabChecks:
			p.blocks = page.ladder(p.entry, p.check)
		case tabSigner:
			page.signer(p.entry)
			page.trust(p.info, p.trust)
		case tabLearn:
			p.learn = p.learn.write(&page, tree, p.entry, p.info)
		case tabSummary, tabPayload, tabRaw, tabCount:
		}
		p.text, p.said, p.hidden, p.drawn = page.lines, strings.Join(page.naming, "\n"), page.hidden, from
	}
	p.scroll = p.scroll.SetCount(len(p.text)).Resize(room.h)
	if p.tab == tabChecks && p.check >= 0 && p.check < len(p.blocks) {
		// First the end of the block, then its beginning: the beginning wins where there is no room for both.
		p.scroll = p.scroll.To(p.blocks[p.check].end - 1).To(p.blocks[p.check].first)
	}
	return p
}

// show turns to a tab. Each begins at its top.
func (p detailPane) show(t tab) detailPane {
	if p.tab != t {
		p.tab, p.scroll, p.check = t, rows.Window{}, -1
	}
	return p
}

func (p detailPane) key(k tea.KeyPressMsg) (detailPane, intent) {
	if p.entry == nil {
		return p, nil
	}
	var i intent
	switch p.tab {
	case tabPayload:
		p.payload, i = p.payload.press(p.keys, k)
	case tabRaw:
		p.raw, i = p.raw.press(p.keys, k)
	case tabChecks:
		p, i = p.checkKey(k)
	case tabLearn:
		p, i = p.learnKey(k)
	case tabSummary, tabSigner, tabCount:
		p, i = p.textKey(k)
	}
	if i == nil && key.Matches(k, p.keys.Copy) {
		i = copyText{"digest", string(p.entry.Node.Digest)}
	}
	return p, i
}

func (p detailPane) textKey(k tea.KeyPressMsg) (detailPane, intent) {
	if p.tab == tabSummary && len(p.card.nodes) > 0 {
		var moved bool
		if p.card.stops, p.scroll, moved = p.card.move(p.keys, k, p.scroll); moved {
			return p, nil
		}
	}
	if w, moved := p.keys.scroll(p.scroll, k); moved {
		p.scroll = w
		return p, nil
	}
	switch {
	case key.Matches(k, p.keys.Left):
		return p, leavePane{}
	case key.Matches(k, p.keys.Enter) && p.tab == tabSummary && p.card.node() != "":
		return p, goToNode{p.card.node()}
	case key.Matches(k, p.keys.Enter) && p.tab == tabSummary:
		if by := cmp.Or(p.entry.Standing.VouchedBy, p.entry.Standing.CoveredBy); by != "" {
			return p, goToNode{by}
		}
	case key.Matches(k, p.keys.Enter):
		return p, jumpToDigest{}
	case key.Matches(k, p.keys.Copy) && p.tab == tabSigner:
		if subject := signerSubject(p.entry); subject != "" {
			return p, copyText{"signer", subject}
		}
	}
	return p, nil
}

// checkKey moves from check to check.
func (p detailPane) checkKey(k tea.KeyPressMsg) (detailPane, intent) {
	w := rows.NewWindow(len(p.blocks), p.scroll.Height()).To(p.check)
	if w, moved := p.keys.move(w, k); moved {
		p.check = w.Cursor()
		return p, nil
	}
	switch {
	case key.Matches(k, p.keys.Left):
		return p, leavePane{}
	case key.Matches(k, p.keys.Enter):
		return p, jumpToDigest{}
	case key.Matches(k, p.keys.Copy) && p.check >= 0 && p.check < len(p.blocks):
		if actual := p.entry.Report.Checks[p.check].Actual; actual != "" {
			return p, copyText{"actual value", actual}
		}
	}
	return p, nil
}

// click turns to the tab under the mouse, or selects the row there.
func (p detailPane) click(x, y int, room area) detailPane {
	if y == 0 {
		for t, span := range tabSpans(p.tabRoom(room.w), p.tab) {
			if x >= span.from && x < span.to {
				return p.turn(tab(t))
			}
		}
		return p
	}
	y -= tabRows(room.h)
	switch p.tab {
	case tabPayload:
		p.payload = p.payload.click(y)
	case tabChecks:
		for i, b := range p.blocks {
			if row := p.scroll.Offset() + y; row >= b.first && row < b.end {
				p.check = i
			}
		}
	case tabSummary:
		p.card = p.card.click(p.scroll.Offset() + y)
	case tabLearn:
		if at := p.learn.hit(p.scroll.Offset() + y); at >= 0 {
			p.learn.at = at
		}
	case tabSigner, tabRaw, tabCount:
	}
	return p
}

func (p detailPane) wheel(step int) detailPane {
	switch p.tab {
	case tabPayload:
		p.payload = p.payload.wheel(step)
	case tabRaw:
		p.raw = p.raw.wheel(step)
	case tabChecks:
		p.check = max(0, min(p.check+step/wheelRows, len(p.blocks)-1))
	case tabSummary, tabSigner, tabLearn, tabCount:
		p.scroll = p.scroll.Wheel(step)
	}
	return p
}

// bar is the thumb of the current tab in a pane of that height.
func (p detailPane) bar(height int) thumb {
	top := tabRows(height)
	switch p.tab {
	case tabPayload:
		return thumbOf(p.payload.window, top+1)
	case tabRaw:
		return thumbOf(p.raw.window, top+1)
	case tabSummary, tabChecks, tabSigner, tabLearn, tabCount:
	}
	return thumbOf(p.scroll, top)
}

func (p detailPane) onPayload(msg payloadParsedMsg) detailPane {
	p.payload = p.payload.parsed(msg)
	return p
}

// onHunt takes what was found in the bytes of either tab; each knows whether it is its own search.
func (p detailPane) onHunt(msg huntEndedMsg) detailPane {
	p.payload = p.payload.hunted(msg)
	p.raw = p.raw.hunted(msg)
	return p
}

func (p detailPane) onRaw(msg rawWrappedMsg) detailPane {
	p.raw = p.raw.wrapped(msg)
	return p
}
