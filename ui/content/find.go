package content

import "bytes"

// Find lists the offsets at which bytes contain a text, at most limit of them. ASCII letters match both cases unless
// there is a capital in what is looked for, as in document.Find.
func Find(b []byte, text string, limit int) []int {
	const stretch = 64 << 10 // folded at a time
	want := []byte(text)
	if len(want) == 0 {
		return nil
	}
	fold := bytes.Equal(foldASCII(nil, want), want)
	var found []int
	var folded []byte
	for from := 0; from < len(b) && len(found) < limit; from += stretch {
		part := b[from:min(from+stretch+len(want)-1, len(b))]
		if fold {
			folded = foldASCII(folded[:0], part)
			part = folded
		}
		for at := 0; len(found) < limit; at++ {
			hit := bytes.Index(part[at:], want)
			if hit < 0 {
				break
			}
			at += hit
			found = append(found, from+at)
		}
	}
	return found
}

// foldASCII appends b with its ASCII capitals made small.
func foldASCII(to, b []byte) []byte {
	for _, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}
