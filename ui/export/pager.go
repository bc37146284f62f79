package export

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/content"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/widget"
)

// Pager is what the screen needs from outside to have a text read in the person's own pager.
type Pager interface {
	// Pager prepares the pager on a text that a terminal can show. Running it writes the text to a private file, which is
	// gone when the pager ends. Its error says that there is no pager.
	Pager(ctx context.Context, text []byte) (tea.ExecCommand, error)
}

// mostPaged bounds what goes to the pager, in bytes before they are made readable.
const mostPaged = 8 << 20

// mostLaidOut bounds how long JSON may become by being laid out in lines.
const mostLaidOut = 4 * mostPaged

// PagerText is bytes as a text for a pager: everything that a terminal would obey or not show is replaced by signs, line
// feeds excepted. JSON is laid out in lines where that is wanted and can be had; what is no text is shown in hex. The
// first line says what it is, and the last one if it was cut.
func PagerText(title string, raw []byte, layOut bool) []byte {
	var out bytes.Buffer
	shown := raw[:min(len(raw), mostPaged)]
	what := ""
	switch {
	case !content.IsText(shown):
		what, shown = ", in hex", []byte(hex.Dump(shown[:min(len(shown), mostPaged/8)]))
	case layOut && len(shown) == len(raw):
		if laid, ok := laidOut(raw); ok {
			what, shown = ", laid out in lines", laid
		}
	}
	head := widget.OneLine(title) + ", " + phrase.Bytes(int64(len(raw))) + what
	w := safe.NewWriter(&out)
	_, _ = w.Write([]byte(head + "\n")) // a buffer takes everything
	_, _ = w.Write([]byte("What a terminal would obey or not show is replaced by signs.\n\n"))
	_, _ = w.Write(shown)
	if n := len(shown); n > 0 && shown[n-1] != '\n' {
		out.WriteByte('\n')
	}
	if len(raw) > mostPaged || what == ", in hex" && len(raw) > mostPaged/8 {
		out.WriteString("\n… cut here: export it to read all of it\n")
	}
	return out.Bytes()
}

// laidOut is JSON with a line for each value, unless it is no JSON or would become far too long: a hostile payload may be
// thousands of levels deep.
func laidOut(raw []byte) ([]byte, bool) {
	const indent = "  "
	length, depth, quoted := 0, 0, false
	for i := 0; i < len(raw); i++ {
		length++
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
			length++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{', c == '[':
			depth++
			length += 1 + len(indent)*depth
		case c == '}', c == ']':
			depth = max(depth-1, 0)
			length += 1 + len(indent)*depth
		case c == ',':
			length += 1 + len(indent)*depth
		}
		if length > mostLaidOut {
			return nil, false
		}
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", indent); err != nil {
		return nil, false
	}
	return out.Bytes(), true
}
