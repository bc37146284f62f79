package widget

import tea "charm.land/bubbletea/v2"

// WheelRows is how far one notch of the wheel goes.
const WheelRows = 3

// WheelStep is how many rows down the wheel goes: negative for up, 0 where something else was turned.
func WheelStep(m tea.Mouse) int {
	switch m.Button {
	case tea.MouseWheelUp:
		return -WheelRows
	case tea.MouseWheelDown:
		return WheelRows
	default:
		return 0
	}
}
