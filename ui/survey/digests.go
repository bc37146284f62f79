package survey

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// MostNaming is how many bytes are looked at for the digests that they name.
const MostNaming = 64 << 10

// mostNamed is how many digests are taken.
const mostNamed = 200

// digestsIn lists the digests that a text names, each once: with their algorithm, or as hexadecimal digits of a digest's
// length, as statements write them.
func digestsIn(text string) []model.Digest {
	text = text[:min(len(text), MostNaming)]
	var out []model.Digest
	for at := 0; at < len(text) && len(out) < mostNamed; {
		if !isHex(text[at]) {
			at++
			continue
		}
		end := at
		for end < len(text) && isHex(text[end]) {
			end++
		}
		algorithm := map[int]string{64: "sha256", 128: "sha512"}[end-at]
		if d := model.Digest(algorithm + ":" + text[at:end]); d.Valid() && spelled(text[:at], algorithm) && !slices.Contains(out, d) {
			out = append(out, d)
		}
		at = end
	}
	return out
}

// spelled reports whether what stands before digits is no other algorithm.
func spelled(before, algorithm string) bool {
	rest, colon := strings.CutSuffix(before, ":")
	return !colon || strings.HasSuffix(rest, algorithm) || !endsInWord(rest)
}

// endsInWord reports whether a text ends in a letter or digit.
func endsInWord(text string) bool {
	if text == "" {
		return false
	}
	c := text[len(text)-1]
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func isHex(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' }
