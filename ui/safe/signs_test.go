package safe_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/ui/safe"
)

func TestSignsAreAsManyAsCharactersWereHidden(t *testing.T) {
	for _, s := range []string{
		"", "plain", "é 語 ⟨x⟩ and ␣", "a\x1b[31mb", "\x00\x08\x7f", "line\nfeed and\ttab", "\u202eevil\u202c", "\u009b2J", "\xff\xfe",
		"\u200b\u00a0\u3164", "flag 🇩🇪 and skin 👋🏽", "\U000E0041",
	} {
		text := safe.Line(s)
		want := text.Hidden()
		if strings.Contains(s, "⟨x") {
			want++ // an imitation counts too
		}
		screen := "\x1b[31m" + text.String() + "\x1b[m\n│ second ─ row │"
		if got := safe.Signs(screen); got != want {
			t.Errorf("%q: %d signs of %d hidden characters", s, got, want)
		}
	}
	if safe.Signs("⟨U+20…") != 1 {
		t.Error("a sign that was cut is none")
	}
}

func TestACornerTakesTheEndOfTheLastRowAndNoMore(t *testing.T) {
	for _, last := range []string{"", "short", "\x1b[31ma row of twenty cell\x1b[m", "wide 語語語語語語語語語"} {
		got := safe.Corner("first\n"+last, 20, "\x1b[1m said\x1b[m", 5)
		first, row, _ := strings.Cut(got, "\n")
		if first != "first" || ansi.StringWidth(row) != 20 || !strings.HasSuffix(ansi.Strip(row), " said") {
			t.Errorf("%q became %q", last, got)
		}
	}
	for last, want := range map[string]string{
		"a row of twenty cell": "a row of twent… said", "short": "short           said", "fifteen cells .    ": "fifteen cells . said",
		"\x1b[1ma row of twenty cell\x1b[m": "a row of twent… said",
	} {
		if got := ansi.Strip(safe.Corner(last, 20, " said", 5)); got != want {
			t.Errorf("%q became %q, want %q", last, got, want)
		}
	}
	if got := safe.Corner("only", 3, " said", 5); got != " said" {
		t.Errorf("%q", got)
	}
}
