package document

import "bytes"

// Find returns the values whose key or own text contains what is looked for, in order, at most limit of them. Text is
// compared as it was written: "é" does not find "\u00e9". ASCII letters match both cases unless there is a capital in
// what is looked for. Looking for nothing finds nothing.
func (d *Document) Find(text string, limit int) []int {
	if text == "" {
		return nil
	}
	var found []int
	find, seek := finder(text), seeker{d: d}
	for offset := 0; len(found) < limit; {
		hit := find(d.raw[offset:])
		if hit < 0 {
			break
		}
		hit += offset
		offset = hit + 1
		if i := seek.at(hit); i >= 0 {
			if n, _ := d.find(i); d.covers(n, hit, hit+len(text)) {
				found = append(found, i)
				offset = d.after(n, hit)
			}
		}
	}
	return found
}

// covers reports whether raw[from:to] lies within the key of a value or within the text of one that holds nothing.
// Quotes are part of neither.
func (d *Document) covers(n node, from, to int) bool {
	if n.key != 0 && from < int(n.off) {
		return from > int(n.key) && to < stringEnd(d.raw, int(n.key))
	}
	switch d.raw[n.off] {
	case '{', '[':
		return false
	case '"':
		return from > int(n.off) && to < int(n.end)
	}
	return from >= int(n.off) && to <= int(n.end)
}

// after is where to look on after a hit in a value: it is found once.
func (d *Document) after(n node, hit int) int {
	if first := d.raw[n.off]; first == '{' || first == '[' { // found by its key; what it holds comes after its bracket
		return max(int(n.off)+1, hit+1)
	}
	return int(n.end)
}

// finder returns a function that finds text in bytes.
func finder(text string) func([]byte) int {
	want := []byte(text)
	if !bytes.Equal(bytes.ToLower(want), want) {
		return func(b []byte) int { return bytes.Index(b, want) }
	}
	return func(b []byte) int { return indexFold(b, want) }
}

// indexFold is bytes.Index with want in lower case and ASCII capitals in b taken for lower case.
func indexFold(b, want []byte) int {
	first := want[0]
	if first < 'a' || first > 'z' {
		return indexFoldAt(b, want, func(b []byte) int { return bytes.IndexByte(b, first) })
	}
	set := string([]byte{first, first - 'a' + 'A'})
	return indexFoldAt(b, want, func(b []byte) int { return bytes.IndexAny(b, set) })
}

// indexFoldAt tries every place that candidate finds.
func indexFoldAt(b, want []byte, candidate func([]byte) int) int {
	for at := 0; at+len(want) <= len(b); at++ {
		next := candidate(b[at:])
		if next < 0 || at+next+len(want) > len(b) {
			return -1
		}
		at += next
		if equalFold(b[at:at+len(want)], want) {
			return at
		}
	}
	return -1
}

// equalFold compares bytes of equal length, the second in lower case.
func equalFold(b, lower []byte) bool {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
