package safe

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostile is text that has broken a terminal, a layout or a reader's trust somewhere.
var hostile = []string{
	"", " ", "plain text", "\x1b", "\x1b[31mred\x1b[0m", "\x1b]52;c;ZXZpbA==\x07", "\x1b]52;c;ZXZp", "\x1bPq\x1b\\",
	"a\u009b2Jb", "a\u009d52;c;ZXZpbA==\u009cb", "\x9b2J", "\u0085", "over\rwrite", "tab\tbed", "line\nfeed", "\x00\x07\x08\x7f",
	"\u202eabc\u202c", "\u2066x\u2069", "zero\u200bwidth\u200d\ufeff\u2060", "soft\u00adhyphen", "\u2028\u2029",
	"\U000e0041\U000e007f", "\u3164\uffa0\u115f\u1160\u2800\u00a0\u3000", "\u034f\u180b\ufe0f\U000e0100",
	"e\u0301", "\u0301lone", "z" + strings.Repeat("\u0300", 50), "\xff\xfe", "\xed\xa0\x80", "\xe4\xb8", "\ufffd",
	"日本語", "한국어", "\u1112\u1161\u11ab", "Ελληνικά", "кириллица", "ภาษาไทยกำ", "\u0e33", "नमस्ते", "क्ष", "\u0928\u093f", "မြန်မာ",
	"👍", "👍🏽", "👨\u200d👩\u200d👧\u200d👦", "🇩🇪", "1\ufe0f\u20e3", "1\u20e3", "❤\ufe0f", "\U0001f3fd",
	"\u0600\u06dd1", "\u0d4e\u0d15", "\u094d\u0937", "ক্", "\U000113d1", "\U00016d63\U00016d67", "\ue000\U0010ffff", "עברית", "العربية",
	"ﷺ", "⸻", "𒐫", "ｱﾞ", "⟨U+202E⟩", "␛", "漢\u0301\u0302\u0303\u0304\u0305",
}

func TestLineReplacesWhatATerminalWouldObeyOrHide(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in, want string
		hidden         int
	}{
		{"printable ASCII passes", "sha256:9f2c …", "sha256:9f2c …", 0},
		{"an escape sequence is shown", "\x1b[31mred", "␛[31mred", 1},
		{"a clipboard write is shown", "\x1b]52;c;eA==\x07", "␛]52;c;eA==␇", 2},
		{"a C1 control is shown by number", "a\u009b2J", "a⟨U+009B⟩2J", 1},
		{"a raw C1 byte is shown as a byte", "a\x9b2J", "a⟨x9B⟩2J", 1},
		{"carriage return and delete have pictures", "a\r\x7f", "a␍␡", 2},
		{"line feed and tab have pictures and are ordinary", "a\n\tb", "a␊␉b", 0},
		{"direction overrides are shown", "\u202egnp.exe", "⟨U+202E⟩gnp.exe", 1},
		{"zero width is shown", "pay\u200bpal", "pay⟨U+200B⟩pal", 1},
		{"blank look-alikes are shown", "a\u3164b\u00a0c", "a⟨U+3164⟩b⟨U+00A0⟩c", 2},
		{"tag characters are shown", "\U000e0041", "⟨U+E0041⟩", 1},
		{"bytes that are no text are shown", "\xff\xed\xa0\x80", "⟨xFF⟩⟨xED⟩⟨xA0⟩⟨x80⟩", 4},
		{"accents pass", "e\u0301 é", "e\u0301 é", 0},
		{"a mark without a base is shown", "\u0301a", "⟨U+0301⟩a", 1},
		{"a mark after a replacement is shown", "\x1b\u0301", "␛⟨U+0301⟩", 2},
		{"the fifth mark on a base is shown", "z\u0300\u0300\u0300\u0300\u0300", "z\u0300\u0300\u0300\u0300⟨U+0300⟩", 1},
		{"Chinese, Korean, Greek, Cyrillic and Thai pass", "日本 한 Ω я ไทย้", "日本 한 Ω я ไทย้", 0},
		{"a single emoji passes", "👍", "👍", 0},
		{"a skin tone is spelled out", "👍🏽", "👍⟨U+1F3FD⟩", 0},
		{"a flag is spelled out", "🇩🇪", "⟨U+1F1E9⟩⟨U+1F1EA⟩", 0},
		{"a Devanagari conjunct is spelled out", "क्ष", "क⟨U+094D⟩ष", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := Line(test.in)
			if got.String() != test.want || got.Hidden() != test.hidden {
				t.Errorf("Line(%q) = %q with %d hidden, want %q with %d", test.in, got, got.Hidden(), test.want, test.hidden)
			}
			holds(t, got)
		})
	}
}

func TestEveryHostileTextKeepsTheInvariantsBesideEveryOther(t *testing.T) {
	t.Parallel()
	for _, a := range hostile {
		for _, b := range hostile {
			holds(t, Concat(Line(a), Line(b)))
		}
	}
}

func TestCutsKeepTheEndThatMatters(t *testing.T) {
	t.Parallel()
	digest := Line("sha256:0123456789abcdef")
	for _, test := range []struct {
		name string
		got  Text
		want string
	}{
		{"truncate keeps the beginning", digest.Truncate(10), "sha256:01…"},
		{"truncate left keeps the end", digest.TruncateLeft(7), "…abcdef"},
		{"truncate middle keeps both", digest.TruncateMiddle(13), "sha256…abcdef"},
		{"what fits stays", digest.Truncate(23), "sha256:0123456789abcdef"},
		{"no room leaves nothing", digest.Truncate(0), ""},
		{"one cell leaves the ellipsis", digest.TruncateMiddle(1), "…"},
		{"a wide character is never halved", Line("日本語").Truncate(4), "日…"},
		{"a wide character is never halved from the left", Line("日本語").TruncateLeft(4), "…語"},
		{"fit fills up", Line("日本語").Fit(4), "日… "},
		{"pad right", Line("ab").PadRight(4), "ab  "},
		{"pad left", Int(-12).PadLeft(5), "  -12"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.got.String() != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
		})
	}
}

func TestLineMaxSaysThatItCut(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20) + "\x1b"
	got := LineMax(long, 5)
	if got.String() != "xxxx…" || got.Hidden() != 0 {
		t.Errorf("got %q, %d hidden", got, got.Hidden())
	}
	if got := LineMax("a"+strings.Repeat("\u0301", 100), 5); got.Width() > 5 || !strings.HasSuffix(got.String(), "…") {
		t.Errorf("got %q", got)
	}
	if got := LineMax("five5", 5); got.String() != "five5" {
		t.Errorf("got %q", got)
	}
}

func TestTruncatingKeepsTheWarning(t *testing.T) {
	t.Parallel()
	if got := Line("abcdef\x1b").Truncate(3); got.Hidden() != 1 {
		t.Errorf("%q has %d hidden characters, want 1", got, got.Hidden())
	}
}

func TestLinesEndAtLineEnds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in string
		max      int
		want     []string
	}{
		{"nothing is no line", "", 3, nil},
		{"LF and CRLF end lines", "a\nb\r\nc", 3, []string{"a", "b", "c"}},
		{"a final line end starts no line", "a\n", 3, []string{"a"}},
		{"an empty line counts", "a\n\nb\n", 3, []string{"a", "", "b"}},
		{"too many lines end in an ellipsis", "a\nb\nc\nd", 3, []string{"a", "b", "…"}},
		{"tabs indent", "\ta\tb", 3, []string{"    a   b"}},
		{"no room is no line", "a", 0, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, line := range Lines(test.in, test.max) {
				got = append(got, line.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFormatLosesNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		got  Text
		want string
	}{
		{"arguments go where they are asked for", Format("%s of %s", Int(3), Line("x\x1b")), "3 of x␛"},
		{"an argument may hold %s", Format("<%s> %s", Line("%s"), Int(1)), "<%s> 1"},
		{"a missing argument stays visible", Format("%s of %s", Int(3)), "3 of %s"},
		{"an extra argument is put at the end", Format("done ", Int(3)), "done 3"},
		{"join separates", Join(Const(", "), Const("a"), Const("b")), "a, b"},
		{"joining nothing is nothing", Join(Const(", ")), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if test.got.String() != test.want {
				t.Errorf("got %q, want %q", test.got, test.want)
			}
			holds(t, test.got)
		})
	}
}

func TestMixedScript(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in string
		want     bool
	}{
		{"an address is one script", "https://github.com/stacklok/dockyard", false},
		{"a Cyrillic a in a Latin word", "p\u0430ypal", true},
		{"a Greek omicron in a Latin word", "g\u03bfogle", true},
		{"all Cyrillic", "пример@почта", false},
		{"Japanese with Latin", "東京tokyoとカナ", false},
		{"Korean with Japanese", "한かな", true},
		{"full-width Latin beside Latin", "\uff41bc", true},
		{"mathematical Latin beside Latin", "\U0001d41abc", true},
		{"Cherokee beside Latin", "\u13a0bc", true},
		{"accents are no script", "e\u0301tude é", false},
		{"no letters", "12:34 +-", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := MixedScript(test.in); got != test.want {
				t.Errorf("MixedScript(%q) = %v", test.in, got)
			}
		})
	}
}

func TestASCIIMovesNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"ASCII stays", "ab\n\x1b[31mc\x1b[m", "ab\n\x1b[31mc\x1b[m"},
		{"signs have stand-ins", "a…b · c → ⟨U+202E⟩", "a~b . c > <U+202E>"},
		{"control pictures", "␛[2J", "^[2J"},
		{"accents go", "e\u0301tude", "etude"},
		{"what has no stand-in keeps its width", "日é✔\x1b[m", "????\x1b[m"},
	} {
		if got := ASCII(test.in); got != test.want {
			t.Errorf("%s: ASCII(%q) = %q, want %q", test.name, test.in, got, test.want)
		}
	}
}

func TestPiecesTellReplacementsFromText(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, in, want string }{
		{"plain text is one piece", "abc", "abc|"},
		{"nothing is no piece", "", ""},
		{"a replacement inside", "a\x1bb", "a|!␛|b|"},
		{"replacements beside each other are one piece", "\x1b\u202e\xffa", "!␛⟨U+202E⟩⟨xFF⟩|a|"},
		{"the longest number", "a\U0010ffff", "a|!⟨U+10FFFF⟩|"},
		{"what only looks like one, where nothing is hidden", "⟨U+202E⟩", "⟨U+202E⟩|"},
		{"brackets of the author's own", "⟨a⟩ ⟨ \x00", "⟨a⟩ ⟨ |!␀|"},
	} {
		var got strings.Builder
		width := 0
		for piece, replaced := range Line(test.in).Pieces() {
			if replaced {
				got.WriteByte('!')
			}
			got.WriteString(piece.String() + "|")
			width += piece.Width()
		}
		if got.String() != test.want || width != Line(test.in).Width() {
			t.Errorf("%s: got %q of %d cells, want %q", test.name, got.String(), width, test.want)
		}
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

var errBroken = errors.New("broken")

func TestWriter(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if _, err := fmt.Fprintf(NewWriter(&out), "denied: %s\n\tsecond\r\n", "\x1b[2J"); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "denied: ␛[2J\n    second␍\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := NewWriter(broken{}).Write([]byte("x")); !errors.Is(err, errBroken) {
		t.Errorf("err = %v", err)
	}
}

func BenchmarkLine(b *testing.B) {
	for _, bench := range []struct{ name, in string }{
		{"ascii", strings.Repeat("ghcr.io/stacklok/dockyard ", 6)},
		{"mixed", strings.Repeat("résumé 日本 ", 12)},
		{"hostile", strings.Repeat("\x1b[31m\u202e\xff", 12)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Line(bench.in)
			}
		})
	}
}

func BenchmarkLineMaxOfAMegabyte(b *testing.B) {
	long := strings.Repeat("x", 1<<20)
	b.ReportAllocs()
	for b.Loop() {
		LineMax(long, 80)
	}
}
