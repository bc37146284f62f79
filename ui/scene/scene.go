package scene

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// Scene is a view that takes the place of the panes: it has the whole body of the screen in one frame, and keys before
// anything else has them. Scenes are values like panes, and stand on each other: esc leads back to the one below.
type Scene interface {
	// Title stands in the upper edge of the frame.
	Title(on Stage) safe.Text
	// Hints are the keys that work here, the most useful first.
	Hints(on Stage) []keymap.Hint
	// Prepare brings up to date what is drawn, after every message; it may start a command with stage.report.
	Prepare(on Stage) (Scene, tea.Cmd)
	// Receive takes what a command reported.
	Receive(on Stage, result any) (Scene, tea.Cmd)
	// Key handles a key. taken is false for one that means nothing here: then it has its meaning of the whole screen.
	Key(on Stage, k tea.KeyPressMsg) (next Scene, i Intent, taken bool)
	// Paste takes pasted text where something is being typed.
	Paste(text string) Scene
	// Click and wheel are the mouse at a cell of the frame's inside.
	Click(on Stage, x, y int) (Scene, Intent)
	Wheel(on Stage, x, y, step int) Scene
	// View is the rows of the frame's inside; fewer than there is room for will do.
	View(on Stage) []string
	// Bar is the thumb of what is scrolled.
	Bar() widget.Thumb
	// Cursor is the cell of the frame's inside that is selected or, with typing, where text goes in.
	Cursor(on Stage) (x, y int, typing bool)
}

// Framed is a scene whose frame and title have a look of their own, because nothing in it is to be taken for the image.
type Framed interface {
	Frame(s *theme.Styles) theme.Style
}

// Stage is what a scene is shown on.
type Stage struct {
	Tree     *model.Tree
	Shared   *survey.Shared // with commands that read it
	Version  int            // of the tree, when it was judged last
	Trusted  int            // changes with whom the reader trusts, and with the policy's answer
	Judged   bool           // the policy has answered for the tree as it is
	Keys     keymap.Map
	Selected string         // the ID of the node that is selected in the tree
	Survey   *survey.Survey // what is known of all nodes, nil as long as that is being read
	Room     widget.Area    // inside of the frame
	Look     widget.Look

	Number int // of this scene
	Ctx    context.Context
}

// Report makes a command of work in the background. Its result comes to receive, if the scene is still there; the
// context ends when it is not.
func (on Stage) Report(work func(ctx context.Context) any) tea.Cmd {
	return func() tea.Msg { return ReportedMsg{on.Number, work(on.Ctx)} }
}

// ReportOn is report of work on the tree, which it may keep: it is as the tree is when the work begins.
func (on Stage) ReportOn(work func(ctx context.Context, tree *model.Tree) any) tea.Cmd {
	tree, shared := on.Tree, on.Shared
	return on.Report(func(ctx context.Context) any { return work(ctx, shared.Snapshot(tree)) })
}

// ReportedMsg is the result of a command that a scene started.
type ReportedMsg struct {
	Scene  int
	Result any
}

// Copied is an entry to be read in the background, where events may go on changing the one in the tree.
func Copied(e *model.Entry) *model.Entry {
	out := *e
	out.Children = slices.Clone(e.Children)
	return &out
}

// RowOpener is a scene in which a row that is pressed twice is opened as enter would open it. Scenes that open what was
// selected already do that themselves.
type RowOpener interface {
	Opens(on Stage, x, y int) bool
}

// Pointing is a scene in which a node is selected: keys that do something to the selected node do it to that one. The
// bench is none: what stands on it is broken.
type Pointing interface {
	// Points is the ID of the node, "" where the selected row is none and leads to none.
	Points(on Stage) string
}
