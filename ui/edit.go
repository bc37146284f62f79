package ui

import (
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
)

// edit is a line of text that is being typed. Text goes in at its end.
type edit struct{ text string }

// key types, or takes back what was typed. It reports whether the key was for it.
func (e edit) key(k tea.KeyPressMsg) (edit, bool) {
	switch {
	case k.String() == "backspace":
		_, size := utf8.DecodeLastRuneInString(e.text)
		e.text = e.text[:len(e.text)-size]
	case k.String() == "ctrl+w":
		e.text = e.text[:strings.LastIndexByte(strings.TrimRight(e.text, " "), ' ')+1]
	case k.String() == "ctrl+u":
		e.text = ""
	case k.Text != "":
		return e.insert(k.Text), true
	default:
		return e, false
	}
	return e, true
}

// insert adds text without its control characters, up to a length that a person could have typed.
func (e edit) insert(text string) edit {
	e.text = typable(e.text + text)
	return e
}

// typable is a query without control characters, no longer than a person could have typed.
func typable(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, text)
	if r := []rune(text); len(r) > mostQuery {
		text = string(r[:mostQuery])
	}
	return text
}

// shown is what is typed, or a hint as long as that is nothing, in that many cells. What was typed last stays in sight.
func (e edit) shown(look paneLook, hint safe.Text, cells int) rows.Part {
	if e.text == "" {
		return rows.Part{Style: look.styles.Faint, Text: hint.Truncate(cells)}
	}
	return rows.Part{Style: look.styles.Text, Text: safe.Line(e.text).TruncateLeft(cells)}
}

// mostQuery bounds what is typed or pasted, in characters.
const mostQuery = 200
