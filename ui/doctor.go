package ui

import (
	"context"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// doctorScene holds policy files against the image: a row for each rule, and below it what it read and what is wrong with
// it. It is examined anew whenever something is judged anew, or somebody else is trusted.
type doctorScene struct {
	backend Examiner
	files   []string // as the person gave them; never changed in place
	naming  bool     // another file is being named
	name    edit

	wanted int // changes with the files, and when they are to be examined again
	asked  doctorAsked
	cancel context.CancelFunc
	busy   bool
	ready  bool
	number int         // of the answer
	tree   *model.Tree // that the answer is about; nobody changes it
	rules  []diagnosis.Rule
	ok     bool // every rule is met
	unseen bool // something may be attached that was not seen, and break a rule
	counts map[string]int
	list   listing
	detail details
}

// doctorAsked is what was asked last.
type doctorAsked struct{ wanted, tree, trust int }

// What comes back from the background.
type (
	doctorAnswered struct {
		asked  doctorAsked
		tree   *model.Tree
		answer diagnosis.Examination
		unseen bool
	}
	doctorSifted struct {
		by    listedBy
		order []int32
	}
)

// newDoctor begins with the files that are known, or asks for one.
func newDoctor(b Examiner) doctorScene {
	files := slices.Clone(b.PolicyFiles())
	return doctorScene{backend: b, files: files, naming: len(files) == 0}
}

func (s doctorScene) title(stage) safe.Text { return safe.Const("Policy doctor") }

func (s doctorScene) hints(on stage) []hint {
	k := on.keys
	switch {
	case s.naming:
		return []hint{hintFor(k.Enter, safe.Const("examine it")), {safe.Const("e.g."), safe.Const("policy.rego, kyverno.yaml")}}
	case s.list.typing:
		return []hint{hintFor(k.Enter, safe.Const("keep")), {safe.Const("e.g."), safe.Const("is:undefined file:rego")}}
	}
	return []hint{hintFor(k.Enter, safe.Const("go there")), hintFor(k.AddFile, safe.Const("another file")),
		hintFor(k.NextPane, safe.Const("read on")), hintFor(k.Copy, safe.Const("copy correction")), hintFor(k.Filter, safe.Const("filter")),
		hintFor(k.DropFile, safe.Const("leave file out")), hintFor(k.Verify, safe.Const("examine again"))}
}

func (s doctorScene) prepare(on stage) (scene, tea.Cmd) {
	s, ask := s.examine(on)
	var sift tea.Cmd
	if by := s.list.by(s.number, 0); s.ready && by != s.list.asked {
		s.list.asked = by
		rules := s.rules
		sift = on.report(func(context.Context) any { return doctorSifted{by, siftRules(rules, by)} })
	}
	return s.settle(on), tea.Batch(ask, sift)
}

// examine asks for an answer, as soon as everything was looked at, and again whenever that or the trust is another.
func (s doctorScene) examine(on stage) (doctorScene, tea.Cmd) {
	asked := doctorAsked{s.wanted, on.version, on.trusted}
	if len(s.files) == 0 || !on.tree.Complete || !on.judged || asked == s.asked && (s.ready || s.busy) {
		return s, nil
	}
	if s.cancel != nil {
		s.cancel()
	}
	ctx, cancel := context.WithCancel(on.ctx)
	s.asked, s.cancel, s.busy = asked, cancel, true
	b, files := s.backend, s.files
	return s, on.reportOn(func(_ context.Context, tree *model.Tree) any {
		defer cancel()
		unseen := missedIn(tree).any() || tree.Err != nil
		return doctorAnswered{asked, tree, b.Examine(ctx, tree, files), unseen}
	})
}

// settle lays out what will be drawn.
func (s doctorScene) settle(on stage) doctorScene {
	head := len(s.head(on))
	s.detail = s.detail.place(area{0, head, on.room.w, max(on.room.h-head, 0)}, len(s.list.order))
	if !s.ready {
		s.detail.table, s.detail.room = area{}, area{}
		return s
	}
	s.list.table = s.list.table.prepare(doctorHeadings, len(s.list.order), s.detail.table)
	at, any := s.list.selected()
	if !any {
		s.detail = s.detail.none(safe.Const("Nothing matches"))
		return s
	}
	r := s.rules[at]
	s.detail = s.detail.write(detailsOf{at, s.number, on.room.w, on.look.styles}, safe.LineMax(r.Rule, mostCell), func(p *sheet) { p.rule(r, s.tree) })
	return s
}

func (s doctorScene) receive(_ stage, result any) (scene, tea.Cmd) {
	switch r := result.(type) {
	case doctorAnswered:
		if r.asked != s.asked {
			return s, nil
		}
		s.busy, s.ready, s.number = false, true, s.number+1
		s.tree, s.rules, s.ok, s.unseen = r.tree, r.answer.Rules, r.answer.Satisfied(), r.unseen
		s.counts = map[string]int{}
		for _, rule := range s.rules {
			s.counts[resultWord(rule)]++
		}
		if len(s.list.order) > len(s.rules) {
			s.list.order = nil
		}
		s.list.order = slices.DeleteFunc(slices.Clone(s.list.order), func(i int32) bool { return int(i) >= len(s.rules) })
	case doctorSifted:
		if r.by == s.list.asked && r.by.number == s.number {
			s.list = s.list.sifted(r.order)
		}
	}
	return s, nil
}

func (s doctorScene) key(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	if s.naming {
		return s.namingKey(on, k)
	}
	if !s.list.typing {
		if d, used := s.detail.key(on.keys, k); used {
			s.detail = d
			return s, nil, true
		}
	}
	if l, used := s.list.key(on.keys, k); used {
		s.list = l
		return s, nil, true
	}
	keys := on.keys
	switch {
	case s.list.typing:
		return s, nil, false
	case key.Matches(k, keys.AddFile):
		s.naming, s.name = true, edit{}
	case key.Matches(k, keys.DropFile):
		s = s.drop()
	case key.Matches(k, keys.Verify):
		s = s.with(s.files)
	case key.Matches(k, keys.Copy):
		i = s.copied()
	case key.Matches(k, keys.Doctor):
		i = closeScene{}
	case key.Matches(k, keys.Enter):
		if at, any := s.list.selected(); any && on.tree.Entry(s.rules[at].Node) != nil {
			i = visitNode{id: s.rules[at].Node, detail: true, tab: tabPayload}
		}
	default:
		return s, nil, false
	}
	return s, i, true
}

// namingKey names another file.
func (s doctorScene) namingKey(on stage, k tea.KeyPressMsg) (next scene, i intent, taken bool) {
	switch {
	case key.Matches(k, on.keys.Back) && len(s.files) == 0:
		return s, closeScene{}, true
	case key.Matches(k, on.keys.Back):
		s.naming = false
	case key.Matches(k, on.keys.Enter):
		name := strings.TrimSpace(s.name.text)
		if name == "" {
			return s, nil, true
		}
		s.naming = false
		if !slices.Contains(s.files, name) {
			s = s.with(append(slices.Clip(s.files), name))
		}
	default:
		s.name, taken = s.name.key(k)
		return s, nil, taken
	}
	return s, nil, true
}

// with is the scene for other files, or for the same ones once more.
func (s doctorScene) with(files []string) doctorScene {
	s.files = files
	s.wanted++
	s.busy = false
	if len(files) == 0 {
		s.ready, s.naming, s.rules, s.list = false, true, nil, listing{}
	}
	return s
}

// drop leaves out the file of the selected rule.
func (s doctorScene) drop() doctorScene {
	at, any := s.list.selected()
	if !any {
		return s
	}
	file := s.rules[at].File
	return s.with(slices.DeleteFunc(slices.Clone(s.files), func(f string) bool { return f == file }))
}

// copied is the corrected file where there is one, else what is said of the rule.
func (s doctorScene) copied() intent {
	at, any := s.list.selected()
	if !any {
		return nil
	}
	for _, d := range s.rules[at].Diagnosis {
		if d.Correction != nil {
			return copyText{"corrected " + s.rules[at].File, d.Correction.Text}
		}
	}
	return copyText{"answer", s.rules[at].Rule + ": " + s.rules[at].Message}
}

func (s doctorScene) paste(text string) scene {
	switch {
	case s.naming:
		s.name = s.name.insert(text)
	case s.list.typing:
		s.list.filter = s.list.filter.insert(text)
	}
	return s
}

func (s doctorScene) bar() thumb { return s.detail.bar(s.list.table) }

func (s doctorScene) cursor(on stage) (x, y int, typing bool) {
	head := s.head(on)
	switch {
	case s.naming:
		typed := s.name.shown(on.look, safe.Text{}, max(on.room.w-18, 4)).Text.Width()
		return min(tableMargin+len("policy file: ")+typed, on.room.w-1), len(head) - 1, true
	case s.list.typing:
		typed := s.list.filter.shown(on.look, safe.Text{}, max(on.room.w-48, 4)).Text.Width()
		return min(tableMargin+len("filter: ")+typed, on.room.w-1), len(head) - 1, true
	case !s.ready:
		return 0, 0, false
	}
	return 0, s.detail.cursor(s.list.table), false
}

func (s doctorScene) view(on stage) []string {
	b := drawer(on.room.w, on.look.styles)
	var out []string
	for _, l := range s.head(on) {
		out = append(out, l.draw(b, theme.Style{}))
	}
	if !s.ready {
		return out
	}
	if !s.detail.table.empty() {
		out = append(out, s.list.table.view(doctorHeadings, on.room.w, s.detail.look(on.look), func(row, column int) rows.Part {
			return s.cell(row, column, on.look.styles)
		})...)
	}
	for len(out) < s.detail.room.y {
		out = append(out, line{}.draw(b, theme.Style{}))
	}
	return append(out, s.detail.view(on.room.w, on.look)...)
}

func (s doctorScene) points(stage) string {
	if at, any := s.list.selected(); any {
		return s.rules[at].Node
	}
	return ""
}
