package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// mostCopied is how much is sent to the terminal's clipboard, in bytes of its encoding (OSC 52): terminals refuse more.
const mostCopied = 74994

// copy hands text to the terminal's clipboard. What is copied is what is shown: a paste can execute what a terminal
// would only have displayed. No terminal says whether it took it, so the note does not claim that.
func (a App) copy(c copyText) (App, tea.Cmd) {
	if !fitsClipboard(len(c.text)) {
		return a.send(c, "") // which says so; it may be a payload of any size
	}
	return a.send(c, safe.Line(c.text).String())
}

// copyLines is copy for a text of ours that has several lines. Whatever else is in it is shown, not obeyed, as ever.
func (a App) copyLines(c copyLines) (App, tea.Cmd) {
	lines := strings.Split(c.text, "\n")
	for i, l := range lines {
		lines[i] = safe.Line(l).String()
	}
	return a.send(copyText(c), strings.Join(lines, "\n"))
}

// send hands sanitised text on, and says so.
func (a App) send(c copyText, sanitised string) (App, tea.Cmd) {
	if c.text == "" {
		a.note = note{text: safe.Const("nothing to copy here")}
		return a, nil
	}
	if !fitsClipboard(len(c.text)) {
		a.note = note{text: safe.Format("too long for the clipboard: %s", safe.Line(byteCount(int64(len(c.text)))))}
		return a, nil
	}
	a.note = note{text: safe.Format("sent to the terminal's clipboard: %s %s", safe.Line(c.what), safe.Line(c.text).TruncateMiddle(60))}
	return a, tea.SetClipboard(sanitised)
}
