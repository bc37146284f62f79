package kyverno

// Wildcard reports whether a text matches a pattern in which * is any text, also none, and ? is one character.
func Wildcard(pattern, text string) bool {
	p, t := []rune(pattern), []rune(text)
	i, star, mark := 0, -1, 0
	for k := 0; k < len(t); {
		switch {
		case i < len(p) && p[i] == '*':
			star, mark = i, k
			i++
		case i < len(p) && (p[i] == '?' || p[i] == t[k]):
			i++
			k++
		case star >= 0:
			mark++
			i, k = star+1, mark
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}
