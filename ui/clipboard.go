package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/scene"
)

// mostCopied is how much is sent to the terminal's clipboard, in bytes of its encoding (OSC 52): terminals refuse more.
const mostCopied = 74994

// copy hands text to the terminal's clipboard. What is copied is what is shown: a paste can execute what a terminal
// would only have displayed. No terminal says whether it took it, so the note does not claim that.
func (a App) copy(c scene.CopyText) (App, tea.Cmd) {
	if !fitsClipboard(len(c.Text)) {
		return a.send(c, "") // which says so; it may be a payload of any size
	}
	return a.send(c, safe.Line(c.Text).String())
}

// scene.CopyLines is copy for a text of ours that has several lines. Whatever else is in it is shown, not obeyed, as ever.
func (a App) copyLines(c scene.CopyLines) (App, tea.Cmd) {
	lines := strings.Split(c.Text, "\n")
	for i, l := range lines {
		lines[i] = safe.Line(l).String()
	}
	return a.send(scene.CopyText(c), strings.Join(lines, "\n"))
}

// send hands sanitised text on, and says so.
func (a App) send(c scene.CopyText, sanitised string) (App, tea.Cmd) {
	if c.Text == "" {
		a.note = note{text: safe.Const("nothing to copy here")}
		return a, nil
	}
	if !fitsClipboard(len(c.Text)) {
		a.note = note{text: safe.Format("too long for the clipboard: %s", safe.Line(phrase.Bytes(int64(len(c.Text)))))}
		return a, nil
	}
	a.note = note{text: safe.Format("sent to the terminal's clipboard: %s %s", safe.Line(c.What), safe.Line(c.Text).TruncateMiddle(60))}
	return a, tea.SetClipboard(sanitised)
}
