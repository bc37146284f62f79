package output

import (
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

// Page is where an audit is written for a person, with the styles of the terminal.
type Page struct {
	w      io.Writer
	styles *theme.Styles
	out    strings.Builder
}

// NewPage returns an empty page that will be written to w.
func NewPage(w io.Writer, styles *theme.Styles) *Page { return &Page{w: w, styles: styles} }

// line writes one line; whatever came from outside must have passed through clean.
func (p *Page) line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

// flags writes flags, one a line, below what they are about, each with what would clear it.
func (p *Page) flags(lead string, flags audit.Flags) {
	for _, f := range flags {
		p.line("%s%s %s: %s", lead, p.mark(f.Severity), f.ID, clean(f.Message))
	}
}

func (p *Page) mark(s model.Severity) string {
	m := p.styles.Severity(s)
	return m.Style.Render(m.Glyph)
}

// text writes an external text of several lines, indented.
func (p *Page) text(lead, s string) {
	for part := range strings.Lines(strings.TrimRight(s, "\n")) {
		p.line("%s%s", lead, clean(strings.TrimRight(part, "\r\n")))
	}
}

func (p *Page) flush() error {
	page := safe.Frame(p.out.String())
	if p.styles.Options.ASCII {
		page = safe.ASCII(page)
	}
	if _, err := io.WriteString(p.w, page); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// plural is a number with its noun: "1 spec", "2 specs".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
