package ui

import (
	"cmp"
	"context"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// bySignerScene is every node under who signed it. What is proven, what is claimed and what nobody signed stand apart.
type bySignerScene struct {
	keys   keyMap
	of     *survey // that the groups are of
	asked  *survey // that a command is sorting
	groups []signerGroup
	folded map[identityKey]bool // groups that are closed; never changed in place
	rows   []signerRow
	window rows.Window
}

// signerRow is a group, or a node of it.
type signerRow struct {
	group int
	node  int // which of the group's; -1 for the group itself
}

// signersGrouped is the result of sorting a large tree.
type signersGrouped struct {
	of     *survey
	groups []signerGroup
}

func newBySigner(keys keyMap) bySignerScene { return bySignerScene{keys: keys} }

func (s bySignerScene) title(on stage) safe.Text {
	proven := 0
	for _, g := range s.groups {
		if g.standing == signedProven {
			proven++
		}
	}
	said := safe.Format("%s proven signers", safe.Int(proven))
	if proven == 1 {
		said = safe.Const("1 proven signer")
	}
	return safe.Format("By signer %s %s", on.look.styles.Glyphs.Bullet, said)
}

func (s bySignerScene) hints(stage) []hint {
	r, any := s.current()
	switch {
	case !any:
		return nil
	case r.node < 0:
		return []hint{hintFor(s.keys.Enter, safe.Const("open or close")), hintFor(s.keys.Trust, safe.Const("trust signer"))}
	}
	return []hint{hintFor(s.keys.Enter, safe.Const("go there")), hintFor(s.keys.Trust, safe.Const("trust signer"))}
}

// prepare sorts the nodes again where they have changed: at once for a tree of common size, else by a command.
func (s bySignerScene) prepare(on stage) (scene, tea.Cmd) {
	s.window = s.window.Resize(on.room.h)
	of := on.survey
	if of == nil || s.of == of || s.asked == of {
		return s, nil
	}
	if len(of.facts) <= manyNodes {
		return s.sorted(signersGrouped{of, groupSigners(of)}), nil
	}
	s.asked = of
	return s, on.report(func(context.Context) any { return signersGrouped{of, groupSigners(of)} })
}

func (s bySignerScene) receive(_ stage, result any) (scene, tea.Cmd) {
	if r, is := result.(signersGrouped); is && r.of == s.asked {
		return s.sorted(r), nil
	}
	return s, nil
}

// sorted takes groups. The cursor stays on its node.
func (s bySignerScene) sorted(r signersGrouped) bySignerScene {
	at := s.entry()
	s.of, s.groups = r.of, r.groups
	s = s.flatten()
	for i := range s.rows {
		if at != nil && s.nodeAt(s.rows[i]) == at {
			s.window = s.window.To(i)
			break
		}
	}
	return s
}

// flatten makes the rows again.
func (s bySignerScene) flatten() bySignerScene {
	n := len(s.groups)
	for _, g := range s.groups {
		n += len(g.rows)
	}
	s.rows = make([]signerRow, 0, n)
	for i, g := range s.groups {
		s.rows = append(s.rows, signerRow{i, -1})
		if s.folded[g.identityKey] {
			continue
		}
		for j := range g.rows {
			s.rows = append(s.rows, signerRow{i, j})
		}
	}
	s.window = s.window.SetCount(len(s.rows))
	return s
}

func (s bySignerScene) current() (signerRow, bool) {
	if i := s.window.Cursor(); i < len(s.rows) {
		return s.rows[i], true
	}
	return signerRow{}, false
}

// nodeAt is the node of a row, nil for a group.
func (s bySignerScene) nodeAt(r signerRow) *model.Entry {
	if r.node < 0 {
		return nil
	}
	return s.of.outline[s.groups[r.group].rows[r.node]].entry
}

// entry is the selected node, nil where a group is selected.
func (s bySignerScene) entry() *model.Entry {
	r, any := s.current()
	if !any {
		return nil
	}
	return s.nodeAt(r)
}

func (s bySignerScene) paste(string) scene { return s }

func (s bySignerScene) key(_ stage, k tea.KeyPressMsg) (scene, intent, bool) {
	if w, moved := s.keys.move(s.window, k); moved {
		s.window = w
		return s, nil, true
	}
	r, any := s.current()
	if !any {
		return s, nil, false
	}
	e, folded := s.nodeAt(r), s.folded[s.groups[r.group].identityKey]
	switch {
	case key.Matches(k, s.keys.BySigner):
		return s, closeScene{}, true
	case key.Matches(k, s.keys.Trust):
		return s, s.trust(r), true
	case key.Matches(k, s.keys.Enter) && e != nil:
		return s, visitNode{id: e.Node.ID}, true
	case key.Matches(k, s.keys.Enter):
		return s.fold(r, !folded), nil, true
	case key.Matches(k, s.keys.Left) && (e != nil || !folded):
		if e != nil {
			s.window = s.window.To(s.window.Cursor() - r.node - 1)
			return s, nil, true
		}
		return s.fold(r, true), nil, true
	case key.Matches(k, s.keys.Right) && e == nil && folded:
		return s.fold(r, false), nil, true
	case key.Matches(k, s.keys.Copy) && e == nil && s.groups[r.group].signer != nil:
		g := s.groups[r.group]
		return s, copyText{"signer", cmp.Or(g.subject, g.fingerprint, g.key)}, true
	}
	return s, nil, false
}

// trust proposes to trust who signed a node, or the first of a group: all of them have the same signer.
func (s bySignerScene) trust(r signerRow) intent {
	r.node = max(r.node, 0)
	return trustSigner{s.nodeAt(r).Node.ID}
}

func (s bySignerScene) fold(r signerRow, closed bool) bySignerScene {
	next := map[identityKey]bool{s.groups[r.group].identityKey: closed}
	for k, was := range s.folded {
		if _, set := next[k]; !set {
			next[k] = was
		}
	}
	s.folded = next
	return s.flatten()
}

func (s bySignerScene) click(_ stage, _, y int) (scene, intent) {
	before := s.window.Cursor()
	w, hit := s.window.Click(y)
	s.window = w
	r, any := s.current()
	switch {
	case !hit || !any:
	case r.node < 0 && w.Cursor() == before:
		return s.fold(r, !s.folded[s.groups[r.group].identityKey]), nil
	case w.Cursor() == before:
		return s, visitNode{id: s.nodeAt(r).Node.ID}
	}
	return s, nil
}

func (s bySignerScene) wheel(_ stage, _, _, step int) scene {
	s.window = s.window.Wheel(step)
	return s
}

func (s bySignerScene) bar() thumb { return thumbOf(s.window, 0) }

func (s bySignerScene) cursor(stage) (x, y int, typing bool) { return 0, inSight(s.window), false }

func (s bySignerScene) points(stage) string {
	if e := s.entry(); e != nil {
		return e.Node.ID
	}
	return ""
}
