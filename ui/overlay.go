package ui

import "github.com/charmbracelet/x/ansi"

// lay puts a piece over the cells from…to of a row. The row is one of ours: bounded, and with no sequence but colours.
func lay(row, piece string, from, to int) string {
	return ansi.Truncate(row, from, "") + piece + ansi.TruncateLeft(row, to, "")
}
