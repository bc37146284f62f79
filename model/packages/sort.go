package packages

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"strings"
)

// Sort is a view in the order of a column; rows that are equal there stay in the order of the documents. The first time
// that a column is asked for costs most. The error is the context's.
func (t *Table) Sort(ctx context.Context, view []int32, by Column, descending bool) ([]int32, error) {
	order, err := t.order(ctx, by)
	if err != nil {
		return nil, err
	}
	out := make([]int32, 0, len(view))
	if len(view) == t.Len() {
		out = append(out, order...)
	} else {
		wanted := newSet(t.Len())
		for _, row := range view {
			wanted.add(int(row))
		}
		for _, row := range order {
			if wanted.has(int(row)) {
				out = append(out, row)
			}
		}
	}
	if descending {
		slices.Reverse(out)
	}
	return out, nil
}

// order is all rows in the order of a column.
func (t *Table) order(ctx context.Context, by Column) ([]int32, error) {
	t.orders.mu.Lock()
	known := t.orders.all[by]
	t.orders.mu.Unlock()
	if known != nil {
		return known, nil
	}
	order := t.newOrder(ctx, by)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	t.orders.mu.Lock()
	t.orders.all[by] = order
	t.orders.mu.Unlock()
	return order, nil
}

func (t *Table) newOrder(ctx context.Context, by Column) []int32 {
	switch by {
	case ByName:
		return t.names.order(ctx)
	case ByVersion:
		natural := newColumn(t.Len(), func(out []byte, row int) []byte { return appendNatural(out, t.versions.at(row)) })
		return natural.order(ctx)
	case ByPURL:
		purls := newColumn(t.Len(), t.purls.append)
		return purls.order(ctx)
	case ByLicence:
		return t.vocabulary(licenceOf).order()
	case ByType:
		return t.vocabulary(typeOf).order()
	case BySupplier:
		return t.vocabulary(supplierOf).order()
	case BySeverity:
		return t.bySeverity()
	case ByDocument, columns:
	}
	order := make([]int32, t.Len())
	for i := range order {
		order[i] = int32(i)
	}
	return order
}

// bySeverity is the rows by the gravest vulnerability that is not excused, then by how many there are.
func (t *Table) bySeverity() []int32 {
	rank := make([]uint32, t.Len())
	for row, e := range t.exposures {
		if int(row) < len(rank) {
			rank[row] = uint32(e.Worst)<<24 | uint32(min(e.Open, 1<<12-1))<<12 | uint32(min(e.Excused, 1<<12-1))
		}
	}
	order := make([]int32, t.Len())
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(rank[a], rank[b]) })
	return order
}

// order is all rows in the order of their words: the words are sorted, and the rows are counted into their places.
func (v *vocabulary) order() []int32 {
	words := make([]uint32, len(v.words))
	for i := range words {
		words[i] = uint32(i)
	}
	slices.SortFunc(words, func(a, b uint32) int {
		return cmp.Or(strings.Compare(v.lower[a], v.lower[b]), strings.Compare(v.words[a], v.words[b]))
	})
	starts := make([]uint32, len(v.words)+1)
	rank := make([]uint32, len(v.words))
	for i, word := range words {
		rank[word] = uint32(i)
	}
	for _, word := range v.rows {
		starts[rank[word]+1]++
	}
	for i := range v.words {
		starts[i+1] += starts[i]
	}
	order := make([]int32, len(v.rows))
	for row, word := range v.rows {
		order[starts[rank[word]]] = int32(row)
		starts[rank[word]]++
	}
	return order
}

// sortedBytes is how much of a text counts for its place.
const sortedBytes = 256

// order is all rows in the order of their texts.
func (c *column) order(ctx context.Context) []int32 {
	items := make([]keyed, len(c.ends))
	for row := range items {
		items[row].row = int32(row)
	}
	c.sort(ctx, items, make([]keyed, len(items)), 0)
	order := make([]int32, len(items))
	for i, item := range items {
		order[i] = item.row
	}
	return order
}

// sort sorts rows that are equal in the first bytes of their texts by the next eight, and goes on with those that are
// equal in these too. Rows that stay equal stay in their order.
func (c *column) sort(ctx context.Context, items, scratch []keyed, depth int) {
	longer := false
	for i := range items {
		text := c.at(int(items[i].row))
		longer = longer || len(text) > depth+8
		items[i].key = key8(text, depth)
	}
	byKey(items, scratch)
	if !longer || depth+8 >= sortedBytes || ctx.Err() != nil {
		return
	}
	for from := 0; from < len(items); {
		to := from + 1
		for to < len(items) && items[to].key == items[from].key {
			to++
		}
		if to-from > 1 {
			c.sort(ctx, items[from:to], scratch[from:to], depth+8)
		}
		from = to
	}
}

// key8 is eight bytes of a text as a number, with zeros where it has ended.
func key8(text []byte, depth int) uint64 {
	if len(text) <= depth {
		return 0
	}
	if text = text[depth:]; len(text) >= 8 {
		return binary.BigEndian.Uint64(text)
	}
	var padded [8]byte
	copy(padded[:], text)
	return binary.BigEndian.Uint64(padded[:])
}

// appendNatural appends a version so that the order of bytes is that of numbers: each run of digits without its leading
// zeros, after how many there are.
func appendNatural(out, version []byte) []byte {
	for i := 0; i < len(version); {
		if version[i] < '0' || version[i] > '9' {
			out = append(out, version[i])
			i++
			continue
		}
		for i < len(version)-1 && version[i] == '0' && '0' <= version[i+1] && version[i+1] <= '9' {
			i++
		}
		from := i
		for i < len(version) && '0' <= version[i] && version[i] <= '9' {
			i++
		}
		out = append(out, '0', byte(min(i-from, 255)))
		out = append(out, version[from:i]...)
	}
	return out
}
