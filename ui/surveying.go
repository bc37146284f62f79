package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/survey"
)

// findNodes brings up to date what is known of all nodes, and what was asked about them.
func (a App) findNodes() (App, tea.Cmd) {
	a, read := a.surveyNodes()
	a, sifted := a.siftNodes()
	a, searched := a.searchNodes()
	if a.nodes.lifted {
		a.nodes.lifted, a.note = false, note{text: noteFilterEnded}
	}
	return a, tea.Batch(read, sifted, searched)
}

// surveyNodes keeps the survey up to date. While a large tree is still changing, that is only done for somebody who asks.
func (a App) surveyNodes() (App, tea.Cmd) {
	if len(a.nodes.all) > survey.Many && len(a.streams) > 0 && !a.asking() {
		return a, nil
	}
	next, cmd := a.survey.GoOn(a.nodes.all, a.version)
	a.survey = next
	return a, cmd
}

// asking reports whether something on screen asks about all nodes.
func (a App) asking() bool {
	return a.search.query != "" || a.nodes.sieve.text != "" || len(a.scenes) > 0 || a.overlay == overlayPalette
}
