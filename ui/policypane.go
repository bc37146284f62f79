package ui

import (
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// policyPane is the overlay with the policy's answer, requirement by requirement.
type policyPane struct {
	keys  keymap.Map
	nodes []string // what each stop leads to
	board widget.Board
}

func (p policyPane) prepare(tree *model.Tree, trust trustState, w, h int, s *theme.Styles) policyPane {
	page := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	var stops []widget.Block
	stops, p.nodes = writer{&page}.policy(tree, trust)
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Back, safe.Const("closes"))}
	if len(stops) > 0 {
		p.board.Hints = append(p.board.Hints, keymap.HintFor(p.keys.Enter, safe.Const("go to the node")))
	}
	p.board = p.board.Set(safe.Const("Policy"), page.Lines, stops, w, h, widget.BoardWidth)
	return p
}

// onPolicyKey walks over the requirements, and goes to the node of one.
func (a App) onPolicyKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	switch {
	case key.Matches(k, a.keys.Back, a.keys.Policy):
		a.overlay = overlayNone
	case key.Matches(k, a.keys.Enter):
		a.overlay = overlayNone
		if at := a.policy.board.At; at < len(a.policy.nodes) && a.policy.nodes[at] != "" {
			a.nodes, a.focus = a.nodes.reveal(a.tree, a.policy.nodes[at]), paneTree
		}
	default:
		a.policy.board = a.policy.board.Key(a.keys, k)
	}
	return a, nil
}

// policy is whether the policy is satisfied, and each thing that it asks: what meets it, or what is missing. The stops
// are the requirements, nodes what they lead to.
func (s writer) policy(tree *model.Tree, trust trustState) (stops []widget.Block, nodes []string) {
	mark := trust.mark(s.Styles)
	s.Put(mark.Style, mark.Text())
	answer := trust.policy
	switch {
	case answer.Path != "":
		s.Field("File", answer.Path, "", s.Styles.Quiet)
		s.Field("", answer.SHA256, "", s.Styles.Quiet)
	default:
		s.Sentence("There is no policy file: what was asked for has to be trusted.", s.Styles.Quiet, 2)
	}
	if trust.problem != "" {
		s.Sentence("The file changed and could not be read, so that this is by what it said before: "+trust.problem, s.Styles.Bad, 2)
	}
	if !trust.judged {
		s.Sentence("It is asked when everything has been checked.", s.Styles.Quiet, 2)
		return nil, nil
	}
	if trust.again {
		s.Sentence("Until then, this is by what was trusted before.", s.Styles.Quiet, 2)
	}
	s.Gap()
	said := map[string]bool{}
	for i, r := range answer.Requirements {
		if s.Full() {
			s.Sentence("and "+strconv.Itoa(len(answer.Requirements)-i)+" more", s.Styles.Quiet, 0)
			break
		}
		first := len(s.Lines)
		s.requirement(tree, r)
		said[r.Message] = true
		stops, nodes = append(stops, widget.Block{First: first, End: len(s.Lines)}), append(nodes, r.Node)
	}
	for _, reason := range answer.Reasons {
		if !said[reason] {
			s.Entry(s.Styles.Glyphs.Error, reason, "", s.Styles.Text, 0, 2)
		}
	}
	return stops, nodes
}

// requirement is one line of the policy's answer with what meets it, or what is missing.
func (s writer) requirement(tree *model.Tree, r model.Requirement) {
	mark := s.Styles.Requirement(r.Status)
	var l widget.Line
	l.Add(mark.Style, safe.Concat(mark.Glyph, safe.Spaces(1)))
	l.Add(s.Styles.Strong, safe.LineMax(r.ID, s.Width))
	if on := tree.Entry(string(r.On)); on != nil && on != tree.Root() {
		l.Add(s.Styles.Text, safe.Format(" on %s", safe.LineMax(model.EntryTitle(on), s.Width)))
	}
	l.Add(s.Styles.Quiet, safe.Format("  %s", safe.LineMax(r.Wants, max(s.Width-widget.Width(l.Left)-2, 0))))
	l.End(mark.Style, safe.Format("  %s ", mark.Word))
	s.Add(l)
	s.Sentence(r.Message, s.Styles.Text, 2)
	if e := tree.Entry(r.Node); e != nil {
		standing := s.Styles.Standing(e.Standing)
		var by widget.Line
		by.Add(s.Styles.Quiet, safe.Format("  %s ", s.Styles.Glyphs.Right))
		by.Add(standing.Style, safe.Concat(standing.Glyph, safe.Spaces(1)))
		by.Add(s.Styles.Link, safe.LineMax(model.EntryTitle(e), max(s.Width-widget.Width(by.Left), 0)))
		s.Add(by)
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
