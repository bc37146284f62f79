package ui

import (
	"encoding/base64"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

// mostCopied is how much is sent to the terminal's clipboard, in bytes of its encoding (OSC 52): terminals refuse more.
const mostCopied = 74994

// copy hands text to the terminal's clipboard. What is copied is what is shown: a paste can execute what a terminal
// would only have displayed. No terminal says whether it took it, so the note does not claim that.
func (a App) copy(c copyText) (App, tea.Cmd) {
	if c.text == "" {
		a.note = note{text: safe.Const("nothing to copy here")}
		return a, nil
	}
	if base64.StdEncoding.EncodedLen(len(c.text)) > mostCopied {
		a.note = note{text: safe.Format("too long for the clipboard: %s", safe.Line(byteCount(int64(len(c.text)))))}
		return a, nil
	}
	text := safe.Line(c.text)
	a.note = note{text: safe.Format("sent to the terminal's clipboard: %s %s", safe.Line(c.what), text.TruncateMiddle(60))}
	return a, tea.SetClipboard(text.String())
}
