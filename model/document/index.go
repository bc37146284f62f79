package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// MaxValues is how many values a document may have: an outline of so many takes about 120 MB.
const MaxValues = 5_000_000

// Errors of Index. What is too large can still be shown as text.
var (
	ErrNotJSON  = errors.New("not JSON")
	ErrTooLarge = errors.New("too large to outline")
)

// Index outlines a JSON text. raw must not be changed afterwards. The error is ErrNotJSON for anything that is not one
// JSON value (nested no deeper than encoding/json allows, which is 10,000 levels), ErrTooLarge for more than MaxValues
// values or 4 GB.
func Index(raw []byte) (*Document, error) {
	if uint64(len(raw)) > math.MaxUint32 {
		return nil, fmt.Errorf("outline %d bytes: %w", len(raw), ErrTooLarge)
	}
	if !json.Valid(raw) {
		return nil, fmt.Errorf("outline %d bytes: %w", len(raw), ErrNotJSON)
	}
	x := indexer{raw: raw}
	if err := x.run(); err != nil {
		return nil, err
	}
	return &Document{raw: raw, nodes: x.nodes}, nil
}

// sampleValues is after how many values the number of all is estimated, so that memory is asked for once.
const sampleValues = 4096

// indexer walks over a text that is known to be valid.
type indexer struct {
	raw   []byte
	nodes []node
	stack []uint32 // the open objects and arrays, by number
	key   uint32   // of the member whose value comes next
}

func (x *indexer) run() error {
	for i := 0; i < len(x.raw); {
		switch x.raw[i] {
		case ' ', '\t', '\r', '\n', ',', ':':
			i++
			continue
		case '}', ']':
			i++
			x.close(i)
			continue
		case '"':
			end := stringEnd(x.raw, i)
			if x.wantsKey() {
				x.key = uint32(i)
			} else {
				x.add(i, end)
			}
			i = end
		case '{', '[':
			x.open(i)
			i++
		default:
			end := literalEnd(x.raw, i)
			x.add(i, end)
			i = end
		}
		switch len(x.nodes) {
		case sampleValues:
			x.nodes = slices.Grow(x.nodes, min(sampleValues*(len(x.raw)-i)/i*9/8, MaxValues+1))
		case MaxValues + 1:
			return fmt.Errorf("outline %d bytes: more than %d values: %w", len(x.raw), MaxValues, ErrTooLarge)
		}
	}
	return nil
}

// wantsKey reports whether a string that comes now is the name of a member.
func (x *indexer) wantsKey() bool {
	return len(x.stack) > 0 && x.key == 0 && x.raw[x.nodes[x.top()].off] == '{'
}

func (x *indexer) top() uint32 { return x.stack[len(x.stack)-1] }

// add appends a value that holds nothing, or does not yet.
func (x *indexer) add(off, end int) {
	n := node{off: uint32(off), end: uint32(end), key: x.key, skip: uint32(len(x.nodes) + 1)}
	if len(x.stack) > 0 {
		n.parent = x.top()
		x.nodes[n.parent].children++
	}
	x.nodes = append(x.nodes, n)
	x.key = 0
}

func (x *indexer) open(off int) {
	x.add(off, off+1)
	x.stack = append(x.stack, uint32(len(x.nodes)-1))
}

func (x *indexer) close(end int) {
	n := &x.nodes[x.top()]
	n.end, n.skip = uint32(end), uint32(len(x.nodes))
	x.stack = x.stack[:len(x.stack)-1]
}

// stringEnd is the offset after the closing quote of the string that begins at start.
func stringEnd(raw []byte, start int) int {
	for i := start + 1; ; i++ {
		quote := bytes.IndexByte(raw[i:], '"')
		if quote < 0 {
			return len(raw) // not in valid JSON
		}
		i += quote
		slashes := 0
		for raw[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// literalEnd is the offset after the number, true, false or null that begins at start.
func literalEnd(raw []byte, start int) int {
	for i := start; i < len(raw); i++ {
		switch raw[i] {
		case ',', ']', '}', ' ', '\t', '\r', '\n':
			return i
		}
	}
	return len(raw)
}
