package model

import (
	"strconv"
	"strings"
)

// DoubledKey says which key an object of a JSON document has twice, at any depth, or that one has more keys than are
// compared; "" where all is well. Parsers disagree about which of two counts: some take the first, some the last,
// protobuf's refuses the document. With fold, letters' case makes no difference, as it does not for encoding/json. raw
// must be JSON.
func DoubledKey(raw []byte, fold bool) (problem string) {
	var open []keys
	next := false // a string is a key
	for at := skipSpace(raw, 0); at < len(raw); at = skipSpace(raw, at) {
		switch c := raw[at]; c {
		case '{', '[':
			open = append(open, keys{object: c == '{', fold: fold})
			next = c == '{'
			at++
		case '}', ']':
			open = open[:max(len(open)-1, 0)]
			at++
		case ',':
			next = len(open) > 0 && open[len(open)-1].object
			at++
		case '"':
			end := skipString(raw, at)
			if next {
				if problem = open[len(open)-1].add(raw[at:end]); problem != "" {
					return problem
				}
				next = false
			}
			at = end
		case ':':
			at++
		default:
			at = max(skipBare(raw, at), at+1)
		}
	}
	return ""
}

// keys are those of one object that is being read. Most have a few.
type keys struct {
	object, fold bool
	few          []string
	many         map[string]bool
}

// fewKeys is how many keys are compared one by one.
const fewKeys = 16

// add remembers a key, and says what is wrong with it.
func (k *keys) add(quoted []byte) (problem string) {
	name := unquote(quoted)
	same := name
	if k.fold {
		same = strings.ToLower(name)
	}
	twice := k.many[same]
	for _, known := range k.few {
		twice = twice || known == same
	}
	switch {
	case twice:
		return "the key " + strconv.Quote(name[:min(len(name), longestKey)]) + " is there twice"
	case len(k.few) < fewKeys:
		k.few = append(k.few, same)
	case len(k.many) == maxKeys:
		return "an object has more keys than are compared"
	case k.many == nil:
		k.many = map[string]bool{same: true}
	default:
		k.many[same] = true
	}
	return ""
}

// longestKey is how many bytes of a key are named.
const longestKey = 60
