package fleet

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/widget"
)

// Screen is the matrix of many images: a row for each, a column for each kind of evidence. Rows arrive while it is seen,
// and each can be opened. It is a value, as App is; the rows are only ever added to.
type Screen struct {
	screen.Skin
	feed  Feed
	about About
	keys  keymap.Map
	ctx   context.Context
	mouse bool

	rows     []fleet.Row // as they came
	counts   counts
	progress string
	ended    bool
	failed   string // why it ended before its end

	list    widget.Listing
	sifting bool
	detail  widget.Details
	opening string    // what is being opened, "" for nothing
	refused safe.Text // why something could not be
	help    widget.Help
	helping bool
	clicked widget.Clicked
}

// counts is how the images count so far.
type counts struct{ satisfied, not, incomplete, changed int }

func (c counts) with(r fleet.Row) counts {
	switch r.Outcome() {
	case fleet.OutcomeSatisfied:
		c.satisfied++
	case fleet.OutcomeNotSatisfied:
		c.not++
	case fleet.OutcomeIncomplete:
		c.incomplete++
	}
	if len(r.Changes) > 0 {
		c.changed++
	}
	return c
}

// Feed is where the rows come from.
type Feed interface {
	// Run looks at every image. What is finished comes in batches, few enough to draw each of them (about ten a second).
	// The channel is closed by the sender when all is done, or when ctx ends. It is called once.
	Run(ctx context.Context) <-chan Batch
}

// Batch is what became known.
type Batch struct {
	Rows []fleet.Row
	// Progress is how far it is and how long it may take, in a sentence of our own.
	Progress string
	Err      error // why it ended before its end; only in the last one
}

// About is what a fleet is of.
type About struct {
	Tool     string
	Source   string // as the person named it
	Images   int
	Columns  []fleet.Column
	Offline  bool
	Problems []string // parts of the list that could not be read, or run images that they do not name
	Notes    []string // what to know of the trust, and of the report that is compared with
	// Removed are references that only the earlier report has, where it is compared with one.
	Removed []string
}

// New returns the matrix of a fleet at which nobody has begun to look.
func New(feed Feed, about About, opts screen.Drawing) Screen {
	keys := keymap.New(opts.Keys)
	f := Screen{
		Skin: screen.NewSkin(opts), feed: feed, about: about, keys: keys, ctx: context.Background(), mouse: !opts.NoMouse,
		help: widget.Help{Keys: keys, Tool: about.Tool},
	}
	return f.settle()
}

// Under is Screen's.
func (f Screen) Under(ctx context.Context) screen.Screen {
	f.ctx = ctx
	return f
}

type (
	// cameMsg brings a batch, and where the next one comes from.
	cameMsg struct {
		batch Batch
		from  <-chan Batch
	}
	fleetEndedMsg struct{}
	siftedMsg     struct {
		by    widget.ListedBy
		order []int32
	}
)

// Init begins to look.
func (f Screen) Init() tea.Cmd {
	ctx, feed := f.ctx, f.feed
	return tea.Batch(f.Ask(), func() tea.Msg { return nextFleet(feed.Run(ctx)) })
}

func nextFleet(from <-chan Batch) tea.Msg {
	batch, more := <-from
	if !more {
		return fleetEndedMsg{}
	}
	return cameMsg{batch, from}
}

// Update routes a message, and prepares what View will draw.
func (f Screen) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	f.Skin = f.Learn(msg)
	switch msg := msg.(type) {
	case cameMsg:
		f, cmd = f.came(msg)
	case fleetEndedMsg:
		f.ended = true
	case siftedMsg:
		f.sifting = false
		f.list = f.list.Sifted(msg.order)
		f.list.Asked = msg.by
	case screen.ShownAgainMsg:
		f.opening, f.refused = "", safe.Text{}
	case screen.SourceRefusedMsg:
		f.opening = ""
		f.refused = safe.Format("%s: %s", safe.LineMax(msg.Source, phrase.MostName), safe.Line(msg.Err.Error()))
	case tea.KeyPressMsg:
		f.clicked = widget.Clicked{}
		f, cmd = f.key(msg)
	case tea.PasteMsg:
		if f.list.Typing {
			f.list.Filter = f.list.Filter.Insert(msg.Content)
		}
	case tea.MouseClickMsg:
		f, cmd = f.click(msg.Mouse())
	case tea.MouseWheelMsg:
		f.clicked = widget.Clicked{}
		f = f.wheel(msg.Mouse())
	}
	f, sift := f.sift()
	return f.settle(), tea.Batch(cmd, sift)
}

// came takes what became known.
func (f Screen) came(msg cameMsg) (Screen, tea.Cmd) {
	f.rows = append(f.rows, msg.batch.Rows...)
	for _, r := range msg.batch.Rows {
		f.counts = f.counts.with(r)
	}
	if msg.batch.Progress != "" {
		f.progress = msg.batch.Progress
	}
	if msg.batch.Err != nil {
		f.failed = msg.batch.Err.Error()
	}
	from := msg.from
	return f, func() tea.Msg { return nextFleet(from) }
}

// sift finds and sorts the rows in the background, again whenever there are more.
func (f Screen) sift() (Screen, tea.Cmd) {
	by := f.list.By(len(f.rows), 0)
	if f.sifting || by == f.list.Asked {
		return f, nil
	}
	f.sifting = true
	all, columns := f.rows, f.about.Columns
	return f, func() tea.Msg { return siftedMsg{by, siftFleet(all, columns, by)} }
}

// selected is the row under the cursor.
func (f Screen) selected() (r fleet.Row, any bool) {
	at, any := f.list.Selected()
	if !any || at >= len(f.rows) {
		return fleet.Row{}, false
	}
	return f.rows[at], true
}

// settle lays out what will be drawn.
func (f Screen) settle() Screen {
	if f.tooSmall() {
		return f
	}
	f.help = f.help.Prepare(f.Width, f.Height, f.Styles)
	room := f.room()
	head := len(f.head())
	f.detail = f.detail.Place(widget.Area{X: 0, Y: head, W: room.W, H: max(room.H-head, 0)}, len(f.list.Order))
	f.list.Table = f.list.Table.Prepare(f.headings(), len(f.list.Order), f.detail.Table)
	r, any := f.selected()
	if !any {
		f.detail = f.detail.None(safe.Const("Nothing to show"))
		return f
	}
	at, _ := f.list.Selected()
	f.detail = f.detail.Write(widget.DetailsOf{Row: at, Version: 1, Width: room.W, Styles: f.Styles}, safe.LineMax(r.Reference, widget.MostCell), func(p *widget.Sheet) { writer{p}.fleetRow(r, f.about.Columns) })
	return f
}

// open asks for the explorer on what was judged of the selected image, whatever its tag names now.
func (f Screen) open() (Screen, tea.Cmd) {
	r, any := f.selected()
	if !any || f.opening != "" {
		return f, nil
	}
	f.opening, f.refused = r.Reference, safe.Text{}
	return f, screen.Explore("registry:" + r.Pinned()) // the prefix keeps a list of somebody else's from naming files
}
