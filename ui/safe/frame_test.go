package safe

import (
	"strings"
	"testing"
)

func TestAFrameIsLeftAloneUnlessSomethingIsInIt(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"text, colours and line feeds", "a\x1b[1;38:2::1:2:3mb\x1b[m\n│ é 日本 ␛ ⟨U+202E⟩", "a\x1b[1;38:2::1:2:3mb\x1b[m\n│ é 日本 ␛ ⟨U+202E⟩"},
		{"a sequence that is no colour", "a\x1b[2Jb", "a␛[2Jb"},
		{"a clipboard write between colours", "\x1b[1ma\x1b]52;c;eA==\x07\x1b[m", "\x1b[1ma␛]52;c;eA==␇\x1b[m"},
		{"colours that do not end", "a\x1b[31", "a␛[31"},
		{"C1, as UTF-8 and as a byte", "\u009b31m\x9b31m", "⟨U+009B⟩31m⟨x9B⟩31m"},
		{"a carriage return and a tab", "a\r\nb\tc", "a␍\nb␉c"},
		{"direction overrides and zero width", "\u202ea\u200b", "⟨U+202E⟩a⟨U+200B⟩"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := Frame(test.in); got != test.want {
				t.Errorf("Frame(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

// FuzzNothingPassesTheLastNet holds that a frame has nothing but printable text, line feeds and colours, whatever went
// in; that it keeps its lines; and that what is safe comes out as it is.
func FuzzNothingPassesTheLastNet(f *testing.F) {
	for _, s := range hostile {
		f.Add("a\x1b[1m" + s + "\n\x1b[m" + s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Frame(s)
		if strings.Count(got, "\n") != strings.Count(s, "\n") {
			t.Errorf("%q became %q: lines were lost", s, got)
		}
		if again := Frame(got); again != got {
			t.Errorf("twice is not once: %q, then %q", got, again)
		}
		if line := Line(s).String(); Frame(line) != line {
			t.Errorf("the safe text %q became %q", line, Frame(line))
		}
		for i := 0; i < len(got); {
			if own := ours(got[i:]); own > 0 {
				got = got[:i] + got[i+own:]
				continue
			}
			i++
		}
		printable(t, got)
	})
}

func BenchmarkFrameOfAWideScreen(b *testing.B) {
	row := strings.Repeat("\x1b[38;5;245m│\x1b[m \x1b[1m✔ trusted\x1b[m signature · keyless ", 5)
	frame := strings.Repeat(row+"\n", 60)
	for b.Loop() {
		if Frame(frame) != frame {
			b.Fatal("it was changed")
		}
	}
}
