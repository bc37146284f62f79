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

// Page is where an answer is written for a person, with the styles of the terminal.
type Page struct {
	w      io.Writer
	styles *theme.Styles
	out    strings.Builder
}

// NewPage returns an empty page that will be written to w.
func NewPage(w io.Writer, styles *theme.Styles) *Page { return &Page{w: w, styles: styles} }

// Styles are those of the terminal.
func (p *Page) Styles() *theme.Styles { return p.styles }

// Line writes one line; whatever came from outside must have passed through Clean.
func (p *Page) Line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

// Flags writes flags, one a line, below what they are about, each with what would clear it.
func (p *Page) Flags(lead string, flags audit.Flags) {
	for _, f := range flags {
		p.Line("%s%s %s: %s", lead, p.Mark(f.Severity), f.ID, Clean(f.Message))
	}
}

// Mark is the glyph of a severity, in its style.
func (p *Page) Mark(s model.Severity) string {
	m := p.styles.Severity(s)
	return m.Style.Render(m.Glyph)
}

// Text writes an external text of several lines, indented.
func (p *Page) Text(lead, s string) {
	for part := range strings.Lines(strings.TrimRight(s, "\n")) {
		p.Line("%s%s", lead, Clean(strings.TrimRight(part, "\r\n")))
	}
}

// Flush writes the page. Nothing raw gets through.
func (p *Page) Flush() error {
	page := safe.Frame(p.out.String())
	if p.styles.Options.ASCII {
		page = safe.ASCII(page)
	}
	if _, err := io.WriteString(p.w, page); err != nil {
		return fmt.Errorf("write text: %w", err)
	}
	return nil
}

// Plural is a number with its noun: "1 spec", "2 specs".
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
