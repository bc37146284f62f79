package fuzzy

import "strings"

// Points for a letter that is found: at all, right after the one before, at the beginning of a word.
const (
	pointFound = 1
	pointRun   = 4
	pointWord  = 6
)

// Score is how well a text answers a query, 0 for not at all. Every word of the query must be found, whose letters follow
// each other in the text, perhaps with others between. Letters that stand together or begin words count more, and a short
// text more than a long one. Both are in lower case already. An empty query is answered by everything, with 1.
func Score(text, query string) int {
	score, words := 0, 0
	for word := range strings.FieldsSeq(query) {
		s := scoreWord(text, word)
		if s == 0 {
			return 0
		}
		score += s
		words++
	}
	if words == 0 {
		return 1
	}
	return max(score*16-min(len(text), 15*words), 1)
}

// scoreWord prefers the word as it is, at the beginning of one of the text's if it can, to its letters one by one.
func scoreWord(text, word string) int {
	at, best := 0, 0
	for {
		found := strings.Index(text[at:], word)
		if found < 0 {
			break
		}
		at += found
		score := len(word) * (pointFound + pointRun)
		if begins(text, at) {
			return score + pointWord
		}
		best = max(best, score)
		at++
	}
	if best > 0 {
		return best
	}
	return scattered(text, word)
}

// scattered scores letters that are found one after the other, each at the beginning of a word if it can.
func scattered(text, word string) int {
	score, at, last := 0, 0, -2
	for i := range len(word) {
		found := strings.IndexByte(text[at:], word[i])
		if found < 0 {
			return 0
		}
		here := at + found
		if here != last+1 {
			if start := nextStart(text, here, word[i]); start >= 0 && rest(text[start+1:], word[i+1:]) {
				here = start
			}
		}
		score += pointFound
		if here == last+1 {
			score += pointRun - 1
		}
		if begins(text, here) {
			score += pointWord - 1
		}
		last, at = here, here+1
	}
	return score
}

// nextStart is where, from at on, a word begins with that letter; -1 where none does.
func nextStart(text string, at int, letter byte) int {
	for ; at < len(text); at++ {
		if text[at] == letter && begins(text, at) {
			return at
		}
	}
	return -1
}

// rest reports whether letters follow each other in a text.
func rest(text, letters string) bool {
	for i := range len(letters) {
		at := strings.IndexByte(text, letters[i])
		if at < 0 {
			return false
		}
		text = text[at+1:]
	}
	return true
}

// begins reports whether a word of the text begins there.
func begins(text string, at int) bool {
	if at == 0 {
		return true
	}
	switch c := text[at-1]; {
	case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= 0x80:
		return false
	}
	return true
}
