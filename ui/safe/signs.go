package safe

import (
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Signs is how many signs of a finished screen stand for characters that a terminal would have obeyed or not shown, as
// Hidden counts them; a sign of which only the beginning fits counts too. Text that imitates one is counted as one.
func Signs(finished string) int {
	n := 0
	for i := 0; i+3 <= len(finished); i++ {
		if finished[i] != '\xe2' { // with which the UTF-8 of all these signs begins
			continue
		}
		switch sign := finished[i : i+3]; {
		case sign == "⟨" && hiddenSign(finished[i+3:]), sign >= "␀" && sign <= "␡" && sign != "␉" && sign != "␊":
			n++
		}
	}
	return n
}

// hiddenSign reports whether what follows a ⟨ says what was hidden: a byte, or the number of a character.
func hiddenSign(rest string) bool {
	number, is := strings.CutPrefix(rest, "U+")
	if !is {
		return strings.HasPrefix(rest, "x") || strings.HasPrefix(rest, "…")
	}
	number, _, whole := strings.Cut(number[:min(len(number), len("10FFFF⟩"))], "⟩")
	r, err := strconv.ParseUint(number, 16, 32)
	return !whole || err == nil && classify(rune(r), 0) != classAmbiguous
}

// Corner is a finished screen, whose rows take that many cells, with a finished text of some cells at the end of its last
// row, over what was there; words that are cut end in ….
func Corner(finished string, cells int, text string, textCells int) string {
	row := finished[strings.LastIndexByte(finished, '\n')+1:]
	room, end := max(cells-textCells, 0), ""
	if ansi.StringWidth(strings.TrimRight(ansi.Strip(row), " ")) > room {
		end = "…"
	}
	kept := ansi.Truncate(row, room, end)
	gap := strings.Repeat(" ", max(cells-textCells-ansi.StringWidth(kept), 0))
	return finished[:len(finished)-len(row)] + kept + gap + text
}
