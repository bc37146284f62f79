package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

type (
	// pagerReadyMsg brings a pager that can be run.
	pagerReadyMsg struct {
		run tea.ExecCommand
		err error
	}
	// pagerEndedMsg says that it ended.
	pagerEndedMsg struct{ err error }
)

// showsRaw reports whether the exact bytes have the focus.
func (a App) showsRaw() bool { return a.inPane(paneDetail) && a.detail.Tab() == scene.TabRaw }

// openPager opens the payload of the selected node in the pager, or its exact bytes where those are on screen.
func (a App) openPager() (App, tea.Cmd) {
	e := a.aimed()
	if e == nil {
		return a, nil
	}
	c, laidOut := content.Payload(e), true
	if a.showsRaw() {
		c, laidOut = content.Raw(e), false
	}
	if c.Bytes == nil {
		a.note = note{text: safe.LineMax(c.Name, 4*phrase.MostName)}
		return a, nil
	}
	ctx, b, title := a.ctx, a.backend, model.EntryTitle(e)
	return a, func() tea.Msg {
		run, err := b.Pager(ctx, export.PagerText(c.Name+" of "+title, c.Bytes, laidOut))
		return pagerReadyMsg{run, err}
	}
}

// onPagerReady gives the terminal to the pager.
func (a App) onPagerReady(msg pagerReadyMsg) (App, tea.Cmd) {
	if msg.err != nil {
		a.note = a.failure(safe.Const("the pager cannot be opened"), msg.err)
		return a, nil
	}
	return a, tea.Exec(msg.run, func(err error) tea.Msg { return pagerEndedMsg{err} })
}

func (a App) onPagerEnded(msg pagerEndedMsg) App {
	if msg.err != nil {
		a.note = a.failure(safe.Const("the pager ended"), msg.err)
	}
	return a
}
