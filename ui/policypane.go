package ui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// policyPane is the overlay with the policy's answer, requirement by requirement.
type policyPane struct {
	keys  keyMap
	nodes []string // what each stop leads to
	board board
}

func (p policyPane) prepare(tree *model.Tree, trust trustState, w, h int, s *theme.Styles) policyPane {
	page := sheet{width: boardRoom(w), styles: s}
	var stops []block
	stops, p.nodes = page.policy(tree, trust)
	p.board.hints = []hint{hintFor(p.keys.Back, safe.Const("closes"))}
	if len(stops) > 0 {
		p.board.hints = append(p.board.hints, hintFor(p.keys.Enter, safe.Const("go to the node")))
	}
	p.board = p.board.set(safe.Const("Policy"), page.lines, stops, w, h, boardWidth)
	return p
}

// onPolicyKey walks over the requirements, and goes to the node of one.
func (a App) onPolicyKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	switch {
	case key.Matches(k, a.keys.Back, a.keys.Policy):
		a.overlay = overlayNone
	case key.Matches(k, a.keys.Enter):
		a.overlay = overlayNone
		if at := a.policy.board.at; at < len(a.policy.nodes) && a.policy.nodes[at] != "" {
			a.nodes, a.focus = a.nodes.reveal(a.tree, a.policy.nodes[at]), paneTree
		}
	default:
		a.policy.board = a.policy.board.key(a.keys, k)
	}
	return a, nil
}

// policy is whether the policy is satisfied, and each thing that it asks: what meets it, or what is missing. The stops
// are the requirements, nodes what they lead to.
func (s *sheet) policy(tree *model.Tree, trust trustState) (stops []block, nodes []string) {
	mark := trust.mark(s.styles)
	s.put(mark.Style, mark.Text())
	answer := trust.policy
	switch {
	case answer.Path != "":
		s.field("File", answer.Path, "", s.styles.Quiet)
		s.field("", answer.SHA256, "", s.styles.Quiet)
	default:
		s.sentence("There is no policy file: what was asked for has to be trusted.", s.styles.Quiet, 2)
	}
	if trust.problem != "" {
		s.sentence("The file changed and could not be read, so that this is by what it said before: "+trust.problem, s.styles.Bad, 2)
	}
	if !trust.judged {
		s.sentence("It is asked when everything has been checked.", s.styles.Quiet, 2)
		return nil, nil
	}
	if trust.again {
		s.sentence("Until then, this is by what was trusted before.", s.styles.Quiet, 2)
	}
	s.gap()
	said := map[string]bool{}
	for i, r := range answer.Requirements {
		if s.full() {
			s.sentence("and "+strconv.Itoa(len(answer.Requirements)-i)+" more", s.styles.Quiet, 0)
			break
		}
		first := len(s.lines)
		s.requirement(tree, r)
		said[r.Message] = true
		stops, nodes = append(stops, block{first, len(s.lines)}), append(nodes, r.Node)
	}
	for _, reason := range answer.Reasons {
		if !said[reason] {
			s.entry(s.styles.Glyphs.Error, reason, "", s.styles.Text, 0, 2)
		}
	}
	return stops, nodes
}

// requirement is one line of the policy's answer with what meets it, or what is missing.
func (s *sheet) requirement(tree *model.Tree, r model.Requirement) {
	mark := s.styles.Requirement(r.Status)
	var l line
	l.add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	l.add(s.styles.Strong, safe.LineMax(r.ID, s.width))
	if on := tree.Entry(string(r.On)); on != nil && on != tree.Root() {
		l.add(s.styles.Text, safe.Format(" on %s", safe.LineMax(model.EntryTitle(on), s.width)))
	}
	l.add(s.styles.Quiet, safe.Format("  %s", safe.LineMax(r.Wants, max(s.width-width(l.left)-2, 0))))
	l.end(mark.Style, safe.Format("  %s ", mark.Word))
	s.add(l)
	s.sentence(r.Message, s.styles.Text, 2)
	if e := tree.Entry(r.Node); e != nil {
		standing := s.styles.Standing(e.Standing)
		var by line
		by.add(s.styles.Quiet, safe.Format("  %s ", s.styles.Glyphs.Right))
		by.add(standing.Style, safe.Concat(standing.Glyph, safe.Spaces(1)))
		by.add(s.styles.Link, safe.LineMax(model.EntryTitle(e), max(s.width-width(by.left), 0)))
		s.add(by)
	}
}

// mark is whether the policy is satisfied, in words. What was not asked yet is no answer.
func (t trustState) mark(s *theme.Styles) theme.Mark {
	switch {
	case t.again:
		return theme.Mark{Glyph: s.Glyphs.Bullet, Word: safe.Const("judging again…"), Style: s.Quiet}
	case !t.judged:
		return theme.Mark{Glyph: s.Glyphs.Bullet, Word: safe.Const("policy not judged yet"), Style: s.Quiet}
	case t.policy.Satisfied:
		return theme.Mark{Glyph: s.Glyphs.Check, Word: safe.Const("policy satisfied"), Style: s.Good}
	case t.policy.Path == "" && !t.pinned():
		return theme.Mark{Glyph: s.Glyphs.Error, Word: safe.Const("policy not satisfied"), Style: s.Warning}
	}
	return theme.Mark{Glyph: s.Glyphs.Error, Word: safe.Const("policy not satisfied"), Style: s.Bad}
}
