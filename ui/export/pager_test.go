package export_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/attestree/attestree/ui/export"
	"github.com/attestree/attestree/ui/uitest"
)

// most is how many bytes go to the pager.
const most = 8 << 20

func TestWhatThePagerShows(t *testing.T) {
	for _, c := range []struct {
		name   string
		raw    string
		layOut bool
		want   []string
	}{
		{"JSON, laid out", `{"a":[1,{"b":"c"}]}`, true, []string{"laid out in lines", "  \"a\": [\n    1,\n"}},
		{"JSON as it is", `{"a":[1]}`, false, []string{"\n{\"a\":[1]}\n"}},
		{"what is no JSON", "SPDXVersion: SPDX-2.3\nok", true, []string{"\nSPDXVersion: SPDX-2.3\nok\n"}},
		{"bytes", "\x00\x01\x02", true, []string{"in hex", "00 01 02"}},
		{"an escape", "a\x1b[2Jb", true, []string{"a␛[2Jb"}},
		{"a C1 control and a direction", "a\u009b2J\u202eb", true, []string{"a⟨U+009B⟩2J⟨U+202E⟩b"}},
		{"a return that would overwrite", "bad\rgood", true, []string{"bad␍good"}},
		{"bytes that are no text, late in it", strings.Repeat("x", 9<<10) + "\xff\x9b", true, []string{"⟨xFF⟩⟨x9B⟩"}},
		{"nesting that would become gigabytes", strings.Repeat("[", 9000) + strings.Repeat("1,", 9000) + "1" + strings.Repeat("]", 9000), true, []string{"\n[[[["}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := string(export.PagerText("payload", []byte(c.raw), c.layOut))
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("it does not say %q: %q", want, got[:min(len(got), 400)])
				}
			}
			for _, l := range strings.Split(got, "\n") {
				uitest.Printable(t, l)
			}
			if len(got) > 12*most || !strings.HasPrefix(got, "payload, ") {
				t.Errorf("%d bytes, beginning %q", len(got), got[:min(len(got), 40)])
			}
		})
	}
}

func TestALongTextSaysWhereThePagerCutIt(t *testing.T) {
	got := export.PagerText("payload", bytes.Repeat([]byte("x\n"), most), true)
	if !bytes.Contains(got, []byte("cut here: export it")) || len(got) > most+1000 {
		t.Errorf("%d bytes, ending %q", len(got), got[len(got)-60:])
	}
}

func TestATitleIsNoSecondLine(t *testing.T) {
	if got := string(export.PagerText("a\nb"+uitest.Hostile, []byte("x"), true)); strings.Count(got, "\n") != 4 {
		t.Errorf("%q", got)
	}
}

func FuzzThePagerObeysNothing(f *testing.F) {
	f.Add([]byte(uitest.Hostile), true)
	f.Add([]byte(`{"a":"\u001b[2J"}`), true)
	f.Add([]byte("\x00\xff"), false)
	f.Fuzz(func(t *testing.T, raw []byte, layOut bool) {
		for _, l := range strings.Split(string(export.PagerText("x", raw, layOut)), "\n") {
			uitest.Printable(t, l)
		}
	})
}
