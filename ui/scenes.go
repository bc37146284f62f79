package ui

import (
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/widget"
)

// scene.OpenScene puts a scene on top of what is shown.
func (a App) openScene(s scene.Scene) App {
	ctx, end := context.WithCancel(a.ctx)
	a.sceneCount++
	a.scenes = append(slices.Clip(a.scenes), shown{s, a.sceneCount, ctx, end})
	a.overlay = overlayNone
	return a
}

// scene.CloseScene takes the topmost scene away. It is kept as it is as long as one can go back to it, see history.
func (a App) closeScene() App {
	if n := len(a.scenes); n > 0 {
		a.parked = append(slices.Clip(a.parked), a.scenes[n-1])
		a.scenes = slices.Clip(a.scenes[:n-1])
	}
	return a
}

// closeScenes goes back to the panes.
func (a App) closeScenes() App {
	for len(a.scenes) > 0 {
		a = a.closeScene()
	}
	return a
}

// top is the scene that is seen.
func (a App) top() (shown, bool) {
	if len(a.scenes) == 0 {
		return shown{}, false
	}
	return a.scenes[len(a.scenes)-1], true
}

// withScene is the screen with another value for the scene of that number.
func (a App) withScene(number int, s scene.Scene) App {
	a.scenes, a.parked = slices.Clone(a.scenes), slices.Clone(a.parked)
	for _, stack := range [][]shown{a.scenes, a.parked} {
		for i := range stack {
			if stack[i].number == number {
				stack[i].scene = s
			}
		}
	}
	return a
}

func (a App) stage(s shown) scene.Stage {
	on := scene.Stage{
		Tree: a.tree, Shared: a.shared, Version: a.version, Trusted: a.trust.version, Judged: a.trust.Judged && !a.trust.Again, Keys: a.keys, Selected: a.nodes.selected, Survey: a.survey.Done,
		Room: a.regions.scene, Look: a.look(paneTree), Number: s.number, Ctx: s.ctx,
	}
	_, covered := a.board()
	on.Look.Focused = !covered
	return on
}

// prepareScene prepares what will be seen of the topmost scene.
func (a App) prepareScene() (App, tea.Cmd) {
	s, open := a.top()
	if !open || a.regions.tooSmall {
		return a, nil
	}
	next, cmd := s.scene.Prepare(a.stage(s))
	return a.withScene(s.number, next), cmd
}

// onSceneReported hands a result to the scene that asked for it, wherever in the stack that is, or parked.
func (a App) onSceneReported(msg scene.ReportedMsg) (App, tea.Cmd) {
	for _, s := range slices.Concat(a.scenes, a.parked) {
		if s.number == msg.Scene {
			next, cmd := s.scene.Receive(a.stage(s), msg.Result)
			return a.withScene(s.number, next), cmd
		}
	}
	return a, nil
}

// onSceneKey gives a key to the topmost scene, then to the whole screen.
func (a App) onSceneKey(s shown, k tea.KeyPressMsg) (App, tea.Cmd) {
	if !a.regions.tooSmall {
		next, i, taken := s.scene.Key(a.stage(s), k)
		if taken {
			return a.withScene(s.number, next).do(i)
		}
	}
	if next, cmd, taken := a.onPointed(s, k); taken {
		return next, cmd
	}
	switch {
	case key.Matches(k, a.keys.Back):
		return a.closeScene(), nil
	case a.concernsPanes(k):
		return a.useless(k), nil
	}
	next, cmd, taken := a.onGlobalKey(k)
	if !taken {
		next = next.useless(k)
	}
	return next, cmd
}

// concernsPanes reports whether a key is about what the scene hides: it does nothing there, rather than something that
// nobody sees.
func (a App) concernsPanes(k tea.KeyPressMsg) bool {
	m := a.keys
	return a.concernsNode(k) || key.Matches(k, m.NextPane, m.PrevPane, m.Zoom, m.Search, m.NextMatch, m.PrevMatch,
		m.NextTab, m.PrevTab, m.Jump, m.Narrow, m.Widen) || key.Matches(k, m.Tabs()...)
}

// clickScene gives a click to a scene, if it is inside of its frame.
func (a App) clickScene(s shown, m tea.Mouse) (App, tea.Cmd) {
	on := a.stage(s)
	if !on.Room.Contains(m.X, m.Y) {
		return a, nil
	}
	next, i := s.scene.Click(on, m.X-on.Room.X, m.Y-on.Room.Y)
	return a.withScene(s.number, next).do(i)
}

// sceneRows draws the topmost scene in its frame, row by row.
func (a App) sceneRows(s shown) []string {
	on, st := a.stage(s), a.Styles
	edge, name := st.BorderFocused, st.TitleFocused
	if f, own := s.scene.(scene.Framed); own {
		edge, name = f.Frame(st), f.Frame(st)
	}
	return widget.Frame{Edge: edge, Name: name}.Around(on.Room, s.scene.Title(on), s.scene.View(on), s.scene.Bar(), st)
}

// sceneCursor is where the terminal's own cursor belongs on the topmost scene.
func (a App) sceneCursor(s shown) *tea.Cursor {
	on := a.stage(s)
	x, y, typing := s.scene.Cursor(on)
	if x < 0 || y < 0 || x >= on.Room.W || y >= on.Room.H {
		return nil
	}
	if typing {
		return tea.NewCursor(on.Room.X+x, on.Room.Y+y)
	}
	return widget.CalmCursor(on.Room.X+x, on.Room.Y+y)
}

// shown is a scene in the stack.
type shown struct {
	scene  scene.Scene
	number int
	ctx    context.Context
	end    context.CancelFunc
}
