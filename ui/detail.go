package ui

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
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
	keys    keymap.Map
	info    Info
	trust   trustState
	entry   *model.Entry
	shared  *survey.Shared // the tree, with commands that read it
	tab     scene.Tab
	drawn   drawnSheet
	writing drawnSheet // what a command writes the summary from

	atlas   survey.Atlas
	text    []widget.Line // of the tabs that are text
	said    string        // what in it names nodes by their digests
	hidden  int           // characters in it that a terminal would have obeyed or not shown
	scroll  rows.Window
	blocks  []widget.Block // of the checks
	check   int            // the selected one
	card    cardStops
	payload payloadTab
	raw     rawTab
	learn   learnTab
}

// drawnSheet is what the text on screen was made from; it is made again when any of it changes.
type drawnSheet struct {
	id      string
	tab     scene.Tab
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
func (p detailPane) prepare(tree *model.Tree, version int, id string, room widget.Area, s *theme.Styles) (detailPane, tea.Cmd) {
	room.H -= tabRows(room.H)
	if p.entry == nil || p.entry.Node.ID != id {
		p.entry, p.scroll, p.check, p.card = tree.Entry(id), rows.Window{}, -1, cardStops{}
		p.learn = learnTab{}
	}
	if p.entry == nil || room.Empty() {
		return p, nil
	}
	var cmd tea.Cmd
	switch p.tab {
	case scene.TabPayload:
		p.payload, cmd = p.payload.prepare(p.entry, room)
	case scene.TabRaw:
		p.raw, cmd = p.raw.prepare(p.entry, room)
	case scene.TabLearn:
		p, cmd = p.prepareLearn(tree)
		p = p.write(tree, p.from(version, room, s), room)
	case scene.TabSummary:
		if from := p.from(version, room, s); p.drawn != from && p.sums(tree) {
			p, cmd = p.writeLater(tree, from)
			p.scroll = p.scroll.SetCount(len(p.text)).Resize(room.H)
			return p, cmd
		}
		p = p.write(tree, p.from(version, room, s), room)
	case scene.TabChecks, scene.TabSigner, scene.TabCount:
		if p.check < 0 && p.tab == scene.TabChecks {
			p.check = decisive(p.entry)
		}
		p = p.write(tree, p.from(version, room, s), room)
	}
	return p, cmd
}

// from is what the text on screen is to be made from.
func (p detailPane) from(version int, room widget.Area, s *theme.Styles) drawnSheet {
	return drawnSheet{p.entry.Node.ID, p.tab, version, room.W, p.check, p.trust.version, s, room.H < lowCard, p.learn.about, len(p.learn.trail.done)}
}

// write makes the text of a tab again, if what it was made from has changed.
func (p detailPane) write(tree *model.Tree, from drawnSheet, room widget.Area) detailPane {
	switch {
	case p.drawn == from:
	case p.tab == scene.TabSummary:
		p = p.take(p.summarise(tree, from))
	default:
		page := widget.Sheet{Width: from.width - 2, Low: from.low, Styles: from.styles, Known: p.atlas}
		switch p.tab {
		case scene.TabChecks:
			p.blocks = writer{&page}.ladder(p.entry, p.check)
		case scene.TabSigner:
			writer{&page}.signer(p.entry)
			writer{&page}.trust(p.info, p.trust)
		case scene.TabLearn:
			p.learn = p.learn.write(&page, tree, p.entry, p.info)
		case scene.TabSummary, scene.TabPayload, scene.TabRaw, scene.TabCount:
		}
		p.text, p.said, p.hidden, p.drawn = page.Lines, strings.Join(page.Naming, "\n"), page.Hidden, from
	}
	p.scroll = p.scroll.SetCount(len(p.text)).Resize(room.H)
	if p.tab == scene.TabChecks && p.check >= 0 && p.check < len(p.blocks) {
		// First the end of the block, then its beginning: the beginning wins where there is no room for both.
		p.scroll = p.scroll.To(p.blocks[p.check].End - 1).To(p.blocks[p.check].First)
	}
	return p
}

// show turns to a tab. Each begins at its top.
func (p detailPane) show(t scene.Tab) detailPane {
	if p.tab != t {
		p.tab, p.scroll, p.check = t, rows.Window{}, -1
	}
	return p
}

func (p detailPane) key(k tea.KeyPressMsg) (detailPane, scene.Intent) {
	if p.entry == nil {
		return p, nil
	}
	var i scene.Intent
	switch p.tab {
	case scene.TabPayload:
		p.payload, i = p.payload.press(p.keys, k)
	case scene.TabRaw:
		p.raw, i = p.raw.press(p.keys, k)
	case scene.TabChecks:
		p, i = p.checkKey(k)
	case scene.TabLearn:
		p, i = p.learnKey(k)
	case scene.TabSummary, scene.TabSigner, scene.TabCount:
		p, i = p.textKey(k)
	}
	if i == nil && key.Matches(k, p.keys.Copy) {
		i = scene.CopyText{What: "digest", Text: string(p.entry.Node.Digest)}
	}
	return p, i
}

func (p detailPane) textKey(k tea.KeyPressMsg) (detailPane, scene.Intent) {
	if p.tab == scene.TabSummary && len(p.card.nodes) > 0 {
		var moved bool
		if p.card.Stops, p.scroll, moved = p.card.Move(p.keys, k, p.scroll); moved {
			return p, nil
		}
	}
	if w, moved := p.keys.Scroll(p.scroll, k); moved {
		p.scroll = w
		return p, nil
	}
	switch {
	case key.Matches(k, p.keys.Left):
		return p, scene.LeavePane{}
	case key.Matches(k, p.keys.Enter) && p.tab == scene.TabSummary && p.card.node() != "":
		return p, scene.GoToNode{ID: p.card.node()}
	case key.Matches(k, p.keys.Enter) && p.tab == scene.TabSummary:
		if by := cmp.Or(p.entry.Standing.VouchedBy, p.entry.Standing.CoveredBy); by != "" {
			return p, scene.GoToNode{ID: by}
		}
	case key.Matches(k, p.keys.Enter):
		return p, scene.JumpToDigest{}
	case key.Matches(k, p.keys.Copy) && p.tab == scene.TabSigner:
		if subject := signerSubject(p.entry); subject != "" {
			return p, scene.CopyText{What: "signer", Text: subject}
		}
	}
	return p, nil
}

// checkKey moves from check to check.
func (p detailPane) checkKey(k tea.KeyPressMsg) (detailPane, scene.Intent) {
	w := rows.NewWindow(len(p.blocks), p.scroll.Height()).To(p.check)
	if w, moved := p.keys.Move(w, k); moved {
		p.check = w.Cursor()
		return p, nil
	}
	switch {
	case key.Matches(k, p.keys.Left):
		return p, scene.LeavePane{}
	case key.Matches(k, p.keys.Enter):
		return p, scene.JumpToDigest{}
	case key.Matches(k, p.keys.Copy) && p.check >= 0 && p.check < len(p.blocks):
		if actual := p.entry.Report.Checks[p.check].Actual; actual != "" {
			return p, scene.CopyText{What: "actual value", Text: actual}
		}
	}
	return p, nil
}

// click turns to the tab under the mouse, or selects the row there.
func (p detailPane) click(x, y int, room widget.Area) detailPane {
	if y == 0 {
		for t, span := range tabSpans(p.tabRoom(room.W), p.tab) {
			if x >= span.from && x < span.to {
				return p.turn(scene.Tab(t))
			}
		}
		return p
	}
	y -= tabRows(room.H)
	switch p.tab {
	case scene.TabPayload:
		p.payload = p.payload.click(y)
	case scene.TabChecks:
		for i, b := range p.blocks {
			if row := p.scroll.Offset() + y; row >= b.First && row < b.End {
				p.check = i
			}
		}
	case scene.TabSummary:
		p.card = p.card.click(p.scroll.Offset() + y)
	case scene.TabLearn:
		if at := p.learn.Hit(p.scroll.Offset() + y); at >= 0 {
			p.learn.At = at
		}
	case scene.TabSigner, scene.TabRaw, scene.TabCount:
	}
	return p
}

func (p detailPane) wheel(step int) detailPane {
	switch p.tab {
	case scene.TabPayload:
		p.payload = p.payload.wheel(step)
	case scene.TabRaw:
		p.raw = p.raw.wheel(step)
	case scene.TabChecks:
		p.check = max(0, min(p.check+step/widget.WheelRows, len(p.blocks)-1))
	case scene.TabSummary, scene.TabSigner, scene.TabLearn, scene.TabCount:
		p.scroll = p.scroll.Wheel(step)
	}
	return p
}

// bar is the thumb of the current tab in a pane of that height.
func (p detailPane) bar(height int) widget.Thumb {
	top := tabRows(height)
	switch p.tab {
	case scene.TabPayload:
		return widget.ThumbOf(p.payload.window, top+1)
	case scene.TabRaw:
		return widget.ThumbOf(p.raw.window, top+1)
	case scene.TabSummary, scene.TabChecks, scene.TabSigner, scene.TabLearn, scene.TabCount:
	}
	return widget.ThumbOf(p.scroll, top)
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

// writer writes on a sheet.
type writer struct{ *widget.Sheet }
