package document

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// maxValues is how many values a document may have, and maxWide how many of them may hold many others: that takes about
// 120 MB at the worst, and a hundredth of it for as many values that are not nested without end.
const (
	maxValues = 5_000_000
	maxWide   = 2_000_000
)

// Errors of Index. What is too large can still be shown as text.
var (
	ErrNotJSON  = errors.New("not JSON")
	ErrTooLarge = errors.New("too large to outline")
)

// Index outlines a JSON text. raw must not be changed afterwards. The error is ErrNotJSON for anything that is not one
// JSON value (nested no deeper than encoding/json allows, which is 10,000 levels), ErrTooLarge for more than maxValues
// values or 4 GB.
func Index(raw []byte) (*Document, error) {
	if uint64(len(raw)) > math.MaxUint32 {
		return nil, fmt.Errorf("outline %d bytes: %w", len(raw), ErrTooLarge)
	}
	if !json.Valid(raw) {
		return nil, fmt.Errorf("outline %d bytes: %w", len(raw), ErrNotJSON)
	}
	x := indexer{d: &Document{raw: raw}, due: true}
	if err := x.run(); err != nil {
		return nil, err
	}
	d := x.d
	d.wide, d.marks = slices.Clip(d.wide), slices.Clip(d.marks)
	d.isWide, d.direct = d.isWide.upTo(d.count), d.direct.upTo(d.count)
	return d, nil
}

// indexer walks over a text that is known to be valid.
type indexer struct {
	d     *Document
	stack []container        // the open objects and arrays, the outermost first
	wide  int                // how many of them are known to be wide: the outer ones
	depth [wideValues]uint32 // of the last values, by the rest of their numbers
	key   uint32             // of the member whose value comes next
	due   bool               // the next value that a wide one holds directly has a mark
}

// container is an object or array that is open.
type container struct {
	number, key, off, position, children uint32
	place                                int32 // among the wide ones
}

func (x *indexer) run() error {
	for t := tokenAt(x.d.raw, 0); t.kind != tokenEnd; t = tokenAt(x.d.raw, t.to) {
		switch t.kind {
		case tokenKey:
			x.key = uint32(t.from)
		case tokenClose:
			x.close(t.to)
		case tokenPlain, tokenOpen:
			x.add(t)
		case tokenEnd:
		}
		if x.d.count > maxValues || len(x.d.wide) > maxWide {
			return fmt.Errorf("outline %d bytes: more than %d values, or %d with many in them: %w", len(x.d.raw), maxValues, maxWide, ErrTooLarge)
		}
	}
	return nil
}

// add takes a value in, and opens it if it can hold others.
func (x *indexer) add(t token) {
	d := x.d
	c := container{number: uint32(d.count), key: x.key, off: uint32(t.from)}
	d.count++
	x.key = 0
	x.depth[c.number%wideValues] = uint32(len(x.stack))
	if len(x.stack) > 0 {
		c.position = x.top().children
		x.top().children++
	}
	if len(x.stack) > 0 && x.wide == len(x.stack) {
		d.direct = d.direct.with(int(c.number))
		x.mark(c)
	}
	if t.kind == tokenOpen {
		x.stack = append(x.stack, c)
	}
	switch {
	case c.number > 0:
		if x.wide < len(x.stack) && c.number-x.stack[x.wide].number == wideValues {
			x.widen()
		}
	case t.kind == tokenOpen:
		x.widen()
	default: // all that there is
		d.wide, d.isWide = append(d.wide, wide{node: node{off: c.off, end: uint32(t.to), skip: 1}, parent: -1}), d.isWide.with(0)
	}
}

func (x *indexer) top() *container { return &x.stack[len(x.stack)-1] }

// mark marks a value that a wide one holds directly, if that is due.
func (x *indexer) mark(c container) {
	d := x.d
	if !x.due && c.number-d.marks[len(d.marks)-1].number < markedValues {
		return
	}
	start := c.off
	if c.key > 0 {
		start = c.key
	}
	d.marks = append(d.marks, mark{c.number, start})
	x.due = false
}

// widen keeps the outermost of the open values that was not known to be wide. It holds no marks yet: what holds values
// directly was not known to be wide.
func (x *indexer) widen() {
	d := x.d
	c := &x.stack[x.wide]
	c.place = int32(len(d.wide))
	w := wide{node: node{key: c.key, off: c.off}, number: c.number, parent: -1, depth: uint32(x.wide), position: c.position}
	if x.wide > 0 {
		w.parent = x.stack[x.wide-1].place
	}
	d.wide, d.isWide = append(d.wide, w), d.isWide.with(int(c.number))
	x.wide++
	for number := c.number + 1; number < uint32(d.count); number++ {
		if x.depth[number%wideValues] == uint32(x.wide) {
			d.direct = d.direct.with(int(number))
		}
	}
	if uint32(d.count) > c.number+1 {
		d.marks = append(d.marks, mark{c.number + 1, uint32(tokenAt(d.raw, int(c.off)+1).from)})
	}
}

func (x *indexer) close(end int) {
	c := *x.top()
	x.stack = x.stack[:len(x.stack)-1]
	if x.wide <= len(x.stack) {
		return
	}
	x.wide, x.due = len(x.stack), true
	w := &x.d.wide[c.place]
	w.end, w.skip, w.children = uint32(end), uint32(x.d.count), c.children
}
