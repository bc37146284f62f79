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
	words  bool // in place of glyphs
	out    strings.Builder
}

// NewPage returns an empty page that will be written to w.
func NewPage(w io.Writer, styles *theme.Styles) *Page { return &Page{w: w, styles: styles} }

// InWords makes the page say with words what it says with glyphs, for those who have it read to them.
func (p *Page) InWords() *Page { p.words = true; return p }

// Styles are those of the terminal.
func (p *Page) Styles() *theme.Styles { return p.styles }

// Line writes one line; whatever came from outside must have passed through Clean.
func (p *Page) Line(format string, args ...any) { fmt.Fprintf(&p.out, format+"\n", args...) }

// Head writes which image a page is about, and what a person should know of how it was judged.
func (p *Page) Head(t *model.Tree, f Facts) {
	name := f.Source
	if t.Reference != "" {
		name = t.Reference
	}
	p.Line("%s", Clean(name))
	for _, note := range f.Notes {
		p.Line("%s %s", p.Mark(model.SeverityWarning), Clean(note))
	}
}

// Flags writes flags, one a line, below what they are about.
func (p *Page) Flags(lead string, flags audit.Flags) {
	for _, f := range flags {
		p.Line("%s%s %s: %s", lead, p.Mark(f.Severity), f.ID, Clean(f.Message))
	}
}

// Mark is how a severity is shown, in its style.
func (p *Page) Mark(s model.Severity) string { return p.Sign(p.styles.Severity(s)) }

// Sign is the glyph of a mark, or its word.
func (p *Page) Sign(m theme.Mark) string {
	if p.words {
		return m.Style.Render(safe.Concat(m.Word, safe.Const(":")))
	}
	return m.Style.Render(m.Glyph)
}

// Title is a mark with its glyph and word, or its word alone.
func (p *Page) Title(m theme.Mark) string {
	if p.words {
		return m.Style.Render(m.Word)
	}
	return m.Style.Render(m.Text())
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
