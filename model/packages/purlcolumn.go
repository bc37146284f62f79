package packages

import (
	"bytes"
	"context"
	"strings"
)

// purlColumn is the package URLs of all rows in small letters. Almost all of them are made of name and version, which
// the table has already, and of what stands around these, which many have alike: only that is kept.
type purlColumn struct {
	shapes []shape
	rows   []uint32 // the number of each row's shape
	t      *Table   // for names and versions
}

// shape is what stands before the name in a package URL and after its version, or all of one that is not made like
// that.
type shape struct {
	before, after string
	whole         bool // before is all of it
	scoped        bool // the "@" of the name is written "%40"
}

// purls is a column of package URLs that is being made.
type purls struct {
	purlColumn
	numbers map[shape]uint32
	lower   []byte // the one that was added last
}

func newPURLs(t *Table, rows int) *purls {
	return &purls{purlColumn: purlColumn{t: t, rows: make([]uint32, 0, rows)}, numbers: map[shape]uint32{}}
}

// add appends the package URL of the next row, of which the table has name and version.
func (p *purls) add(purl []byte, row int) {
	p.lower = appendLower(p.lower[:0], purl)
	s := shapeOf(p.lower, p.t.names.at(row), p.t.versions.at(row))
	n, known := p.numbers[s]
	if !known {
		n = uint32(len(p.shapes))
		p.shapes = append(p.shapes, s)
		p.numbers[s] = n
	}
	p.rows = append(p.rows, n)
}

// shapeOf takes a package URL apart.
func shapeOf(purl, name, version []byte) shape {
	s := shape{}
	if s.scoped = len(name) > 0 && name[0] == '@'; s.scoped {
		name = name[1:]
	}
	path := bytes.IndexByte(purl, '/') + 1
	at := bytes.Index(purl[path:], name)
	if len(name) == 0 || len(version) == 0 || at < 0 {
		return shape{before: string(purl), whole: true}
	}
	at += path
	end := at + len(name)
	rest, found := bytes.CutPrefix(purl[end:], []byte("@"))
	if found {
		rest, found = bytes.CutPrefix(rest, version)
	}
	before := purl[:at]
	if found && s.scoped {
		before, found = bytes.CutSuffix(before, []byte("%40"))
	}
	if !found {
		return shape{before: string(purl), whole: true}
	}
	s.before, s.after = string(before), string(rest)
	return s
}

// append appends the package URL of a row.
func (c *purlColumn) append(out []byte, row int) []byte {
	s := &c.shapes[c.rows[row]]
	if out = append(out, s.before...); s.whole {
		return out
	}
	name := c.t.names.at(row)
	if s.scoped {
		out, name = append(out, "%40"...), name[1:]
	}
	return append(append(append(append(out, name...), '@'), c.t.versions.at(row)...), s.after...)
}

// find adds the rows whose package URL contains what is looked for.
func (c *purlColumn) find(ctx context.Context, text []byte, found set) {
	inName := newSet(c.t.Len()) // or in the version
	within := make([]bool, len(c.shapes))
	apart := make([]bool, len(c.shapes))
	alone := !bytes.ContainsAny(text, "/@%?#")
	for i := range c.shapes {
		within[i] = c.shapes[i].contains(string(text))
		apart[i] = alone && c.shapes[i].parted()
	}
	if alone {
		c.t.names.find(ctx, text, inName)
		c.t.versions.find(ctx, text, inName)
	}
	var purl []byte
	for row, n := range c.rows {
		switch {
		case row%between == between-1 && ctx.Err() != nil:
			return
		case found.has(row):
		case within[n], apart[n] && inName.has(row):
			found.add(row)
		case apart[n], c.shapes[n].whole:
		default:
			if purl = c.append(purl[:0], row); bytes.Contains(purl, text) {
				found.add(row)
			}
		}
	}
}

// contains reports whether a text is in what the shape has itself.
func (s *shape) contains(text string) bool {
	return strings.Contains(s.before, text) || strings.Contains(s.after, text)
}

// parted reports whether name and version have separators of package URLs on both sides, so that what has none of these
// in it is in one of the parts or nowhere.
func (s *shape) parted() bool {
	return !s.whole && !s.scoped && strings.HasSuffix(s.before, "/") && (s.after == "" || strings.IndexByte("?#", s.after[0]) >= 0)
}
