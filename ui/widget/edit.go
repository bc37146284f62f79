package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// Edit is a line of text that is being typed. Text goes in at its end.
type Edit struct{ Text string }

// Key types, or takes back what was typed. It reports whether the key was for it.
func (e Edit) Key(k tea.KeyPressMsg) (Edit, bool) {
	switch {
	case k.String() == "backspace":
		_, size := utf8.DecodeLastRuneInString(e.Text)
		e.Text = e.Text[:len(e.Text)-size]
	case k.String() == "ctrl+w":
		e.Text = e.Text[:strings.LastIndexByte(strings.TrimRight(e.Text, " "), ' ')+1]
	case k.String() == "ctrl+u":
		e.Text = ""
	case k.Text != "":
		return e.Insert(k.Text), true
	default:
		return e, false
	}
	return e, true
}

// Insert adds text without its control characters, up to a length that a person could have typed.
func (e Edit) Insert(text string) Edit {
	e.Text = Typable(e.Text + text)
	return e
}

// Typable is a query without control characters, no longer than a person could have typed.
func Typable(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > MostQuery {
		text = string(r[:MostQuery])
	}
	return text
}

// Shown is what is typed, or a hint as long as that is nothing, in that many cells. What was typed last stays in sight.
func (e Edit) Shown(look Look, hint safe.Text, cells int) rows.Part {
	if e.Text == "" {
		return rows.Part{Style: look.Styles.Faint, Text: hint.Truncate(cells)}
	}
	return rows.Part{Style: look.Styles.Text, Text: safe.Line(e.Text).TruncateLeft(cells)}
}

// MostQuery bounds what is typed or pasted, in characters.
const MostQuery = 200
