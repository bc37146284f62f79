package detail

import (
	"cmp"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/equivalent"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/learn"
	"github.com/attestree/attestree/ui/page"
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

// Pane shows what is known about the selected node, one side of it at a time.
type Pane struct {
	keys     keymap.Map
	about    page.About
	commands equivalent.Context
	on       On
	entry    *model.Entry
	tab      scene.Tab
	drawn    drawnSheet
	writing  drawnSheet // what a command writes the summary from

	text    []widget.Line // of the tabs that are text
	said    string        // what in it names nodes by their digests
	hidden  int           // characters in it that a terminal would have obeyed or not shown
	scroll  rows.Window
	blocks  []widget.Block // of the checks
	check   int            // the selected one
	card    page.Stops
	payload payloadTab
	raw     rawTab
	learn   learn.Tab
}

// On is what the pane is shown on.
type On struct {
	Tree    *model.Tree
	Shared  *survey.Shared // with commands that read it
	Version int            // of the tree, when it was judged last
	Node    string         // the ID of the node that is selected
	Trust   page.Trust
	Trusted int // changes with Trust
	Atlas   survey.Atlas
}

// New returns a pane that shows nothing yet. Commands is what the commands of other programs depend on in this run.
func New(keys keymap.Map, about page.About, commands equivalent.Context) Pane {
	return Pane{keys: keys, about: about, commands: commands}
}

// Tab is the side that is shown.
func (p Pane) Tab() scene.Tab { return p.tab }

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

// Prepare makes what the pane shows, or starts what it takes to make it.
func (p Pane) Prepare(on On, room widget.Area, s *theme.Styles) (Pane, tea.Cmd) {
	p.on = on
	room.H -= tabRows(room.H)
	if p.entry == nil || p.entry.Node.ID != on.Node {
		p.entry, p.scroll, p.check, p.card = on.Tree.Entry(on.Node), rows.Window{}, -1, page.Stops{}
		p.learn = learn.Tab{}
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
		p.learn, cmd = p.learn.Follow(on.Tree, p.entry)
		p, cmd = p.write(p.from(room, s), room), stepTaken(cmd)
	case scene.TabSummary:
		if from := p.from(room, s); p.drawn != from && p.sums() {
			p, cmd = p.writeLater(from)
			p.scroll = p.scroll.SetCount(len(p.text)).Resize(room.H)
			return p, cmd
		}
		p = p.write(p.from(room, s), room)
	case scene.TabChecks, scene.TabSigner, scene.TabCount:
		if p.check < 0 && p.tab == scene.TabChecks {
			p.check = page.Decisive(p.entry)
		}
		p = p.write(p.from(room, s), room)
	}
	return p, cmd
}

// from is what the text on screen is to be made from.
func (p Pane) from(room widget.Area, s *theme.Styles) drawnSheet {
	return drawnSheet{p.entry.Node.ID, p.tab, p.on.Version, room.W, p.check, p.on.Trusted, s, room.H < page.LowCard, p.learn.About(), p.learn.Done()}
}

// write makes the text of a tab again, if what it was made from has changed.
func (p Pane) write(from drawnSheet, room widget.Area) Pane {
	switch {
	case p.drawn == from:
	case p.tab == scene.TabSummary:
		p = p.take(p.summarise(from))
	default:
		sheet := widget.Sheet{Width: from.width - 2, Low: from.low, Styles: from.styles, Known: p.on.Atlas}
		switch p.tab {
		case scene.TabChecks:
			p.blocks = page.Ladder(&sheet, p.entry, p.check)
		case scene.TabSigner:
			page.Signer(&sheet, p.entry, p.on.Trust, p.about)
		case scene.TabLearn:
			p.learn = p.learn.Write(&sheet, p.keys, p.on.Tree, p.entry, p.commands)
		case scene.TabSummary, scene.TabPayload, scene.TabRaw, scene.TabCount:
		}
		p.text, p.said, p.hidden, p.drawn = sheet.Lines, strings.Join(sheet.Naming, "\n"), sheet.Hidden, from
	}
	p.scroll = p.scroll.SetCount(len(p.text)).Resize(room.H)
	if p.tab == scene.TabChecks && p.check >= 0 && p.check < len(p.blocks) {
		// First the end of the block, then its beginning: the beginning wins where there is no room for both.
		p.scroll = p.scroll.To(p.blocks[p.check].End - 1).To(p.blocks[p.check].First)
	}
	return p
}

// Show turns to a tab. Each begins at its top.
func (p Pane) Show(t scene.Tab) Pane {
	if p.tab != t {
		p.tab, p.scroll, p.check = t, rows.Window{}, -1
	}
	return p
}

// Key handles a key.
func (p Pane) Key(k tea.KeyPressMsg) (Pane, scene.Intent) {
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
		p.learn, p.scroll, i = p.learn.Key(p.keys, k, p.scroll)
	case scene.TabSummary, scene.TabSigner, scene.TabCount:
		p, i = p.textKey(k)
	}
	if i == nil && key.Matches(k, p.keys.Copy) {
		i = scene.CopyText{What: "digest", Text: string(p.entry.Node.Digest)}
	}
	return p, i
}

func (p Pane) textKey(k tea.KeyPressMsg) (Pane, scene.Intent) {
	if p.tab == scene.TabSummary && len(p.card.Nodes) > 0 {
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
	case key.Matches(k, p.keys.Enter) && p.tab == scene.TabSummary && p.card.Node() != "":
		return p, scene.GoToNode{ID: p.card.Node()}
	case key.Matches(k, p.keys.Enter) && p.tab == scene.TabSummary:
		if by := cmp.Or(p.entry.Standing.VouchedBy, p.entry.Standing.CoveredBy); by != "" {
			return p, scene.GoToNode{ID: by}
		}
	case key.Matches(k, p.keys.Enter):
		return p, scene.JumpToDigest{}
	case key.Matches(k, p.keys.Copy) && p.tab == scene.TabSigner:
		if subject := page.Subject(p.entry); subject != "" {
			return p, scene.CopyText{What: "signer", Text: subject}
		}
	}
	return p, nil
}

// checkKey moves from check to check.
func (p Pane) checkKey(k tea.KeyPressMsg) (Pane, scene.Intent) {
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

// Click turns to the tab under the mouse, or selects the row there.
func (p Pane) Click(x, y int, room widget.Area) Pane {
	if y == 0 {
		for t, span := range tabSpans(p.tabRoom(room.W), p.tab) {
			if x >= span.from && x < span.to {
				return p.Turn(scene.Tab(t))
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
		p.card = p.card.Click(p.scroll.Offset() + y)
	case scene.TabLearn:
		if at := p.learn.Hit(p.scroll.Offset() + y); at >= 0 {
			p.learn.At = at
		}
	case scene.TabSigner, scene.TabRaw, scene.TabCount:
	}
	return p
}

// Wheel scrolls the tab, or walks over its checks.
func (p Pane) Wheel(step int) Pane {
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

// Bar is the thumb of the current tab in a pane of that height.
func (p Pane) Bar(height int) widget.Thumb {
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

// Turn is Show for a key that names the tab: learning begins with what is on screen, which from the checks is the selected
// one.
func (p Pane) Turn(t scene.Tab) Pane {
	if t != scene.TabLearn {
		return p.Show(t)
	}
	var about model.CheckID
	if e := p.entry; p.tab == scene.TabChecks && e != nil && e.Report != nil && p.check >= 0 && p.check < len(e.Report.Checks) {
		about = e.Report.Checks[p.check].ID
	}
	p = p.Show(t)
	p.learn, p.scroll = p.learn.On(about), rows.Window{}.Resize(p.scroll.Height())
	return p
}

// TurnBy turns to the tab that many places on, round the ends.
func (p Pane) TurnBy(step int) Pane {
	return p.Turn((p.tab + scene.Tab(step) + scene.TabCount) % scene.TabCount)
}

// Learning is the check that the learn tab is about, "" where it is about the node.
func (p Pane) Learning() model.CheckID { return p.learn.About() }

// Followed is how many computed steps of the learn tab's trail are in sight or above it.
func (p Pane) Followed() int { return p.learn.Followed(p.scroll.Offset() + p.scroll.Height()) }
