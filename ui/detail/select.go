package detail

import (
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// SelectedRow is the row that is selected, or the first of a text.
func (p Pane) SelectedRow(room widget.Area) int {
	top := tabRows(room.H)
	switch p.tab {
	case scene.TabPayload:
		return top + 1 + widget.InSight(p.payload.window)
	case scene.TabRaw:
		return top + 1 + widget.InSight(p.raw.window)
	case scene.TabChecks:
		if p.check >= 0 && p.check < len(p.blocks) {
			return top + p.blocks[p.check].First - p.scroll.Offset()
		}
	case scene.TabSummary:
		if row := p.card.Row() - p.scroll.Offset(); row >= 0 && row < p.scroll.Height() {
			return top + row
		}
	case scene.TabLearn:
		if row := p.learn.Row() - p.scroll.Offset(); row >= 0 && row < p.scroll.Height() {
			return top + row
		}
	case scene.TabSigner, scene.TabCount:
	}
	return top
}

// Opens reports whether enter would lead somewhere from a row of the pane. The payload opens and closes by itself.
func (p Pane) Opens(y int, room widget.Area) bool {
	row := y - tabRows(room.H)
	at := p.scroll.Offset() + row
	switch p.tab {
	case scene.TabSummary:
		return row >= 0 && p.card.Hit(at) >= 0
	case scene.TabLearn:
		return row >= 0 && p.learn.Hit(at) >= 0
	case scene.TabChecks:
		return row >= 0 && p.check >= 0 && p.check < len(p.blocks) && at >= p.blocks[p.check].First && at < p.blocks[p.check].End
	case scene.TabPayload, scene.TabSigner, scene.TabRaw, scene.TabCount:
	}
	return false
}
