package ui

import (
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// pinPane is the overlay that trusts the signer of a node. It shows exactly what would be believed, line by line, and
// nothing is until that is confirmed. To begin with that is as little as possible.
type pinPane struct {
	keys    keymap.Map
	about   string // title of the node
	known   string // the name by which its signer is trusted already, "" if it is not
	problem string // why there is nothing to trust, or why it could not be done
	narrow  model.TrustedSigner
	steps   []widening
	taken   []bool
	board   widget.Board
}

// openPin proposes to trust the signer of a node, for what the signer also signed where that is asked for.
func (a App) openPin(e *model.Entry, also []string) App {
	p := pinPane{keys: a.keys, about: model.EntryTitle(e)}
	if p.problem = notToPin(a.tree, e); p.problem == "" {
		narrow, err := a.backend.Propose(e)
		if err != nil {
			p.problem = "It cannot be trusted from here: " + err.Error()
		} else {
			purposes := len(narrow.For)
			narrow = a.forAll(narrow, also)
			if more := len(narrow.For) - purposes; more > 0 {
				p.about += ", and what it signed for " + model.Counted(more, "other purpose")
			}
			p.narrow, p.steps = narrow, widenings(narrow)
			p.taken = make([]bool, len(p.steps))
		}
	}
	if r := e.Report; p.problem == "" && e.Standing.Verdict == model.Trusted && a.allTrusted(also) {
		p.known = r.Signer.Name
	}
	a.pin, a.overlay = p, overlayPin
	return a
}

// allTrusted reports whether each of these nodes is.
func (a App) allTrusted(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool {
		e := a.tree.Entry(id)
		return e == nil || e.Standing.Verdict != model.Trusted
	})
}

// forAll is an entry with the purposes of other nodes by the same signer. What another entry would be needed for is left out.
func (a App) forAll(entry model.TrustedSigner, also []string) model.TrustedSigner {
	for _, id := range also {
		e := a.tree.Entry(id)
		if e == nil || notToPin(a.tree, e) != "" {
			continue
		}
		other, err := a.backend.Propose(e)
		if err != nil || other.Kind != entry.Kind || other.Issuer != entry.Issuer || other.Subject != entry.Subject || other.Fingerprint != entry.Fingerprint ||
			other.SourceRepository != entry.SourceRepository || other.Root != entry.Root {
			continue
		}
		for _, purpose := range other.For {
			if !slices.Contains(entry.For, purpose) {
				entry.For = append(slices.Clip(entry.For), purpose)
			}
		}
	}
	return entry
}

// notToPin says why the signer of a node is nobody to trust, "" where it is.
func notToPin(tree *model.Tree, e *model.Entry) string {
	by := tree.Entry(e.Standing.CoveredBy)
	switch r := e.Report; {
	case e.Verifying:
		return "It is being checked. Only a signer that is proven can be trusted."
	case !e.Node.Format.Signed() && by != nil:
		return "Nobody signed this itself. What vouches for its bytes is " + model.EntryTitle(by) + ": trust the signer there."
	case !e.Node.Format.Signed():
		return "Nobody signed this itself, so there is nobody to trust. Signers are on the signatures and attestations that are attached."
	case r == nil:
		return "It is not checked yet. Only a signer that is proven can be trusted."
	case r.Signer == nil && r.Claimed != nil:
		return "Its signer is only claimed and not proven: anybody could have written that name. Checks says what did not pass."
	case r.Signer == nil:
		return "Its signer is not known, so there is nobody to trust. Checks says what did not pass."
	}
	switch e.Standing.Verdict {
	case model.Trusted, model.Valid, model.Untrusted:
		return ""
	case model.Unchecked, model.Covered, model.Unsigned, model.Invalid, model.Unverifiable, model.Unavailable:
	}
	return "It is " + e.Standing.Verdict.String() + ": something that does not hold is nothing to learn a signer from. " +
		"Take the signer from one that is right."
}

// nothing reports whether there is nobody to trust.
func (p pinPane) nothing() bool { return p.narrow.Kind == "" }

// chosen is the entry as it stands on the board.
func (p pinPane) chosen() model.TrustedSigner { return widened(p.narrow, p.steps, p.taken) }

// wider reports whether any step is taken.
func (p pinPane) wider() bool {
	for _, taken := range p.taken {
		if taken {
			return true
		}
	}
	return false
}

func (p pinPane) prepare(w, h int, s *theme.Styles) pinPane {
	sheet := widget.Sheet{Width: widget.BoardRoom(w), Styles: s}
	sheet.Sentence(p.about, s.Strong, 0)
	var stops []widget.Block
	switch {
	case p.nothing():
		sheet.Gap()
		sheet.Sentence(p.problem, s.Warning, 0)
		p.board.Hints = []keymap.Hint{keymap.HintFor(p.keys.Back, safe.Const("closes"))}
	default:
		stops = p.write(&sheet)
		p.board.Hints = []keymap.Hint{
			keymap.HintFor(p.keys.Enter, safe.Const("trust for this run")), keymap.HintFor(p.keys.Toggle, safe.Const("choose")),
			keymap.HintFor(p.keys.Save, safe.Const("save it too")), keymap.HintFor(p.keys.Back, safe.Const("cancel")),
		}
	}
	p.board = p.board.Set(safe.Const("Trust this signer"), sheet.Lines, stops, w, h, widget.BoardWidth)
	return p
}

// write puts the entry and the wider choices on a page.
func (p pinPane) write(sheet *widget.Sheet) []widget.Block {
	s := sheet.Styles
	if p.problem != "" {
		sheet.Sentence(p.problem, s.Bad, 0)
	}
	if p.known != "" {
		sheet.Sentence("It is trusted already, as "+p.known+".", s.Good, 0)
	}
	if p.wider() {
		sheet.Sentence("This would be trusted, for this run. It is wider than this node needs.", s.Warning, 0)
	} else {
		sheet.Sentence("This would be trusted, for this run, and nothing beyond it.", s.Quiet, 0)
	}
	sheet.Gap()
	page.Entry(sheet, p.chosen())
	if len(p.steps) == 0 {
		return nil
	}
	sheet.Heading(safe.Const("Wider, if you mean it"))
	var stops []widget.Block
	for i, step := range p.steps {
		first := len(sheet.Lines)
		box, style := safe.Const("[ ]"), s.Text
		if p.taken[i] {
			box, style = safe.Const("[x]"), s.Warning
		}
		for _, t := range widget.Paragraph(step.says, sheet.Width-4) {
			var l widget.Line
			l.Add(style, box.PadRight(4))
			l.Add(style, t)
			sheet.Add(l)
			box = safe.Text{}
		}
		stops = append(stops, widget.Block{First: first, End: len(sheet.Lines)})
	}
	return stops
}

// toggle takes the selected step, or takes it back.
func (p pinPane) toggle() pinPane {
	if p.board.At < len(p.taken) {
		p.taken = append([]bool(nil), p.taken...)
		p.taken[p.board.At] = !p.taken[p.board.At]
	}
	return p
}

// onPinKey chooses, or confirms what is on the board.
func (a App) onPinKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	switch {
	case key.Matches(k, a.keys.Back), a.pin.nothing() && key.Matches(k, a.keys.Enter, a.keys.Trust):
		a.overlay = overlayNone
	case a.pin.nothing():
		a.pin.board = a.pin.board.Key(a.keys, k)
	case key.Matches(k, a.keys.Toggle):
		a.pin = a.pin.toggle()
	case key.Matches(k, a.keys.Enter):
		return a, pinSigner(a.backend, a.pin.chosen())
	case key.Matches(k, a.keys.Save):
		return a.askToSave(a.pin.chosen(), true), nil
	default:
		a.pin.board = a.pin.board.Key(a.keys, k)
	}
	return a, nil
}
