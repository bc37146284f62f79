package screen

import tea "charm.land/bubbletea/v2"

// What a screen asks of its shell.
type (
	// SourceWantedMsg asks for the explorer on a source.
	SourceWantedMsg struct{ Source string }
	// StartWantedMsg asks for the start screen.
	StartWantedMsg struct{}
	// LeftMsg asks for the screen below.
	LeftMsg struct{}
	// OpeningEndedMsg says that the person does not want to wait for a source any longer.
	OpeningEndedMsg struct{}
)

// What a screen is told by its shell.
type (
	// SourceRefusedMsg tells the screen that asked why a source cannot be opened.
	SourceRefusedMsg struct {
		Source string
		Err    error
	}
	// ShownAgainMsg tells a screen that those over it are gone.
	ShownAgainMsg struct{}
	// CoversMsg tells a screen that there is one below it.
	CoversMsg struct{}
)

// Explore asks for the explorer on a source. If it cannot be had, the screen that asked receives a SourceRefusedMsg.
func Explore(source string) tea.Cmd { return func() tea.Msg { return SourceWantedMsg{source} } }

// StopOpening asks not to wait for a source any longer.
func StopOpening() tea.Cmd { return func() tea.Msg { return OpeningEndedMsg{} } }

// Begin asks for the start screen.
func Begin() tea.Cmd { return func() tea.Msg { return StartWantedMsg{} } }

// Leave asks for the screen below.
func Leave() tea.Cmd { return func() tea.Msg { return LeftMsg{} } }
