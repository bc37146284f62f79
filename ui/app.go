package ui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/detail"
	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/tour"
	"github.com/attestree/attestree/ui/widget"
)

// App is the whole screen. It is a value: Update returns the next one.
type App struct {
	screen.Skin
	options Options
	backend Backend
	info    Info
	ctx     context.Context // of everything that goes on in the background; ends when the person quits
	cancel  context.CancelFunc
	tick    func() tea.Cmd // starts the wait for the spinner's next frame; nil where nothing moves

	keys     keymap.Map
	sizes    Sizes
	regions  regions
	clicked  widget.Clicked // where the mouse was last
	dragging bool           // the line between tree and detail goes with the mouse
	below    bool           // there is a screen below, which esc leads to
	leaving  safe.Text      // the key that would leave this screen, and is to be pressed once more

	focus   pane
	zoom    bool
	mouse   bool
	overlay overlay
	note    note      // said in the status line until the next key
	written safe.Text // what was said last of writing the policy file, until the next key: the file's change is our own

	tree     *model.Tree
	shared   *survey.Shared     // the tree, with commands that read it
	inbox    []eventsArrivedMsg // what is not in the tree yet
	knocking bool               // for the tree to be free
	judging  judging
	stale    bool // events came since it was judged
	version  int  // of the tree, when it was judged last
	counts   counts
	trust    trustState
	recheck  recheck
	streams  map[int]context.CancelFunc // what is under way; never changed in place
	last     int                        // number of the newest stream
	ticking  bool
	frame    int // of the spinner

	nodes   treePane
	ledger  ledgerPane
	detail  detail.Pane
	search  searchBox
	palette palettePane
	survey  survey.Maker
	help    widget.Help

	pin     pinPane
	save    savePane
	signers signersPane
	policy  policyPane
	root    rootPane
	copying export.Menu
	export  export.Pane

	tour       tour.Tour
	tall       int // the terminal's height; that of the screen is without the tour
	history    history
	parked     []shown // scenes that were left and that one can go back to; never changed in place
	scenes     []shown // that take the place of the panes, the one that is seen last; never changed in place
	sceneCount int     // of those opened so far
}

// overlay is what lies over the panes and has the keys.
type overlay int

const (
	overlayNone overlay = iota
	overlayHelp
	overlaySearch
	overlayPin
	overlaySave
	overlaySigners
	overlayPolicy
	overlayRoot
	overlayPalette
	overlayCopy
	overlayExport
)

// New returns the screen on a source that Init will open.
func New(b Backend, info Info, opts Options) App {
	keys := keymap.New(opts.Keys)
	a := App{
		Skin: screen.NewSkin(opts.Drawing), options: opts, backend: b, info: info, keys: keys, sizes: opts.Sizes, mouse: !opts.NoMouse,
		tree: model.NewTree(), shared: &survey.Shared{}, last: 1,
		nodes: treePane{keys: keys}, ledger: ledgerPane{keys: keys}, detail: detail.New(keys, page.About{TrustNote: info.TrustNote, Sender: info.Sender, Now: info.Now, Newer: keys.Root.Keys()[0]}, info.Commands),
		help: widget.Help{Keys: keys, Tool: info.Tool}, signers: signersPane{keys: keys}, policy: policyPane{keys: keys},
		root: rootPane{keys: keys, nobody: nobodyAsked(info)}, tour: tour.New(keys, opts.Tour.Begin && info.Demo),
	}
	a = a.readTrust()
	if !opts.NoAnimation {
		a.tick = tickSpinner
	}
	return a.within(context.Background())
}

// within has everything in the background end with ctx.
func (a App) within(ctx context.Context) App {
	a.ctx, a.cancel = context.WithCancel(ctx)
	a.streams = map[int]context.CancelFunc{a.last: a.cancel}
	return a
}

// Under is within, for the shell.
func (a App) Under(ctx context.Context) screen.Screen { return a.within(ctx) }

// Init starts discovery and asks the terminal for its background.
func (a App) Init() tea.Cmd {
	return tea.Batch(openSource(a.ctx, a.backend, a.last), awaitPolicy(a.ctx, a.backend), a.Ask(), a.beginTour())
}

// Update gives what the terminal tells, what the person does and what came of a command each to the method that it is for,
// and prepares what View will draw.
func (a App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.Skin, a.tall = a.Learn(msg), msg.Height
	case tea.BackgroundColorMsg, tea.ColorProfileMsg:
		a.Skin = a.Learn(msg)
	case tea.KeyPressMsg:
		a, cmd = a.onPress(msg)
	case tea.PasteMsg:
		a, cmd = a.onPaste(msg)
	case tea.MouseMsg:
		a, cmd = a.onMouse(msg)
	default:
		a, cmd = a.onResult(msg)
	}
	a, more := a.settle()
	return a, tea.Batch(cmd, more)
}

// settle brings everything that is derived up to date: the layout, what each pane shows, and the spinner.
func (a App) settle() (App, tea.Cmd) {
	a = a.followTour()
	a.Height = a.tall - a.tour.Rows(a.Width, a.tall)
	if a.tree.Root() == nil {
		a.focus = paneTree // there is nothing else
	}
	a.regions = a.arranged()
	a.nodes = a.nodes.prepare(a.tree, a.version, a.regions.panes[paneTree])
	a, found := a.findNodes()
	a.ledger = a.ledger.prepare(a.tree, a.version, a.nodes.selected, a.regions.panes[paneLedger])
	a.regions = a.arranged() // how much room the ledger would like may have changed with its node
	a.nodes = a.nodes.prepare(a.tree, a.version, a.regions.panes[paneTree])
	a.ledger = a.ledger.prepare(a.tree, a.version, a.nodes.selected, a.regions.panes[paneLedger])
	var load, tick tea.Cmd
	a = a.askPolicy()
	on := detail.On{Tree: a.tree, Shared: a.shared, Version: a.version, Node: a.nodes.selected, Trust: a.trust.Trust, Trusted: a.trust.version, Atlas: a.atlas()}
	a.detail, load = a.detail.Prepare(on, a.regions.panes[paneDetail], a.Styles)
	a, went := a.findInPayload()
	a, staged := a.prepareScene()
	a, asked := a.prepareOverlay()
	if (len(a.streams) > 0 || a.root.asking()) && !a.ticking && a.tick != nil {
		a.ticking, tick = true, a.tick()
	}
	return a, tea.Batch(found, load, went, staged, asked, tick)
}

// arranged is the layout for what there is to show: as long as there is no tree, one pane.
func (a App) arranged() regions {
	alone := a.zoom || a.tree.Root() == nil
	return arrange(a.Width, a.Height, a.focus, alone, a.ledger.wanted(a.focus == paneLedger), a.sizes)
}

// View draws what Update prepared. It writes nothing, and reads nothing that changes by itself.
func (a App) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "attestree"}
	if a.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	if a.Width <= 0 || a.Height <= 0 {
		return v
	}
	lines := a.screen()
	if b, shown := a.board(); shown && !a.regions.tooSmall {
		lines = b.Over(lines, a.Styles)
	}
	if rows := a.tall - a.Height; rows > 0 {
		lines = append(lines, a.tour.Strip(a.place(), a.Width, rows, a.Styles)...)
	}
	v.Content = a.Content(strings.Join(lines, "\n"))
	v.Cursor = a.cursor()
	return v
}

// do carries out what a pane or a key asked for.
func (a App) do(i scene.Intent) (App, tea.Cmd) {
	switch i := i.(type) {
	case scene.ShowNode:
		a.focus = paneDetail
	case scene.LeavePane:
		a.focus = paneTree
	case scene.GoToNode:
		a.nodes = a.nodes.reveal(a.tree, i.ID)
	case scene.JumpToDigest:
		if len(a.named()) > 0 {
			a = a.jump()
		}
	case scene.QueryPayload:
		return a.beginQuery()
	case scene.CopyText:
		return a.copy(i)
	case scene.CopyLines:
		return a.copyLines(i)
	case scene.VerifyAgain:
		return a.verify(i.IDs)
	case scene.OpenScene:
		return a.openScene(i.Scene), nil
	case scene.CloseScene:
		return a.closeScene(), nil
	case scene.VisitNode:
		return a.visit(i), nil
	case scene.ExploreSource:
		a.note = note{text: safe.Format("opening %s", safe.LineMax(i.Source, phrase.MostName))}
		return a, screen.Explore(i.Source)
	case scene.TrustSigner:
		e := a.tree.Entry(i.ID)
		if i.ID == "" {
			e = a.aimed()
		}
		if e != nil {
			return a.openPin(e, i.Also), nil
		}
	}
	return a, nil
}

// visit leaves every scene for a node, and a side of what is known about it.
func (a App) visit(to scene.VisitNode) App {
	a = a.closeScenes()
	a.nodes, a.focus = a.nodes.reveal(a.tree, to.ID), paneTree
	if to.Detail {
		a.detail, a.focus = a.detail.Show(to.Tab).Aim(to.ID, to.Path), paneDetail
	}
	return a
}

// quit ends everything in the background, then the program.
func (a App) quit() (App, tea.Cmd) {
	a.cancel()
	return a, tea.Quit
}
