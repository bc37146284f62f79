package registry

import (
	"bytes"
)

// maxLines bounds the number of documents in one file.
const maxLines = 10_000

// splitLines gives the lines of raw that are not blank, without their ends, in order.
func splitLines(raw []byte) [][]byte {
	var lines [][]byte
	for len(raw) > 0 {
		line, rest, _ := bytes.Cut(raw, []byte("\n"))
		raw = rest
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}

// linesIn reads JSON lines. A line that is none of what it should be is kept and says so; a file where no line is
// anything is refused as a whole.
func linesIn(raw []byte) ([]document, error) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	lines := splitLines(raw)
	if len(lines) > maxLines {
		return nil, failed(KindTooLarge, "it has more than %d lines", maxLines)
	}
	documents := make([]document, 0, len(lines))
	good := 0
	for _, line := range lines {
		d := recognise(line)
		if d.problem == "" {
			good++
		}
		documents = append(documents, d)
	}
	if good == 0 {
		return nil, notADocument(raw)
	}
	return documents, nil
}
