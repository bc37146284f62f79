package ui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/detail"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/survey"
)

// Every message that is the result of one of our own commands. Those that belong to something that may have been
// given up since carry its number, and are dropped when it is not current any more.

// eventsArrivedMsg brings what became known in one stream of events, and where the next batch comes from.
type eventsArrivedMsg struct {
	stream int
	events []model.Event
	from   <-chan []model.Event
}

// streamEndedMsg says that a stream of events is at its end.
type streamEndedMsg struct{ stream int }

// trustChangedMsg says that somebody else is trusted than before, or why that could not be done.
type trustChangedMsg struct {
	what    safe.Text // what was done, or tried
	err     error
	changed bool // something did change although there is an error
	await   bool // it came from the policy file, which may change again
	saved   bool // the policy file was written
}

// signerSavedMsg says that an entry was written to the policy file, or why not.
type signerSavedMsg struct {
	what safe.Text
	err  error
}

// rootUpdatedMsg says what came of asking for a newer trusted root.
type rootUpdatedMsg struct {
	change string
	err    error
}

// spinnerTickedMsg moves the one spinner of the screen.
type spinnerTickedMsg struct{}

// onResult routes what came of a command: first what leads to another command, then what ends there.
func (a App) onResult(msg tea.Msg) (App, tea.Cmd) {
	switch msg := msg.(type) {
	case eventsArrivedMsg:
		return a.onEvents(msg)
	case streamEndedMsg:
		return a.onStreamEnded(msg)
	case treeFreeMsg:
		return a.onTreeFree()
	case lookedMsg:
		return a.onLooked(msg)
	case weighedMsg:
		return a.onWeighed(msg)
	case trustChangedMsg:
		return a.onTrustChanged(msg)
	case rootUpdatedMsg:
		return a.onRootUpdated(msg)
	case spinnerTickedMsg:
		return a.onSpinnerTicked()
	case detail.Msg:
		return a.onDetail(msg)
	case scene.ReportedMsg:
		return a.onSceneReported(msg)
	case pagerReadyMsg:
		return a.onPagerReady(msg)
	case pagerEndedMsg:
		a = a.onPagerEnded(msg)
	case export.WroteMsg:
		a = a.onExported(msg)
	case signerSavedMsg:
		a = a.onSignerSaved(msg)
	case siftedMsg:
		a = a.onSifted(msg)
	case paletteFoundMsg:
		a = a.onPaletteFound(msg)
	case nodesFoundMsg:
		a = a.onNodesFound(msg)
	case payloadsSearchedMsg:
		a = a.onPayloadsSearched(msg)
	case survey.GoesOnMsg:
		a.survey.Waiting = false
	case tourOfferedMsg:
		a.tour = a.tour.Offer()
	case screen.SourceRefusedMsg:
		a.note = note{text: safe.Format("%s: %s", safe.LineMax(msg.Source, phrase.MostName), safe.Line(msg.Err.Error()))}
	}
	return a, nil
}

// onSpinnerTicked moves the spinner, and judges what came since.
func (a App) onSpinnerTicked() (App, tea.Cmd) {
	a.ticking, a.frame = false, a.frame+1
	return a.judge()
}

// onDetail hands the detail what it asked for itself.
func (a App) onDetail(msg detail.Msg) (App, tea.Cmd) {
	var cmd tea.Cmd
	a.detail, cmd = a.detail.Receive(msg, a.overlay == overlaySearch && a.search.place == searchQuery)
	return a, cmd
}
