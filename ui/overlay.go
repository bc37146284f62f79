package ui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/widget"
)

// board is that of the overlay that is open, if it has one.
func (a App) board() (b widget.Board, shown bool) {
	switch a.overlay {
	case overlayHelp:
		return a.help.Board, true
	case overlayPin:
		return a.pin.board, true
	case overlaySave:
		return a.save.board, true
	case overlaySigners:
		return a.signers.board, true
	case overlayPolicy:
		return a.policy.board, true
	case overlayRoot:
		return a.root.board, true
	case overlayPalette:
		return a.palette.board, true
	case overlayCopy:
		return a.copying.Board, true
	case overlayExport:
		return a.export.Board, true
	case overlayNone, overlaySearch:
	}
	return widget.Board{}, false
}

// withBoard is the screen with another board in the overlay that is open.
func (a App) withBoard(b widget.Board) App {
	switch a.overlay {
	case overlayHelp:
		a.help.Board = b
	case overlayPin:
		a.pin.board = b
	case overlaySave:
		a.save.board = b
	case overlaySigners:
		a.signers.board = b
	case overlayPolicy:
		a.policy.board = b
	case overlayRoot:
		a.root.board = b
	case overlayPalette:
		a.palette.board = b
	case overlayCopy:
		a.copying.Board = b
	case overlayExport:
		a.export.Board = b
	case overlayNone, overlaySearch:
	}
	return a
}

// prepareOverlay makes what stands on the board of the overlay that is open.
func (a App) prepareOverlay() (next App, cmd tea.Cmd) {
	switch a.overlay {
	case overlayHelp:
		a.help = a.help.Prepare(a.Width, a.Height, a.Styles)
	case overlayPin:
		a.pin = a.pin.prepare(a.Width, a.Height, a.Styles)
	case overlaySave:
		a.save = a.save.prepare(a.Width, a.Height, a.Styles)
	case overlaySigners:
		a.signers = a.signers.prepare(a.trust.Signers, a.info.TrustNote, a.Width, a.Height, a.Styles)
	case overlayPolicy:
		a.policy = a.policy.prepare(a.tree, a.trust.Trust, a.Width, a.Height, a.Styles)
	case overlayRoot:
		a.root = a.root.prepare(a.trust.Roots, a.look(paneTree).Spin, a.Width, a.Height, a.Styles)
	case overlayPalette:
		return a.preparePalette()
	case overlayCopy:
		a.copying = a.copying.Prepare(a.Width, a.Height, a.Styles)
	case overlayExport:
		a.export = a.export.Prepare(a.Width, a.Height, a.look(paneTree))
	case overlayNone, overlaySearch:
	}
	return a, nil
}

// open opens an overlay from its beginning.
func (a App) open(o overlay) App {
	a.overlay = o
	if o == overlayRoot {
		a.root = a.root.opened()
	}
	return a.withBoard(widget.Board{})
}

// onBoardKey gives a key to the overlay that is open.
func (a App) onBoardKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	if a.overlay == overlayPalette { // letters are typed there
		return a.onPaletteKey(k)
	}
	if a.overlay == overlayExport && a.export.Typing() {
		return a.onExportKey(k)
	}
	switch {
	case key.Matches(k, a.keys.Quit):
		return a.quit()
	case key.Matches(k, a.keys.Suspend):
		return a, tea.Suspend
	case key.Matches(k, a.keys.Redraw):
		return a, tea.ClearScreen
	case a.regions.tooSmall: // nothing is confirmed that nobody can see
		if key.Matches(k, a.keys.Back) {
			a.overlay = overlayNone
		}
		return a, nil
	}
	switch a.overlay {
	case overlayPin:
		return a.onPinKey(k)
	case overlaySave:
		return a.onSaveKey(k)
	case overlaySigners:
		return a.onSignersKey(k)
	case overlayPolicy:
		return a.onPolicyKey(k)
	case overlayRoot:
		return a.onRootKey(k)
	case overlayCopy:
		return a.onCopyKey(k)
	case overlayExport:
		return a.onExportKey(k)
	case overlayHelp, overlayNone, overlaySearch, overlayPalette:
	}
	return a.onHelpKey(k)
}

func (a App) onHelpKey(k tea.KeyPressMsg) (App, tea.Cmd) {
	if key.Matches(k, a.keys.Back, a.keys.Help, a.keys.Enter) {
		a.overlay = overlayNone
		return a, nil
	}
	a.help.Board = a.help.Board.Key(a.keys, k)
	return a, nil
}
