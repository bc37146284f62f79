package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/start"
)

// Opener makes screens.
type Opener interface {
	// Explore makes the explorer on a source; nothing is discovered before its Init. It is called in the background, and
	// what it watches ends with ctx. Its error says why the source cannot be opened.
	Explore(ctx context.Context, source string) (App, error)
	// Begin makes the start screen.
	Begin() start.Screen
}

// Shell is the program that runs: screens that stand on each other, of which the last is seen and has the keys. What is
// under way for the others goes on. It is a value: Update returns the next one.
type Shell struct {
	ctx     context.Context
	opener  Opener
	options Options
	screens []standing // at least one; never changed in place
	last    int        // number of the newest screen
	opening opening
	known   [3]tea.Msg // the terminal's size, background and colours, as it told of them last
	sizes   Sizes      // of the panes, as they were made last
}

// standing is a screen in the stack.
type standing struct {
	screen screen.Screen
	number int
	end    context.CancelFunc // ends what it does in the background
}

// opening is a source that is being opened for a screen. What is no longer wanted is dropped by its number.
type opening struct {
	number int
	by     int                // the screen that asked
	end    context.CancelFunc // nil where nothing is being opened
}

// NewShell returns a shell that shows a screen. Without an opener nothing else can be opened.
func NewShell(opener Opener, opts Options, first screen.Screen) Shell {
	s := Shell{opener: opener, options: opts, sizes: opts.Sizes, screens: []standing{{screen: first, end: func() {}}}}
	return s.within(context.Background())
}

// within has everything in the background end with ctx.
func (s Shell) within(ctx context.Context) Shell {
	s.ctx = ctx
	s.screens = slices.Clone(s.screens)
	for i, st := range s.screens {
		st.end()
		mine, end := context.WithCancel(ctx)
		s.screens[i] = standing{st.screen.Under(mine), st.number, end}
	}
	return s
}

// Init starts the first screen.
func (s Shell) Init() tea.Cmd {
	return addressed(s.top().number, s.top().screen.Init())
}

// View is that of the screen that is seen.
func (s Shell) View() tea.View { return s.top().screen.View() }

// Update hands a message to whom it is for.
func (s Shell) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return s.learn(0, msg)
	case tea.BackgroundColorMsg:
		return s.learn(1, msg)
	case tea.ColorProfileMsg:
		return s.learn(2, msg)
	case addressedMsg:
		return s.onAddressed(msg)
	case sourceOpenedMsg:
		return s.onOpened(msg)
	}
	return s.tell(s.top().number, msg)
}

func (s Shell) top() standing { return s.screens[len(s.screens)-1] }

// learn is about the terminal, which concerns every screen and those to come.
func (s Shell) learn(what int, msg tea.Msg) (Shell, tea.Cmd) {
	s.known[what] = msg
	var cmds []tea.Cmd
	for _, st := range s.screens {
		next, cmd := s.tell(st.number, msg)
		s, cmds = next, append(cmds, cmd)
	}
	return s, tea.Batch(cmds...)
}

// tell hands a message to a screen. One that is gone hears nothing.
func (s Shell) tell(number int, msg tea.Msg) (Shell, tea.Cmd) {
	at := slices.IndexFunc(s.screens, func(st standing) bool { return st.number == number })
	if at < 0 {
		return s, nil
	}
	next, cmd := s.screens[at].screen.Update(msg)
	if is, ok := next.(screen.Screen); ok {
		s.screens = slices.Clone(s.screens)
		s.screens[at].screen = is
	}
	if app, explorer := next.(App); explorer && at == len(s.screens)-1 {
		s.sizes = app.sizes
	}
	return s, addressed(number, cmd)
}
