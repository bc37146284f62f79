package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/ui/safe"
)

// Markdown writes a report that can be read as it is and as the page that it becomes. Whatever came from outside passes
// through Inline.
type Markdown struct{ out strings.Builder }

// Line writes one line; whatever came from outside must have passed through Inline.
func (m *Markdown) Line(format string, args ...any) { fmt.Fprintf(&m.out, format+"\n", args...) }

// Write writes the report to w.
func (m *Markdown) Write(w io.Writer) error {
	if _, err := io.WriteString(w, safe.Frame(m.out.String())); err != nil {
		return fmt.Errorf("write markdown: %w", err)
	}
	return nil
}

func line(s string) safe.Text { return safe.Line(s) }

// harmless takes from text what would make it markup, a formula or a link by itself (CommonMark 0.31, "Backslash
// escapes"; GitHub's extended autolinks).
var harmless = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`,
	"!", `\!`, "|", `\|`, "~", `\~`, "$", `\$`, "://", "&#58;//", "@", "&#64;", "www.", "www&#46;",
)

// Inline is external text in one line that can become neither markup nor a link.
func Inline(s string) string { return harmless.Replace(Clean(strings.Join(strings.Fields(s), " "))) }
