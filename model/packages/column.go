package packages

import (
	"bytes"
	"slices"
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

// columnWord is what a row says in a column of few different texts.
type columnWord func(t *Table, row int) string

func licenceOf(t *Table, row int) string {
	licence, _ := t.said(row)
	return licence
}

func supplierOf(t *Table, row int) string {
	_, supplier := t.said(row)
	return supplier
}

func typeOf(t *Table, row int) string {
	x, r := t.record(row)
	return x.kind(r)
}

// column is the texts of all rows in small letters, one after the other, so that one search goes through all of them.
type column struct {
	text []byte
	ends []uint32 // where each row's text ends
}

// newColumn is a column of so many rows, for which of says each text and how to write it.
func newColumn(rows int, of func(out []byte, row int) []byte) column {
	c := column{ends: make([]uint32, rows)}
	for row := range rows {
		if row == sampled {
			c.text = slices.Grow(c.text, len(c.text)*(rows-row)/row*17/16)
		}
		c.text = of(c.text, row)
		c.ends[row] = uint32(len(c.text))
	}
	c.text = slices.Clip(c.text)
	return c
}

// add appends the text of the next row, in small letters. The column has room for all its rows.
func (c *column) add(text []byte) {
	if row := len(c.ends); row == sampled {
		c.text = slices.Grow(c.text, len(c.text)*(cap(c.ends)-row)/row*17/16)
	}
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

// vocabulary is the texts of a column that has few different ones, to be sorted.
type vocabulary struct {
	words   []string // as written
	lower   []string
	rows    []uint32 // the number of each row's word
	numbers map[string]uint32
}

func (t *Table) vocabulary(of columnWord) *vocabulary {
	v := &vocabulary{rows: make([]uint32, 0, t.Len()), numbers: map[string]uint32{}}
	for row := range t.Len() {
		v.add(of(t, row))
	}
	return v
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
