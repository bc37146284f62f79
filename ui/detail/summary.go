package detail

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// summaryPage is the summary of a node, as it was written from something.
type summaryPage struct {
	from   drawnSheet
	lines  []widget.Line
	said   string
	hidden int
	card   page.Stops
}

// summaryWrittenMsg brings one from the background.
type summaryWrittenMsg struct{ page summaryPage }

// summarise writes the summary of a node. It only reads the tree.
func (p Pane) summarise(from drawnSheet) summaryPage {
	sheet := widget.Sheet{Width: from.width - 2, Low: from.low, Styles: from.styles, Known: p.on.Atlas}
	card := page.Summary(&sheet, p.on.Tree, p.entry, p.on.Trust, p.about)
	return summaryPage{from, sheet.Lines, strings.Join(sheet.Naming, "\n"), sheet.Hidden, card}
}

// sums reports whether the summary of the node asks about the whole tree, and that is so large that keys would wait.
func (p Pane) sums() bool {
	tree := p.on.Tree
	k := p.entry.Node.Kind
	return tree.Len() >= survey.Many && (p.entry == tree.Root() || k == model.KindIndex || k == model.KindImage)
}

// writeLater has the summary written in the background. Until it comes, an older one of the same node stays.
func (p Pane) writeLater(from drawnSheet) (Pane, tea.Cmd) {
	if p.drawn.id != from.id || p.drawn.tab != from.tab {
		sheet := widget.Sheet{Width: from.width - 2, Styles: from.styles}
		sheet.Put(from.styles.Quiet, safe.Const("summing up"))
		p.text, p.said, p.hidden, p.card = sheet.Lines, "", 0, page.Stops{}
		p.drawn = drawnSheet{id: from.id, tab: from.tab}
	}
	if p.writing == from {
		return p, nil
	}
	p.writing = from
	return p, func() tea.Msg {
		p.on.Shared.RLock()
		defer p.on.Shared.RUnlock()
		return summaryWrittenMsg{p.summarise(from)}
	}
}

// onSummary takes a summary, unless another one is wanted by now.
func (p Pane) onSummary(msg summaryWrittenMsg) Pane {
	if msg.page.from == p.writing && p.entry != nil && p.entry.Node.ID == msg.page.from.id && p.tab == scene.TabSummary {
		p = p.take(msg.page)
	}
	return p
}

// take shows a summary. What was selected of the last one stays selected.
func (p Pane) take(now summaryPage) Pane {
	at := p.card.At
	p.card = now.card
	p.card.At = max(0, min(at, len(p.card.Nodes)-1))
	p.text, p.said, p.hidden, p.drawn = now.lines, now.said, now.hidden, now.from
	return p
}
