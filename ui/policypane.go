package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
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

func (p policyPane) prepare(tree *model.Tree, trust page.Trust, w, h int, s *theme.Styles) policyPane {
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	var stops []widget.Block
	stops, p.nodes = page.Policy(&sheet, tree, trust)
	p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Back, safe.Const("closes"))}
	if len(stops) > 0 {
		p.board.Hints = append(p.board.Hints, keymap.HintFor(p.keys.Enter, safe.Const("go to the node")))
	}
	p.board = p.board.Set(safe.Const("Policy"), sheet.Lines, stops, w, h, widget.BoardWidth)
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
