package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// Start is the screen where a source is chosen: one that was opened before, one in this folder, the demo, or one that is
// typed. It opens nothing by itself. It is a value, as App is.
type Start struct {
	skin
	shelf  Shelf
	about  Beginning
	keys   keyMap
	ctx    context.Context
	mouse  bool
	covers bool // there is a screen below, which esc goes back to

	opened  []Opened
	offers  []Offered
	partial bool   // there may be more in the folder
	problem string // why it is not known what was opened

	entry   entryLine
	typing  bool // the line has the keys, else the list
	choices []startChoice
	at      int // in choices
	lines   []line
	stops   []block // of the choices, in lines
	window  rows.Window

	opening string    // what is being opened, "" for nothing
	refused safe.Text // why something could not be
	forget  string    // what the next press forgets
	help    helpPane
	helping bool
}

// startChoice is a row that can be opened.
type startChoice struct {
	source string
	opened bool // it was, before, and can be forgotten
}

// NewStart returns the start screen.
func NewStart(shelf Shelf, about Beginning, opts Options) Start {
	keys := newKeyMap(opts.Keys)
	s := Start{
		skin: newSkin(opts), shelf: shelf, about: about, keys: keys, ctx: context.Background(), mouse: !opts.NoMouse,
		help: helpPane{keys: keys, tool: about.Tool},
	}
	return s.prepare()
}

// under has everything in the background end with ctx.
func (s Start) under(ctx context.Context) Screen {
	s.ctx = ctx
	return s
}

type (
	shelfReadMsg struct {
		opened []Opened
		err    error
	}
	nearbyFoundMsg struct {
		offers []Offered
		all    bool
	}
	forgottenMsg struct{ err error }
	// shownAgainMsg tells a screen that those over it are gone; coversMsg that there is one below it.
	shownAgainMsg struct{}
	coversMsg     struct{}
)

// Init looks what was opened before and what lies in this folder.
func (s Start) Init() tea.Cmd { return tea.Batch(s.ask(), s.readShelf(), s.lookAround()) }

func (s Start) readShelf() tea.Cmd {
	return func() tea.Msg {
		opened, err := s.shelf.Opened()
		return shelfReadMsg{opened, err}
	}
}

func (s Start) lookAround() tea.Cmd {
	return func() tea.Msg {
		offers, all := s.shelf.Nearby(s.ctx)
		return nearbyFoundMsg{offers, all}
	}
}

// Update routes a message, and prepares what View will draw.
func (s Start) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	s.skin = s.learn(msg)
	switch msg := msg.(type) {
	case shelfReadMsg:
		s.opened, s.problem = msg.opened, ""
		if msg.err != nil {
			s.problem = msg.err.Error()
		}
	case nearbyFoundMsg:
		s.offers, s.partial = msg.offers, !msg.all
	case forgottenMsg:
		if msg.err != nil {
			s.refused = safe.Line(msg.err.Error())
		}
		cmd = s.readShelf()
	case shownAgainMsg:
		s.opening, s.refused = "", safe.Text{}
		cmd = s.readShelf()
	case coversMsg:
		s.covers = true
	case sourceRefusedMsg:
		s.opening = ""
		s.refused = safe.Format("%s: %s", safe.LineMax(msg.source, mostName), safe.Line(msg.err.Error()))
	case tea.KeyPressMsg:
		s, cmd = s.key(msg)
	case tea.PasteMsg:
		if s.typing && !s.helping {
			s.entry = s.entry.insert(strings.TrimSpace(msg.Content))
		}
	case tea.MouseClickMsg:
		s, cmd = s.click(msg.Mouse())
	case tea.MouseWheelMsg:
		s = s.wheel(msg.Mouse())
	}
	return s.prepare(), cmd
}

// open asks for the explorer on a source.
func (s Start) open(source string) (Start, tea.Cmd) {
	if source = strings.TrimSpace(source); source == "" || s.opening != "" {
		return s, nil
	}
	s.opening, s.refused = source, safe.Text{}
	return s, explore(source)
}
