package equivalent

import (
	"encoding/base64"
	"os/exec"
	"testing"
)

// What a shell makes of a quoted word is the word, whatever is in it.
func TestAShellGivesBackWhatWasQuoted(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"plain", "", "two words", "it's", `"`, "$(touch /nowhere/x)", "`id`", "a;b|c&d>e<f", `back\slash`, "-n", "--flag", "*", "~", "#", "a=b", "{x,y}", "!!",
	} {
		line, hidden := join([]word{ours("printf %s"), quoted(text)})
		if hidden != "" {
			t.Fatalf("%q: %s", text, hidden)
		}
		if text == "-n" || text == "--flag" {
			line, _ = join([]word{ours("printf -- %s"), quoted(text)})
		}
		got, err := exec.CommandContext(t.Context(), shell, "-c", line).Output()
		if err != nil || string(got) != text {
			t.Errorf("%s: %q, %v", line, got, err)
		}
	}
}

func TestWhatNobodyWouldSeeIsNotPasted(t *testing.T) {
	for _, text := range []string{"a\nb", "a\x1b[2Jb", "a\u202eb", "a\u200bb", "аdmin", "a\tb", "\x00"} {
		if line, hidden := join([]word{ours("cosign verify"), quoted(text)}); line != "" || hidden == "" {
			t.Errorf("%q became %q", text, line)
		}
	}
}

// No line has a control character, and every line with foreign text ends where that text ends.
func FuzzNothingEscapesFromItsQuotes(f *testing.F) {
	f.Add("it's", "x")
	f.Add("'; rm -rf /", "$HOME")
	f.Fuzz(func(t *testing.T, a, b string) {
		line, hidden := join([]word{ours("echo"), quoted(a), quoted(b)})
		if hidden != "" {
			return
		}
		open, words := false, 1
		for i := 0; i < len(line); i++ {
			switch c := line[i]; {
			case c < ' ' || c > '~':
				t.Fatalf("%q has %q", line, c)
			case c == '\'':
				open = !open
			case open:
			case c == '\\':
				i++
			case c == ' ':
				words++
			case !harmless.MatchString("x" + string(c)):
				t.Fatalf("%q is open to %q", line, c)
			}
		}
		if open || words != 3 {
			t.Errorf("%q has %d words, open: %v", line, words, open)
		}
	})
}

func base64Of(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
