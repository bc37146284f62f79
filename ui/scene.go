package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// scene is a view that takes the place of the panes: it has the whole body of the screen in one frame, and keys before
// anything else has them. Scenes are values like panes, and stand on each other: esc leads back to the one below.
type scene interface {
	// title stands in the upper edge of the frame.
	title(on stage) safe.Text
	// hints are the keys that work here, the most useful first.
	hints(on stage) []hint
	// prepare brings up to date what is drawn, after every message; it may start a command with stage.report.
	prepare(on stage) (scene, tea.Cmd)
	// receive takes what a command reported.
	receive(on stage, result any) (scene, tea.Cmd)
	// key handles a key. taken is false for one that means nothing here: then it has its meaning of the whole screen.
	key(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool)
	// paste takes pasted text where something is being typed.
	paste(text string) scene
	// click and wheel are the mouse at a cell of the frame's inside.
	click(on stage, x, y int) (scene, intent)
	wheel(on stage, x, y, step int) scene
	// view is the rows of the frame's inside; fewer than there is room for will do.
	view(on stage) []string
	// bar is the thumb of what is scrolled.
	bar() thumb
	// cursor is the cell of the frame's inside that is selected or, with typing, where text goes in.
	cursor(on stage) (x, y int, typing bool)
}

// framed is a scene whose frame and title have a look of their own, because nothing in it is to be taken for the image.
type framed interface {
	frame(s *theme.Styles) theme.Style
}

// stage is what a scene is shown on.
type stage struct {
	tree     *model.Tree
	shared   *shared // with commands that read it
	version  int     // of the tree, when it was judged last
	trusted  int     // changes with whom the reader trusts, and with the policy's answer
	judged   bool    // the policy has answered for the tree as it is
	keys     keyMap
	selected string  // the ID of the node that is selected in the tree
	survey   *survey // what is known of all nodes, nil as long as that is being read
	room     area    // inside of the frame
	look     paneLook

	number int // of this scene
	ctx    context.Context
}

// report makes a command of work in the background. Its result comes to receive, if the scene is still there; the
// context ends when it is not.
func (on stage) report(work func(ctx context.Context) any) tea.Cmd {
	return func() tea.Msg { return sceneReportedMsg{on.number, work(on.ctx)} }
}

// reportOn is report of work on the tree, which it may keep: it is as the tree is when the work begins.
func (on stage) reportOn(work func(ctx context.Context, tree *model.Tree) any) tea.Cmd {
	tree, shared := on.tree, on.shared
	return on.report(func(ctx context.Context) any { return work(ctx, shared.snapshot(tree)) })
}

// sceneReportedMsg is the result of a command that a scene started.
type sceneReportedMsg struct {
	scene  int
	result any
}

// copied is an entry to be read in the background, where events may go on changing the one in the tree.
func copied(e *model.Entry) *model.Entry {
	out := *e
	out.Children = slices.Clone(e.Children)
	return &out
}

// rowOpener is a scene in which a row that is pressed twice is opened as enter would open it. Scenes that open what was
// selected already do that themselves.
type rowOpener interface {
	opens(on stage, x, y int) bool
}

// pointing is a scene in which a node is selected: keys that do something to the selected node do it to that one. The
// bench is none: what stands on it is broken.
type pointing interface {
	// points is the ID of the node, "" where the selected row is none and leads to none.
	points(on stage) string
}
