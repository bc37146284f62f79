package packages

// words numbers texts that come again and again, such as licences. Word 0 is the empty one.
type words struct {
	numbers map[string]uint32
	list    []string
}

func newWords() words {
	return words{numbers: map[string]uint32{"": 0}, list: []string{""}}
}

// add is the number of a word.
func (w *words) add(word []byte) uint32 {
	if n, known := w.numbers[string(word)]; known {
		return n
	}
	n := uint32(len(w.list))
	w.list = append(w.list, string(word))
	w.numbers[w.list[n]] = n
	return n
}
