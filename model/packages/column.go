package packages

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Column is what a table can be sorted by.
type Column int

// The columns.
const (
	ByDocument Column = iota // the order of the documents
	ByName
	ByVersion
	ByLicence
	ByType
	BySupplier
	ByPURL
	BySeverity
	columns
)

// column is the texts of all rows in small letters, one after the other, so that one search goes through all of them.
type column struct {
	text []byte
	ends []uint32 // where each row's text ends
}

func newColumn(rows int) column { return column{ends: make([]uint32, 0, rows)} }

func (c *column) add(text []byte) {
	c.text = appendLower(c.text, text)
	c.ends = append(c.ends, uint32(len(c.text)))
}

// at is the text of a row.
func (c *column) at(row int) []byte {
	if row == 0 {
		return c.text[:c.ends[0]]
	}
	return c.text[c.ends[row-1]:c.ends[row]]
}

// appendLower appends text in small letters.
func appendLower(out, text []byte) []byte {
	from := len(out)
	out = append(out, text...)
	for i, c := range out[from:] {
		switch {
		case 'A' <= c && c <= 'Z':
			out[from+i] = c + 'a' - 'A'
		case c >= utf8.RuneSelf:
			return append(out[:from], bytes.ToLower(text)...)
		}
	}
	return out
}

// vocabulary is the texts of a column that has few different ones.
type vocabulary struct {
	words   []string // as written
	lower   []string
	rows    []uint32 // the number of each row's word
	numbers map[string]uint32
}

func newVocabulary(rows int) vocabulary {
	return vocabulary{rows: make([]uint32, 0, rows), numbers: map[string]uint32{}}
}

func (v *vocabulary) add(word string) {
	n, known := v.numbers[word]
	if !known {
		n = uint32(len(v.words))
		v.words = append(v.words, word)
		v.lower = append(v.lower, strings.ToLower(word))
		v.numbers[word] = n
	}
	v.rows = append(v.rows, n)
}
