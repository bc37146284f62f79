package signers

import (
	"cmp"
	"context"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/widget"
)

// View is every node under who signed it. What is proven, what is claimed and what nobody signed stand apart.
type View struct {
	keys   keymap.Map
	of     *survey.Survey // that the groups are of
	asked  *survey.Survey // that a command is sorting
	groups []signerGroup
	folded map[model.SignedBy]bool // groups that are closed; never changed in place
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
	of     *survey.Survey
	groups []signerGroup
}

// New is every node by who signed it, with the keys that a person has.
func New(keys keymap.Map) View { return View{keys: keys} }

// Title implements scene.Scene.
func (s View) Title(on scene.Stage) safe.Text {
	proven := 0
	for _, g := range s.groups {
		if g.Known == model.SignerProven {
			proven++
		}
	}
	said := safe.Format("%s proven signers", safe.Int(proven))
	if proven == 1 {
		said = safe.Const("1 proven signer")
	}
	return safe.Format("By signer %s %s", on.Look.Styles.Glyphs.Bullet, said)
}

// Hints implements scene.Scene.
func (s View) Hints(scene.Stage) []keymap.Hint {
	r, any := s.current()
	if !any {
		return nil
	}
	hints := []keymap.Hint{keymap.HintFor(s.keys.Enter, safe.Const("go there"))}
	if r.node < 0 {
		hints[0].Does = safe.Const("open or close")
	}
	if s.trustable(r) {
		hints = append(hints, keymap.HintFor(s.keys.Trust, safe.Const("trust signer")))
	}
	return hints
}

// Prepare sorts the nodes again where they have changed: at once for a tree of common size, else by a command.
func (s View) Prepare(on scene.Stage) (scene.Scene, tea.Cmd) {
	s.window = s.window.Resize(on.Room.H)
	of := on.Survey
	if of == nil || s.of == of || s.asked == of {
		return s, nil
	}
	if len(of.Facts) <= survey.Many {
		return s.sorted(signersGrouped{of, groupSigners(of)}), nil
	}
	s.asked = of
	return s, on.Report(func(context.Context) any { return signersGrouped{of, groupSigners(of)} })
}

// Receive implements scene.Scene.
func (s View) Receive(_ scene.Stage, result any) (scene.Scene, tea.Cmd) {
	if r, is := result.(signersGrouped); is && r.of == s.asked {
		return s.sorted(r), nil
	}
	return s, nil
}

// sorted takes groups. The cursor stays on its node.
func (s View) sorted(r signersGrouped) View {
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
func (s View) flatten() View {
	n := len(s.groups)
	for _, g := range s.groups {
		n += len(g.rows)
	}
	s.rows = make([]signerRow, 0, n)
	for i, g := range s.groups {
		s.rows = append(s.rows, signerRow{i, -1})
		if s.folded[g.SignedBy] {
			continue
		}
		for j := range g.rows {
			s.rows = append(s.rows, signerRow{i, j})
		}
	}
	s.window = s.window.SetCount(len(s.rows))
	return s
}

func (s View) current() (signerRow, bool) {
	if i := s.window.Cursor(); i < len(s.rows) {
		return s.rows[i], true
	}
	return signerRow{}, false
}

// nodeAt is the node of a row, nil for a group.
func (s View) nodeAt(r signerRow) *model.Entry {
	if r.node < 0 {
		return nil
	}
	return s.of.Outline[s.groups[r.group].rows[r.node]].Entry
}

// entry is the selected node, nil where a group is selected.
func (s View) entry() *model.Entry {
	r, any := s.current()
	if !any {
		return nil
	}
	return s.nodeAt(r)
}

// Paste implements scene.Scene.
func (s View) Paste(string) scene.Scene { return s }

// Key implements scene.Scene.
func (s View) Key(_ scene.Stage, k tea.KeyPressMsg) (scene.Scene, scene.Intent, bool) {
	if w, moved := s.keys.Move(s.window, k); moved {
		s.window = w
		return s, nil, true
	}
	r, any := s.current()
	if !any {
		return s, nil, false
	}
	e, folded := s.nodeAt(r), s.folded[s.groups[r.group].SignedBy]
	switch {
	case key.Matches(k, s.keys.BySigner):
		return s, scene.CloseScene{}, true
	case key.Matches(k, s.keys.Trust):
		return s, s.trust(r), true
	case key.Matches(k, s.keys.Enter) && e != nil:
		return s, scene.VisitNode{ID: e.Node.ID}, true
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
		return s, scene.CopyText{What: "signer", Text: cmp.Or(g.Subject, g.Fingerprint, g.Hint)}, true
	}
	return s, nil, false
}

// trustable reports whether somebody can be trusted from a row: a proven signer of what holds.
func (s View) trustable(r signerRow) bool {
	g := s.groups[r.group]
	of := g.rows
	if r.node >= 0 {
		of = of[r.node : r.node+1]
	}
	return g.Known == model.SignerProven && slices.ContainsFunc(of, func(row int32) bool { return holds(s.of.Facts[row].Verdict) })
}

// holds reports whether a signer can be learned from a node with that verdict.
func holds(v model.Verdict) bool {
	return v == model.Trusted || v == model.Valid || v == model.Untrusted
}

// mostPurposes is how many purposes of one signer are proposed at most.
const mostPurposes = 64

// trust proposes to trust who signed a node, or all of a group, for each purpose once.
func (s View) trust(r signerRow) scene.Intent {
	if r.node >= 0 {
		return scene.TrustSigner{ID: s.nodeAt(r).Node.ID}
	}
	var ids []string
	seen := map[string]bool{}
	for _, row := range s.groups[r.group].rows {
		f := &s.of.Facts[row]
		purpose := f.Predicate
		if f.Kind == model.KindSignature {
			purpose = "" // which has a predicate type in the newer form alone
		}
		if holds(f.Verdict) && !seen[purpose] && len(ids) < mostPurposes {
			seen[purpose] = true
			ids = append(ids, s.of.Outline[row].Entry.Node.ID)
		}
	}
	if len(ids) == 0 { // the answer says why there is nobody to trust
		r.node = 0
		return s.trust(r)
	}
	return scene.TrustSigner{ID: ids[0], Also: ids[1:]}
}

func (s View) fold(r signerRow, closed bool) View {
	next := map[model.SignedBy]bool{s.groups[r.group].SignedBy: closed}
	for k, was := range s.folded {
		if _, set := next[k]; !set {
			next[k] = was
		}
	}
	s.folded = next
	return s.flatten()
}

// Click implements scene.Scene.
func (s View) Click(_ scene.Stage, _, y int) (scene.Scene, scene.Intent) {
	before := s.window.Cursor()
	w, hit := s.window.Click(y)
	s.window = w
	r, any := s.current()
	switch {
	case !hit || !any:
	case r.node < 0 && w.Cursor() == before:
		return s.fold(r, !s.folded[s.groups[r.group].SignedBy]), nil
	case w.Cursor() == before:
		return s, scene.VisitNode{ID: s.nodeAt(r).Node.ID}
	}
	return s, nil
}

// Wheel implements scene.Scene.
func (s View) Wheel(_ scene.Stage, _, _, step int) scene.Scene {
	s.window = s.window.Wheel(step)
	return s
}

// Bar implements scene.Scene.
func (s View) Bar() widget.Thumb { return widget.ThumbOf(s.window, 0) }

// Cursor implements scene.Scene.
func (s View) Cursor(scene.Stage) (x, y int, typing bool) { return 0, widget.InSight(s.window), false }

// Points implements scene.Pointing.
func (s View) Points(scene.Stage) string {
	if e := s.entry(); e != nil {
		return e.Node.ID
	}
	return ""
}
