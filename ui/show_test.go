package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
)

// show is a view without the screen around it: its keys, its commands and what it wants done, as a screen would have them.
type show struct {
	t     testing.TB
	on    stage
	stack []scene  // the view that is seen last
	asked []intent // what it wanted done, but for opening and closing views
	told  []any    // what its commands reported
	seen  []scene  // the view after each of these
}

// showing has a view drawn on a tree, in a room of a size such as "120x40", after some keys.
func showing(t testing.TB, s scene, open [][]model.Event, size, keys string) *show {
	t.Helper()
	var w, h int
	if _, err := fmt.Sscanf(size, "%dx%d", &w, &h); err != nil {
		t.Fatalf("size %q: %v", size, err)
	}
	styles := newSkin(Options{}).styles
	v := &show{t: t, stack: []scene{s}, on: stage{
		tree: model.NewTree(), shared: &shared{}, judged: true, keys: newKeyMap(Keys{}), room: area{0, 0, w, h},
		look: paneLook{styles: styles, focused: true, spin: styles.Glyphs.Bullet}, ctx: t.Context(),
	}}
	v.apply(slices.Concat(open...)...)
	v.press(keys)
	return v
}

// top is the view that is seen.
func (v *show) top() scene { return v.stack[len(v.stack)-1] }

// apply has events come.
func (v *show) apply(events ...model.Event) {
	v.t.Helper()
	for _, e := range events {
		v.on.tree.Apply(e)
	}
	v.on.tree.Judge()
	v.on.version = v.on.tree.Version()
	s, _ := surveyor{}.goOn(newOutline(v.on.tree), v.on.version)
	for s.waiting {
		s.waiting = false
		s, _ = s.goOn(newOutline(v.on.tree), v.on.version)
	}
	v.on.survey = s.done
	v.settle()
}

// settle has the view prepare what it draws, and carries out what it starts.
func (v *show) settle() {
	v.t.Helper()
	for range 10_000 {
		next, cmd := v.top().prepare(v.on)
		v.stack[len(v.stack)-1] = next
		if cmd == nil {
			return
		}
		v.obey(cmd)
	}
	v.t.Fatal("it never comes to rest")
}

func (v *show) obey(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			v.obey(c)
		}
	case sceneReportedMsg:
		v.told = append(v.told, msg.result)
		v.receive(msg.result)
		v.seen = append(v.seen, v.top())
	}
}

// receive has the view told what a command reported.
func (v *show) receive(result any) {
	next, cmd := v.top().receive(v.on, result)
	v.stack[len(v.stack)-1] = next
	v.obey(cmd)
}

// press types keys, separated by blanks.
func (v *show) press(keys string) {
	v.t.Helper()
	for _, k := range keysOf(keys) {
		next, i, _ := v.top().key(v.on, k)
		v.stack[len(v.stack)-1] = next
		v.do(i)
	}
}

// paste pastes a text.
func (v *show) paste(text string) {
	v.stack[len(v.stack)-1] = v.top().paste(text)
	v.settle()
}

// click presses the mouse at a cell of the room.
func (v *show) click(x, y int) {
	next, i := v.top().click(v.on, x, y)
	v.stack[len(v.stack)-1] = next
	v.do(i)
}

// wheel turns it, a row down for each step.
func (v *show) wheel(x, y, step int) {
	v.stack[len(v.stack)-1] = v.top().wheel(v.on, x, y, step)
	v.settle()
}

func (v *show) do(i intent) {
	switch i := i.(type) {
	case nil:
	case openScene:
		v.stack = append(v.stack, i.scene)
	case closeScene:
		if v.asked = append(v.asked, i); len(v.stack) > 1 {
			v.stack = v.stack[:len(v.stack)-1]
		}
	default:
		v.asked = append(v.asked, i)
	}
	v.settle()
}

// text is what is drawn, with its title.
func (v *show) text() string {
	rows := append([]string{v.top().title(v.on).String()}, v.top().view(v.on)...)
	return plainText(strings.Join(rows, "\n"))
}

// copies is the text that it wanted copied last.
func (v *show) copies() copyText {
	v.t.Helper()
	if len(v.asked) > 0 {
		if c, is := v.asked[len(v.asked)-1].(copyText); is {
			return c
		}
	}
	v.t.Fatalf("nothing is to be copied: %+v", v.asked)
	return copyText{}
}

// treeOf is the tree of events.
func treeOf(open [][]model.Event) *model.Tree {
	t := model.NewTree()
	for _, events := range open {
		for _, e := range events {
			t.Apply(e)
		}
	}
	t.Judge()
	return t
}
