package start

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/ui/keymap"
	"github.com/attestree/attestree/ui/screen"
)

// bare is a shelf with one source that was opened, in an empty folder.
type bare struct{}

func (bare) Opened() ([]Opened, error) {
	return []Opened{{Source: "registry.example/app:1", At: time.Unix(0, 0)}}, nil
}
func (bare) Forget(string) error                      { return nil }
func (bare) Nearby(context.Context) ([]Offered, bool) { return nil, true }

// begun is the start screen after some keys; "paste:" hands over text at once.
func begun(t *testing.T, keys ...string) Screen {
	t.Helper()
	s := New(bare{}, About{Tool: "attestree", Demo: "demo"}, screen.Drawing{ASCII: true, NoColor: true})
	send := func(msg tea.Msg) {
		next, _ := s.Update(msg)
		s = next.(Screen)
	}
	send(tea.WindowSizeMsg{Width: 80, Height: 24})
	send(s.readShelf()())
	for _, k := range keys {
		if text, is := strings.CutPrefix(k, "paste:"); is {
			send(tea.PasteMsg{Content: text})
			continue
		}
		send(keymap.Press(k))
	}
	return s
}

func text(s Screen) string { return ansi.Strip(s.View().Content) }

func TestAKeyThatMeansNothingSaysWhatWould(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want string
	}{
		"a letter":                     {[]string{"x"}, "x means nothing here: tab or / to type a source"},
		"forget what was never opened": {[]string{"down", "d"}, "only what was opened before can be forgotten"},
		"open nothing":                 {[]string{"tab", "enter"}, "type what to open first"},
	} {
		t.Run(name, func(t *testing.T) {
			s := begun(t, c.keys...)
			if got := text(s); !strings.Contains(got, c.want) {
				t.Errorf("want %q:\n%s", c.want, got)
			}
			next, _ := s.Update(keymap.Press("up"))
			if got := text(next.(Screen)); strings.Contains(got, c.want) {
				t.Errorf("it is said of the next key too:\n%s", got)
			}
		})
	}
}

func TestWhatIsPastedIsTyped(t *testing.T) {
	s := begun(t, "paste:registry.example/other:2\n")
	if !s.typing || s.entry.Text != "registry.example/other:2" {
		t.Errorf("typing %v, %q", s.typing, s.entry.Text)
	}
	if s = begun(t, "?", "paste:x"); s.typing {
		t.Error("it is typed behind the help")
	}
}

func TestTheMarkerIsWhereTheKeysGo(t *testing.T) {
	for key, want := range map[string]string{"up": "> Open", "down": "> demo"} {
		got := text(begun(t, key))
		if !strings.Contains(got, want) || strings.Count(got, "> ") != 1 {
			t.Errorf("after %s there is not one marker, before %q:\n%s", key, want, got)
		}
	}
}
