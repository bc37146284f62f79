package policy

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// errForm says that a file is written in a way that is read, but not changed. The file stays as it is.
var errForm = errors.New("this part of the file is written in a form that cannot be changed here; edit it by hand")

// text is the bytes of a file, with the offset of each line. Changes are made in it, so that what nobody touches stays
// as it was written, comments and blank lines included.
type text struct {
	data  []byte
	lines []int // offset of the first byte of each line
	eol   string
}

func newText(data []byte) text {
	t := text{data: data, lines: []int{0}, eol: "\n"}
	for i, c := range data {
		if c == '\n' {
			t.lines = append(t.lines, i+1)
		}
	}
	if bytes.Contains(data, []byte("\r\n")) {
		t.eol = "\r\n"
	}
	return t
}

// start is the offset of a node's first byte.
func (t text) start(n *yaml.Node) (int, error) {
	if n.Line < 1 || n.Line > len(t.lines) {
		return 0, errForm
	}
	at := t.lines[n.Line-1]
	for range n.Column - 1 { // columns count characters
		if at >= len(t.data) {
			return 0, errForm
		}
		_, size := utf8.DecodeRune(t.data[at:])
		at += size
	}
	return at, nil
}

// lineStart is the offset of the first byte of the line that at is in.
func (t text) lineStart(at int) int {
	return bytes.LastIndexByte(t.data[:at], '\n') + 1
}

// lineEnd is the offset of the line break after at, or of the end of the file.
func (t text) lineEnd(at int) int {
	i := bytes.IndexByte(t.data[at:], '\n')
	switch {
	case i < 0:
		return len(t.data)
	case i > 0 && t.data[at+i-1] == '\r':
		return at + i - 1
	}
	return at + i
}

// nextLine is the offset of the first byte of the next line, or of the end of the file.
func (t text) nextLine(at int) int {
	if i := bytes.IndexByte(t.data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(t.data)
}

// end is the offset after a node's last byte.
func (t text) end(n *yaml.Node) (int, error) {
	at, err := t.start(n)
	if err != nil {
		return 0, err
	}
	switch {
	case n.Style&yaml.FlowStyle != 0:
		return t.closing(at)
	case n.Kind != yaml.ScalarNode && len(n.Content) > 0:
		return t.end(n.Content[len(n.Content)-1])
	case n.Kind != yaml.ScalarNode:
		return t.closing(at)
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		return t.quoted(at)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return t.blockEnd(at), nil
	case bytes.HasPrefix(t.data[at:], []byte(n.Value)):
		return at + len(n.Value), nil
	}
	return 0, errForm // a plain text over several lines
}

// quoted is the offset after the quoted text that begins at at.
func (t text) quoted(at int) (int, error) {
	if at >= len(t.data) || t.data[at] != '"' && t.data[at] != '\'' {
		return 0, errForm
	}
	quote := t.data[at]
	for i := at + 1; i < len(t.data); i++ {
		switch {
		case quote == '"' && t.data[i] == '\\':
			i++
		case t.data[i] != quote:
		case quote == '\'' && i+1 < len(t.data) && t.data[i+1] == '\'':
			i++
		default:
			return i + 1, nil
		}
	}
	return 0, errForm
}

// closing is the offset after the bracket that closes the one at at.
func (t text) closing(at int) (int, error) {
	depth := 0
	for i := at; i < len(t.data); i++ {
		switch c := t.data[i]; {
		case c == '{' || c == '[':
			depth++
		case depth == 0:
			return 0, errForm
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1, nil
			}
		case (c == '"' || c == '\'') && bytes.IndexByte([]byte(" \t\r\n{[,:"), t.data[i-1]) >= 0:
			after, err := t.quoted(i)
			if err != nil {
				return 0, err
			}
			i = after - 1
		case c == '#' && bytes.IndexByte([]byte(" \t\r\n"), t.data[i-1]) >= 0:
			i = t.lineEnd(i) - 1
		}
	}
	return 0, errForm
}

// blockEnd is the end of the last line of the block of text whose header ("|") is at at: all lines that are indented at
// least as its first one. Blank lines after it do not count.
func (t text) blockEnd(at int) int {
	end, indent := t.lineEnd(at), -1
	for line := t.nextLine(at); line < len(t.data); line = t.nextLine(line) {
		content := bytes.TrimRight(t.data[line:t.lineEnd(line)], " \t\r")
		if len(content) == 0 {
			continue
		}
		in := len(content) - len(bytes.TrimLeft(content, " "))
		if indent < 0 {
			indent = in
		}
		if in < indent || in == 0 {
			break
		}
		end = t.lineEnd(line)
	}
	return end
}

// splice replaces the bytes between two offsets.
func (t text) splice(from, to int, with string) []byte {
	out := make([]byte, 0, len(t.data)+len(with))
	out = append(out, t.data[:from]...)
	out = append(out, with...)
	return append(out, t.data[to:]...)
}
