package theme

import "github.com/attestree/attestree/ui/safe"

// Glyphs are the signs of the screen. Each takes one cell, the tree's branches two, on every terminal.
type Glyphs struct {
	Expanded, Collapsed               safe.Text
	Tee, Last, Pipe, Gap              safe.Text // branches of a tree, two cells
	Cursor                            safe.Text // before the selected row: selection is never colour alone
	Marked                            safe.Text // a row that a person has marked
	Warning, Error, Info, Check       safe.Text
	Bullet, Dash, Ellipsis            safe.Text
	Left, Right, Up, Down, Enter      safe.Text
	Horizontal, Vertical              safe.Text // borders
	TopLeft, TopRight                 safe.Text
	BottomLeft, BottomRight           safe.Text
	TeeLeft, TeeRight                 safe.Text // where a line across meets the border on that side
	Thumb, Track                      safe.Text // scroll bar
	Spinner                           []safe.Text
	trusted, valid, untrusted         safe.Text
	covered, unsigned, invalid        safe.Text
	unverifiable, unavailable, nobody safe.Text
}

func unicodeGlyphs() Glyphs {
	return Glyphs{
		Expanded: safe.Const("▾"), Collapsed: safe.Const("▸"),
		Tee: safe.Const("├─"), Last: safe.Const("└─"), Pipe: safe.Const("│ "), Gap: safe.Spaces(2),
		Cursor: safe.Const(">"), Marked: safe.Const("●"),
		Warning: safe.Const("⚠"), Error: safe.Const("✘"), Info: safe.Const("ℹ"), Check: safe.Const("✓"),
		Bullet: safe.Const("·"), Dash: safe.Const("–"), Ellipsis: safe.Const("…"),
		Left: safe.Const("←"), Right: safe.Const("→"), Up: safe.Const("↑"), Down: safe.Const("↓"), Enter: safe.Const("⏎"),
		Horizontal: safe.Const("─"), Vertical: safe.Const("│"),
		TopLeft: safe.Const("┌"), TopRight: safe.Const("┐"), BottomLeft: safe.Const("└"), BottomRight: safe.Const("┘"),
		TeeLeft: safe.Const("├"), TeeRight: safe.Const("┤"),
		Thumb: safe.Const("┃"), Track: safe.Const("│"),
		Spinner: []safe.Text{
			safe.Const("⠋"), safe.Const("⠙"), safe.Const("⠹"), safe.Const("⠸"), safe.Const("⠼"),
			safe.Const("⠴"), safe.Const("⠦"), safe.Const("⠧"), safe.Const("⠇"), safe.Const("⠏"),
		},
		trusted: safe.Const("✔"), valid: safe.Const("✓"), untrusted: safe.Const("▲"),
		covered: safe.Const("◇"), unsigned: safe.Const("○"), invalid: safe.Const("✘"),
		unverifiable: safe.Const("?"), unavailable: safe.Const("!"), nobody: safe.Const("·"),
	}
}

func asciiGlyphs() Glyphs {
	return Glyphs{
		Expanded: safe.Const("-"), Collapsed: safe.Const("+"),
		Tee: safe.Const("|-"), Last: safe.Const("`-"), Pipe: safe.Const("| "), Gap: safe.Spaces(2),
		Cursor: safe.Const(">"), Marked: safe.Const("@"),
		Warning: safe.Const("!"), Error: safe.Const("x"), Info: safe.Const("i"), Check: safe.Const("v"),
		Bullet: safe.Const("."), Dash: safe.Const("-"), Ellipsis: safe.Const("~"),
		Left: safe.Const("<"), Right: safe.Const(">"), Up: safe.Const("^"), Down: safe.Const("v"), Enter: safe.Const("="),
		Horizontal: safe.Const("-"), Vertical: safe.Const("|"),
		TopLeft: safe.Const("+"), TopRight: safe.Const("+"), BottomLeft: safe.Const("+"), BottomRight: safe.Const("+"),
		TeeLeft: safe.Const("+"), TeeRight: safe.Const("+"),
		Thumb: safe.Const("#"), Track: safe.Const("|"),
		Spinner: []safe.Text{safe.Const("|"), safe.Const("/"), safe.Const("-"), safe.Const("\\")},
		trusted: safe.Const("*"), valid: safe.Const("v"), untrusted: safe.Const("^"),
		covered: safe.Const("o"), unsigned: safe.Const("u"), invalid: safe.Const("x"),
		unverifiable: safe.Const("?"), unavailable: safe.Const("!"), nobody: safe.Const("."),
	}
}

// Spin is the spinner's frame at that tick.
func (g Glyphs) Spin(tick int) safe.Text {
	n := len(g.Spinner)
	return g.Spinner[(tick%n+n)%n]
}
