package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
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
	card   cardStops
}

// summaryWrittenMsg brings one from the background.
type summaryWrittenMsg struct{ page summaryPage }

// summarise writes the summary of a node. It only reads the tree.
func (p detailPane) summarise(tree *model.Tree, from drawnSheet) summaryPage {
	page := widget.Sheet{Width: from.width - 2, Low: from.low, Styles: from.styles, Known: p.atlas}
	if p.entry == tree.Root() {
		writer{&page}.sender(p.entry, p.info.Sender, p.trust)
	}
	card := writer{&page}.summary(tree, p.entry, p.trust, p.info.Now)
	return summaryPage{from, page.Lines, strings.Join(page.Naming, "\n"), page.Hidden, card}
}

// sums reports whether the summary of the node asks about the whole tree, and that is so large that keys would wait.
func (p detailPane) sums(tree *model.Tree) bool {
	k := p.entry.Node.Kind
	return tree.Len() >= survey.Many && (p.entry == tree.Root() || k == model.KindIndex || k == model.KindImage)
}

// writeLater has the summary written in the background. Until it comes, an older one of the same node stays.
func (p detailPane) writeLater(tree *model.Tree, from drawnSheet) (detailPane, tea.Cmd) {
	if p.drawn.id != from.id || p.drawn.tab != from.tab {
		page := widget.Sheet{Width: from.width - 2, Styles: from.styles}
		page.Put(from.styles.Quiet, safe.Const("summing up"))
		p.text, p.said, p.hidden, p.card = page.Lines, "", 0, cardStops{}
		p.drawn = drawnSheet{id: from.id, tab: from.tab}
	}
	if p.writing == from {
		return p, nil
	}
	p.writing = from
	return p, func() tea.Msg {
		p.shared.RLock()
		defer p.shared.RUnlock()
		return summaryWrittenMsg{p.summarise(tree, from)}
	}
}

// onSummary takes a summary, unless another one is wanted by now.
func (p detailPane) onSummary(msg summaryWrittenMsg) detailPane {
	if msg.page.from == p.writing && p.entry != nil && p.entry.Node.ID == msg.page.from.id && p.tab == scene.TabSummary {
		p = p.take(msg.page)
	}
	return p
}

// take shows a summary. What was selected of the last one stays selected.
func (p detailPane) take(page summaryPage) detailPane {
	at := p.card.At
	p.card = page.card
	p.card.At = max(0, min(at, len(p.card.nodes)-1))
	p.text, p.said, p.hidden, p.drawn = page.lines, page.said, page.hidden, page.from
	return p
}
