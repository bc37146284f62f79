package widget

import (
	"strings"

	"github.com/attestree/attestree/ui/rows"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Highlight is a text with the first place that a query is found in marked.
func Highlight(t safe.Text, query string, plain, match theme.Style) []rows.Part {
	shown := strings.ToLower(t.String())
	at := strings.Index(shown, strings.ToLower(query))
	if query == "" || at < 0 || len(shown) != len(t.String()) {
		return []rows.Part{{Style: plain, Text: t}}
	}
	head, rest := t.Split(safe.Line(t.String()[:at]).Width())
	found, tail := rest.Split(safe.Line(t.String()[at : at+len(strings.ToLower(query))]).Width())
	return []rows.Part{{Style: plain, Text: head}, {Style: match, Text: found}, {Style: plain, Text: tail}}
}
