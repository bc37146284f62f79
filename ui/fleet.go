package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/safe"
)

// Fleet is the matrix of many images: a row for each, a column for each kind of evidence. Rows arrive while it is seen,
// and each can be opened. It is a value, as App is; the rows are only ever added to.
type Fleet struct {
	skin
	feed  FleetFeed
	about FleetAbout
	keys  keyMap
	ctx   context.Context
	mouse bool

	rows     []fleet.Row // as they came
	counts   fleetCounts
	progress string
	ended    bool
	failed   string // why it ended before its end

	list    listing
	sifting bool
	detail  details
	opening string    // what is being opened, "" for nothing
	refused safe.Text // why something could not be
	help    helpPane
	helping bool
	clicked clicked
}

// fleetCounts is how the images count so far.
type fleetCounts struct{ satisfied, not, incomplete, changed int }

func (c fleetCounts) with(r fleet.Row) fleetCounts {
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

// FleetFeed is where the rows come from.
type FleetFeed interface {
	// Run looks at every image. What is finished comes in batches, few enough to draw each of them (about ten a second).
	// The channel is closed by the sender when all is done, or when ctx ends. It is called once.
	Run(ctx context.Context) <-chan FleetBatch
}

// FleetBatch is what became known.
type FleetBatch struct {
	Rows []fleet.Row
	// Progress is how far it is and how long it may take, in a sentence of our own.
	Progress string
	Err      error // why it ended before its end; only in the last one
}

// FleetAbout is what a fleet is of.
type FleetAbout struct {
	Tool     string
	Source   string // as the person named it
	Images   int
	Columns  []fleet.Column
	Offline  bool
	Problems []string // parts of the list that could not be read
	Notes    []string // what to know of the trust
	// Removed are references that only the earlier report has, where it is compared with one.
	Removed []string
}

// NewFleet returns the matrix of a fleet at which nobody has begun to look.
func NewFleet(feed FleetFeed, about FleetAbout, opts Options) Fleet {
	keys := newKeyMap(opts.Keys)
	f := Fleet{
		skin: newSkin(opts), feed: feed, about: about, keys: keys, ctx: context.Background(), mouse: !opts.NoMouse,
		help: helpPane{keys: keys, tool: about.Tool},
	}
	return f.settle()
}

// under is Screen's.
func (f Fleet) under(ctx context.Context) Screen {
	f.ctx = ctx
	return f
}

type (
	// fleetCameMsg brings a batch, and where the next one comes from.
	fleetCameMsg struct {
		batch FleetBatch
		from  <-chan FleetBatch
	}
	fleetEndedMsg  struct{}
	fleetSiftedMsg struct {
		by    listedBy
		order []int32
	}
)

// Init begins to look.
func (f Fleet) Init() tea.Cmd {
	ctx, feed := f.ctx, f.feed
	return tea.Batch(f.ask(), func() tea.Msg { return nextFleet(feed.Run(ctx)) })
}

func nextFleet(from <-chan FleetBatch) tea.Msg {
	batch, more := <-from
	if !more {
		return fleetEndedMsg{}
	}
	return fleetCameMsg{batch, from}
}

// Update routes a message, and prepares what View will draw.
func (f Fleet) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	f.skin = f.learn(msg)
	switch msg := msg.(type) {
	case fleetCameMsg:
		f, cmd = f.came(msg)
	case fleetEndedMsg:
		f.ended = true
	case fleetSiftedMsg:
		f.sifting = false
		f.list = f.list.sifted(msg.order)
		f.list.asked = msg.by
	case shownAgainMsg:
		f.opening, f.refused = "", safe.Text{}
	case sourceRefusedMsg:
		f.opening = ""
		f.refused = safe.Format("%s: %s", safe.LineMax(msg.source, mostName), safe.Line(msg.err.Error()))
	case tea.KeyPressMsg:
		f.clicked = clicked{}
		f, cmd = f.key(msg)
	case tea.PasteMsg:
		if f.list.typing {
			f.list.filter = f.list.filter.insert(msg.Content)
		}
	case tea.MouseClickMsg:
		f, cmd = f.click(msg.Mouse())
	case tea.MouseWheelMsg:
		f.clicked = clicked{}
		f = f.wheel(msg.Mouse())
	}
	f, sift := f.sift()
	return f.settle(), tea.Batch(cmd, sift)
}

// came takes what became known.
func (f Fleet) came(msg fleetCameMsg) (Fleet, tea.Cmd) {
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
func (f Fleet) sift() (Fleet, tea.Cmd) {
	by := f.list.by(len(f.rows), 0)
	if f.sifting || by == f.list.asked {
		return f, nil
	}
	f.sifting = true
	all, columns := f.rows, f.about.Columns
	return f, func() tea.Msg { return fleetSiftedMsg{by, siftFleet(all, columns, by)} }
}

// selected is the row under the cursor.
func (f Fleet) selected() (r fleet.Row, any bool) {
	at, any := f.list.selected()
	if !any || at >= len(f.rows) {
		return fleet.Row{}, false
	}
	return f.rows[at], true
}

// settle lays out what will be drawn.
func (f Fleet) settle() Fleet {
	if f.tooSmall() {
		return f
	}
	f.help = f.help.prepare(f.width, f.height, f.styles)
	room := f.room()
	head := len(f.head())
	f.detail = f.detail.place(area{0, head, room.w, max(room.h-head, 0)}, len(f.list.order))
	f.list.table = f.list.table.prepare(f.headings(), len(f.list.order), f.detail.table)
	r, any := f.selected()
	if !any {
		f.detail = f.detail.none(safe.Const("Nothing to show"))
		return f
	}
	at, _ := f.list.selected()
	f.detail = f.detail.write(detailsOf{at, 1, room.w, f.styles}, safe.LineMax(r.Reference, mostCell), func(p *sheet) { p.fleetRow(r, f.about.Columns) })
	return f
}

// open asks for the explorer on what was judged of the selected image, whatever its tag names now.
func (f Fleet) open() (Fleet, tea.Cmd) {
	r, any := f.selected()
	if !any || f.opening != "" {
		return f, nil
	}
	f.opening, f.refused = r.Reference, safe.Text{}
	return f, explore("registry:" + r.Pinned()) // the prefix keeps a list of somebody else's from naming files
}
