package start

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/widget"
)

// Screen is the screen where a source is chosen: one that was opened before, one in this folder, the demo, or one that is
// typed. It opens nothing by itself. It is a value, as App is.
type Screen struct {
	screen.Skin
	shelf  Shelf
	about  About
	keys   keymap.Map
	ctx    context.Context
	mouse  bool
	covers bool // there is a screen below, which esc goes back to

	opened  []Opened
	offers  []Offered
	partial bool   // there may be more in the folder
	problem string // why it is not known what was opened

	entry   entryLine
	typing  bool // the line has the keys, else the list
	choices []choice
	at      int // in choices
	lines   []widget.Line
	stops   []widget.Block // of the choices, in lines
	window  rows.Window

	opening string    // what is being opened, "" for nothing
	refused safe.Text // why something could not be
	said    safe.Text // what a key that did nothing needs, until the next one
	forget  string    // what the next press forgets
	help    widget.Help
	helping bool
}

// choice is a row that can be opened.
type choice struct {
	source string
	opened bool // it was, before, and can be forgotten
}

// New returns the start screen.
func New(shelf Shelf, about About, opts screen.Drawing) Screen {
	keys := keymap.New(opts.Keys)
	s := Screen{
		Skin: screen.NewSkin(opts), shelf: shelf, about: about, keys: keys, ctx: context.Background(), mouse: !opts.NoMouse,
		help: widget.Help{Keys: keys, Tool: about.Tool},
	}
	return s.prepare()
}

// Under has everything in the background end with ctx.
func (s Screen) Under(ctx context.Context) screen.Screen {
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
)

// Init looks what was opened before and what lies in this folder.
func (s Screen) Init() tea.Cmd { return tea.Batch(s.Ask(), s.readShelf(), s.lookAround()) }

func (s Screen) readShelf() tea.Cmd {
	return func() tea.Msg {
		opened, err := s.shelf.Opened()
		return shelfReadMsg{opened, err}
	}
}

func (s Screen) lookAround() tea.Cmd {
	return func() tea.Msg {
		offers, all := s.shelf.Nearby(s.ctx)
		return nearbyFoundMsg{offers, all}
	}
}

// Update routes a message, and prepares what View will draw.
func (s Screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	s.Skin = s.Learn(msg)
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
	case screen.ShownAgainMsg:
		s.opening, s.refused = "", safe.Text{}
		cmd = s.readShelf()
	case screen.CoversMsg:
		s.covers = true
	case screen.SourceRefusedMsg:
		s.opening = ""
		s.refused = safe.Format("%s: %s", safe.LineMax(msg.Source, phrase.MostName), safe.Line(msg.Err.Error()))
	case tea.KeyPressMsg:
		s, cmd = s.key(msg)
	case tea.PasteMsg:
		if !s.helping && s.opening == "" {
			s.typing, s.said = true, safe.Text{}
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
func (s Screen) open(source string) (Screen, tea.Cmd) {
	source = strings.TrimSpace(source)
	switch {
	case s.opening != "":
		return s, nil
	case source == "":
		s.said = safe.Const("type what to open first; esc goes to the list")
		return s, nil
	}
	s.opening, s.refused = source, safe.Text{}
	return s, screen.Explore(source)
}
