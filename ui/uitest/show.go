package uitest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// Show is a view without the screen around it: its keys, its commands and what it wants done, as a screen would have them.
type Show struct {
	t     testing.TB
	On    scene.Stage
	stack []scene.Scene  // the view that is seen last
	Asked []scene.Intent // what it wanted done, but for opening and closing views
	Told  []any          // what its commands reported
	Seen  []scene.Scene  // the view after each of these
}

// Showing has a view drawn on a tree, in a room of a size such as "120x40", after some keys.
func Showing(t testing.TB, s scene.Scene, open [][]model.Event, size, keys string) *Show {
	t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
		t.Fatalf("size %q: %v", size, err)
	}
	styles := screen.NewSkin(screen.Drawing{}).Styles
	v := &Show{t: t, stack: []scene.Scene{s}, On: scene.Stage{
		Tree: model.NewTree(), Shared: &survey.Shared{}, Judged: true, Keys: keymap.New(keymap.Choice{}), Room: widget.Area{X: 0, Y: 0, W: w, H: h},
		Look: widget.Look{Styles: styles, Focused: true, Spin: styles.Glyphs.Bullet}, Ctx: t.Context(),
	}}
	v.Apply(slices.Concat(open...)...)
	v.Press(keys)
	return v
}

// Top is the view that is seen.
func (v *Show) Top() scene.Scene { return v.stack[len(v.stack)-1] }

// Apply has events come.
func (v *Show) Apply(events ...model.Event) {
	v.t.Helper()
	for _, e := range events {
		v.On.Tree.Apply(e)
	}
	v.On.Tree.Judge()
	v.On.Version = v.On.Tree.Version()
	s, _ := survey.Maker{}.GoOn(survey.NewOutline(v.On.Tree), v.On.Version)
	for s.Waiting {
		s.Waiting = false
		s, _ = s.GoOn(survey.NewOutline(v.On.Tree), v.On.Version)
	}
	v.On.Survey = s.Done
	v.settle()
}

// settle has the view prepare what it draws, and carries out what it starts.
func (v *Show) settle() {
	v.t.Helper()
	for range 10_000 {
		next, cmd := v.Top().Prepare(v.On)
		v.stack[len(v.stack)-1] = next
		if cmd == nil {
			return
		}
		v.obey(cmd)
	}
	v.t.Fatal("it never comes to rest")
}

func (v *Show) obey(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			v.obey(c)
		}
	case scene.ReportedMsg:
		v.Told = append(v.Told, msg.Result)
		v.Receive(msg.Result)
		v.Seen = append(v.Seen, v.Top())
	}
}

// Receive has the view told what a command reported.
func (v *Show) Receive(result any) {
	next, cmd := v.Top().Receive(v.On, result)
	v.stack[len(v.stack)-1] = next
	v.obey(cmd)
}

// Press types keys, separated by blanks.
func (v *Show) Press(keys string) {
	v.t.Helper()
	for _, k := range KeysOf(keys) {
		next, i, _ := v.Top().Key(v.On, k)
		v.stack[len(v.stack)-1] = next
		v.do(i)
	}
}

// Paste pastes a text.
func (v *Show) Paste(text string) {
	v.stack[len(v.stack)-1] = v.Top().Paste(text)
	v.settle()
}

// Click presses the mouse at a cell of the room.
func (v *Show) Click(x, y int) {
	next, i := v.Top().Click(v.On, x, y)
	v.stack[len(v.stack)-1] = next
	v.do(i)
}

// Wheel turns it, a row down for each step.
func (v *Show) Wheel(x, y, step int) {
	v.stack[len(v.stack)-1] = v.Top().Wheel(v.On, x, y, step)
	v.settle()
}

func (v *Show) do(i scene.Intent) {
	switch i := i.(type) {
	case nil:
	case scene.OpenScene:
		v.stack = append(v.stack, i.Scene)
	case scene.CloseScene:
		if v.Asked = append(v.Asked, i); len(v.stack) > 1 {
			v.stack = v.stack[:len(v.stack)-1]
		}
	default:
		v.Asked = append(v.Asked, i)
	}
	v.settle()
}

// Text is what is drawn, with its title.
func (v *Show) Text() string {
	rows := append([]string{v.Top().Title(v.On).String()}, v.Top().View(v.On)...)
	return PlainText(strings.Join(rows, "\n"))
}

// Copies is the text that it wanted copied last.
func (v *Show) Copies() scene.CopyText {
	v.t.Helper()
	if len(v.Asked) > 0 {
		if c, is := v.Asked[len(v.Asked)-1].(scene.CopyText); is {
			return c
		}
	}
	v.t.Fatalf("nothing is to be copied: %+v", v.Asked)
	return scene.CopyText{}
}

// TreeOf is the tree of events.
func TreeOf(open [][]model.Event) *model.Tree {
	t := model.NewTree()
	for _, events := range open {
		for _, e := range events {
			t.Apply(e)
		}
	}
	t.Judge()
	return t
}
