package fuzzy_test

import (
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/fuzzy"
)

func TestTheBetterAnswerScoresHigher(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, query, better, worse string }{
		{"the word itself before its letters", "pol", "what the policy asks", "previous tab of all"},
		{"the beginning of a word before its middle", "cop", "copy the digest", "microscope"},
		{"beginnings of words before letters anywhere", "va", "verify all again", "advance"},
		{"all words", "verify again", "verify this again", "verify"},
		{"in any order", "again verify", "verify this again", "nothing"},
		{"the shorter of equals", "tree", "tree", "tree of all that there is"},
		{"anything before nothing", "zz", "fizz buzz", "z"},
		{"letters that could begin a word too late still count", "ab", "xa b", "ba"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if b, w := fuzzy.Score(c.better, c.query), fuzzy.Score(c.worse, c.query); b <= w {
				t.Errorf("%q scores %d for %q, %q %d", c.better, b, c.query, c.worse, w)
			}
		})
	}
}

func TestNothingTypedIsAnsweredByEverything(t *testing.T) {
	t.Parallel()
	if fuzzy.Score("", " ") != 1 || fuzzy.Score("x", "") != 1 {
		t.Error("it is not")
	}
}

// What scores holds every letter of each word in its order; what holds the words as they are scores.
func FuzzWhatScoresHoldsTheLetters(f *testing.F) {
	f.Add("verify all again", "va")
	f.Add("日本語", "本")
	f.Fuzz(func(t *testing.T, text, query string) {
		holds, contains := true, true
		for word := range strings.FieldsSeq(query) {
			at := 0
			for i := range len(word) {
				found := strings.IndexByte(text[at:], word[i])
				if found < 0 {
					holds = false
					break
				}
				at += found + 1
			}
			contains = contains && strings.Contains(text, word)
		}
		switch score := fuzzy.Score(text, query); {
		case score < 0:
			t.Errorf("%d", score)
		case (score > 0) != holds:
			t.Errorf("%q scores %d for %q, whose letters it holds: %v", text, score, query, holds)
		case contains && score == 0:
			t.Errorf("%q does not answer %q", text, query)
		}
	})
}

func BenchmarkScore(b *testing.B) {
	for _, query := range []string{"sbom", "zq", "arm prov"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				fuzzy.Score("slsa provenance v1 · build l2 linux/arm64", query)
			}
		})
	}
}
