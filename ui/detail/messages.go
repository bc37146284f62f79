package detail

import (
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/document"
	"github.com/attestree/attestree/ui/learn"
)

// Msg is the result of one of the pane's own commands. What belongs to bytes or to a node that are not shown any more is
// dropped.
type Msg interface{ isDetail() }

func (summaryWrittenMsg) isDetail()   {}
func (payloadParsedMsg) isDetail()    {}
func (huntEndedMsg) isDetail()        {}
func (queryAnsweredMsg) isDetail()    {}
func (completionsFoundMsg) isDetail() {}
func (rawWrappedMsg) isDetail()       {}
func (stepTakenMsg) isDetail()        {}

// Receive takes a result. Typing says that the line of a query has the keys.
func (p Pane) Receive(msg Msg, typing bool) (next Pane, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case summaryWrittenMsg:
		p = p.onSummary(msg)
	case payloadParsedMsg:
		p.payload = p.payload.parsed(msg)
	case huntEndedMsg: // each tab knows whether it is its own search
		p.payload, p.raw = p.payload.hunted(msg), p.raw.hunted(msg)
	case queryAnsweredMsg:
		p.payload, cmd = p.payload.answered(msg)
	case completionsFoundMsg:
		if typing {
			p.payload, cmd = p.payload.offered(msg)
		}
	case rawWrappedMsg:
		p.raw = p.raw.wrapped(msg)
	case stepTakenMsg:
		p.learn, cmd = p.learn.Take(msg.StepMsg)
		cmd = stepTaken(cmd)
	}
	return p, cmd
}

// stepTakenMsg brings what came of a step of the trail.
type stepTakenMsg struct{ learn.StepMsg }

// stepTaken has what a command of the learn tab brings come to the pane.
func stepTaken(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		if step, is := cmd().(learn.StepMsg); is {
			return stepTakenMsg{step}
		}
		return nil
	}
}

// payloadParsedMsg brings the outline of a payload.
type payloadParsedMsg struct {
	key     contentKey
	payload payloadDocument
}

// huntEndedMsg brings what a search in bytes found.
type huntEndedMsg struct {
	key   contentKey // with no width: it matters to no search
	query string
	found []int
}

// queryAnsweredMsg brings the answer to a question to a payload, outlined.
type queryAnsweredMsg struct {
	key     contentKey
	text    string
	answer  document.Answer
	payload payloadDocument
}

// completionsFoundMsg brings what a query may go on as.
type completionsFoundMsg struct {
	key     contentKey
	text    string
	choices []string
}

// rawWrappedMsg brings the row starts of raw bytes.
type rawWrappedMsg struct {
	key    contentKey
	starts []int32
}
