package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
)

// openExport asks what should be written: of what is marked, else of the selected node.
func (a App) openExport() App {
	e := a.aimed()
	if e == nil {
		return a
	}
	nodes := []*model.Entry{e}
	if ids := a.marked(); len(ids) > 0 && a.inPane(paneTree) {
		nodes = nil
		for _, id := range ids {
			nodes = append(nodes, a.tree.Entry(id)) // what is marked stands in the tree
		}
	}
	a.export, a.overlay = export.New(a.keys, nodes, a.tree.Root()), overlayExport
	return a
}

func (a App) onExportKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	next, asks := a.export.Key(k, !a.regions.tooSmall)
	a.export = next
	switch asks {
	case export.Close:
		a.overlay = overlayNone
	case export.Start:
		return a, a.export.Write(a.backend, a.shared, a.tree)
	case export.Nothing:
	}
	return a, nil
}

// onExported says what came of it, where it is still being asked for or in the status line.
func (a App) onExported(msg export.WroteMsg) App {
	a.export = a.export.Ended(msg.Err)
	switch {
	case msg.Err != nil && a.overlay == overlayExport:
	case msg.Err != nil:
		a.note = a.failure(safe.Const("nothing was written"), msg.Err)
	default:
		if a.overlay == overlayExport {
			a.overlay = overlayNone
		}
		a.note = note{text: safe.Format("written: %s", safe.LineMax(msg.Said, 4*phrase.MostName))}
	}
	return a
}
