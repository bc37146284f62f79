package theme

import (
	"fmt"
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

var everyTheme = map[string]Options{
	"dark":        {Dark: true, Profile: colorprofile.TrueColor},
	"light":       {Profile: colorprofile.TrueColor},
	"dark 256":    {Dark: true, Profile: colorprofile.ANSI256},
	"16 colours":  {Dark: true, Profile: colorprofile.ANSI},
	"16 on light": {Profile: colorprofile.ANSI},
	"strong 16":   {Dark: true, HighContrast: true, Profile: colorprofile.ANSI},
	"strong dark": {Dark: true, HighContrast: true, Profile: colorprofile.TrueColor},
	"strong":      {HighContrast: true, Profile: colorprofile.TrueColor},
	"mono":        {Mono: true, Profile: colorprofile.TrueColor},
	"no colours":  {Profile: colorprofile.ASCII},
	"ASCII signs": {Dark: true, ASCII: true, Profile: colorprofile.TrueColor},
}

func TestEveryGlyphTakesItsCellsWhateverTheTerminalMeasures(t *testing.T) {
	t.Parallel()
	for name, glyphs := range map[string]Glyphs{"Unicode": unicodeGlyphs(), "ASCII": asciiGlyphs()} {
		for field, glyph := range texts(glyphs) {
			want := 1
			switch field {
			case "Tee", "Last", "Pipe", "Gap":
				want = 2
			}
			s := glyph.String()
			if g, w := ansi.StringWidth(s), ansi.StringWidthWc(s); g != want || w != want || glyph.Hidden() != 0 {
				t.Errorf("%s %s is %q: %d cells by cluster, %d by character, want %d", name, field, s, g, w, want)
			}
			for _, r := range s {
				if name == "ASCII" && r > '~' {
					t.Errorf("ASCII %s is %q", field, s)
				}
			}
		}
	}
}

// texts is every glyph of a set by the name of its field.
func texts(g Glyphs) map[string]safe.Text {
	out := map[string]safe.Text{
		"trusted": g.trusted, "valid": g.valid, "untrusted": g.untrusted, "covered": g.covered, "unsigned": g.unsigned,
		"invalid": g.invalid, "unverifiable": g.unverifiable, "unavailable": g.unavailable, "nobody": g.nobody,
	}
	v := reflect.ValueOf(g)
	for i := range v.NumField() {
		if text, ok := exported(v, i).(safe.Text); ok {
			out[v.Type().Field(i).Name] = text
		}
	}
	for i, frame := range g.Spinner {
		out[fmt.Sprintf("Spinner %d", i)] = frame
	}
	return out
}

func exported(v reflect.Value, i int) any {
	if !v.Type().Field(i).IsExported() {
		return nil
	}
	return v.Field(i).Interface()
}

func TestVerdictsDifferInGlyphAndWord(t *testing.T) {
	t.Parallel()
	for name, options := range everyTheme {
		s := New(options)
		glyphs, words := map[string]model.Verdict{}, map[string]model.Verdict{}
		for _, v := range model.Verdicts {
			m := s.Verdict(v, model.Trusted)
			if other, taken := glyphs[m.Glyph.String()]; taken {
				t.Errorf("%s: %v and %v share the glyph %q", name, v, other, m.Glyph)
			}
			if other, taken := words[m.Word.String()]; taken {
				t.Errorf("%s: %v and %v share the word %q", name, v, other, m.Word)
			}
			glyphs[m.Glyph.String()], words[m.Word.String()] = v, v
		}
	}
}

func TestOnlyWhatIsProvenIsGreen(t *testing.T) {
	t.Parallel()
	for name, options := range everyTheme {
		s := New(options)
		green := s.Good.look.fg
		if green == nil {
			continue
		}
		for _, v := range append([]model.Verdict{-1, 99}, model.Verdicts...) {
			proven := v == model.Trusted || v == model.Valid
			for _, coverage := range model.Verdicts {
				if got := s.Verdict(v, coverage).Style.look.fg == green; got != proven {
					t.Errorf("%s: %v covered by %v is green: %v", name, v, coverage, got)
				}
			}
		}
		for _, status := range []model.CheckStatus{model.CheckUnchecked, model.CheckFailed, model.CheckSkipped, "new"} {
			if s.Check(status).Style.look.fg == green {
				t.Errorf("%s: a check that is %v is green", name, status)
			}
		}
	}
}

func TestCoverageByAnUntrustedSignerAsksForAttention(t *testing.T) {
	t.Parallel()
	s := New(everyTheme["dark"])
	for _, coverage := range model.Verdicts {
		got := s.Standing(model.Standing{Verdict: model.Covered, Coverage: coverage}).Style.look.fg
		calm := coverage == model.Trusted || coverage == model.Valid
		if (got == s.Warning.look.fg) == calm {
			t.Errorf("covered, coverage %v: drawn in %v", coverage, got)
		}
	}
}

func TestWhatMayHideSomethingIsNeverDrawnAsNone(t *testing.T) {
	t.Parallel()
	for name, options := range everyTheme {
		s := New(options)
		none := s.Lookup(model.LookupNone)
		for _, status := range []model.LookupStatus{model.LookupDenied, model.LookupTruncated, model.LookupFailed, "new"} {
			m := s.Lookup(status)
			if m.Glyph == none.Glyph || m.Word == none.Word {
				t.Errorf("%s: %q looks like none", name, status)
			}
		}
	}
}

func TestCheckAndSeverityMarksDiffer(t *testing.T) {
	t.Parallel()
	for name, options := range everyTheme {
		s := New(options)
		checks, severities := map[string]bool{}, map[string]bool{}
		for _, status := range []model.CheckStatus{
			model.CheckUnchecked, model.CheckPassed, model.CheckFailed, model.CheckSkipped,
		} {
			checks[s.Check(status).Glyph.String()] = true
		}
		for _, severity := range []model.Severity{model.SeverityInfo, model.SeverityWarning, model.SeverityError} {
			severities[s.Severity(severity).Glyph.String()] = true
		}
		if len(checks) != 4 || len(severities) != 3 {
			t.Errorf("%s: %d glyphs for 4 statuses, %d for 3 severities", name, len(checks), len(severities))
		}
	}
}

// backgrounds are those that a dark or a light theme has to be readable on.
var backgrounds = map[bool][]string{
	true:  {"#000000", "#1c1c1c", "#1e1e2e", "#282c34"},
	false: {"#ffffff", "#fafafa", "#fdf6e3"},
}

func TestTextIsReadableOnCommonBackgrounds(t *testing.T) {
	t.Parallel()
	const readable, visible = 4.5, 1.5 // WCAG 2 AA for text; ornaments have no rule
	for _, isDark := range []bool{true, false} {
		s := New(Options{Dark: isDark, Profile: colorprofile.TrueColor})
		grounds := []color.Color{s.Bar.look.bg, s.SelectionParked.look.bg, s.Selection.look.bg}
		for _, ground := range backgrounds[isDark] {
			grounds = append(grounds, hex(ground))
		}
		inks := map[string]Style{
			"quiet": s.Quiet, "good": s.Good, "warning": s.Warning, "bad": s.Bad, "accent": s.Key, "data": s.JSONNumber,
		}
		for _, ground := range grounds {
			for name, ink := range inks {
				if got := contrast(ink.look.fg, ground); got < readable {
					t.Errorf("dark %v: %s on %v has a contrast of %.1f", isDark, name, ground, got)
				}
			}
			if got := contrast(s.Faint.look.fg, ground); got < visible {
				t.Errorf("dark %v: faint on %v has a contrast of %.1f", isDark, ground, got)
			}
		}
		if got := contrast(s.Match.look.fg, s.Match.look.bg); got < readable {
			t.Errorf("dark %v: a match has a contrast of %.1f", isDark, got)
		}
	}
}

func TestHighContrastIsAAA(t *testing.T) {
	t.Parallel()
	const strong = 7 // WCAG 2 AAA
	for ground, s := range map[string]Styles{
		"#000000": New(Options{Dark: true, HighContrast: true, Profile: colorprofile.TrueColor}),
		"#ffffff": New(Options{HighContrast: true, Profile: colorprofile.TrueColor}),
	} {
		for name, ink := range map[string]Style{
			"text": s.Text, "quiet": s.Quiet, "good": s.Good, "warning": s.Warning, "bad": s.Bad, "accent": s.Key,
			"data": s.JSONNumber, "lines": s.Faint, "claims": s.Claim,
		} {
			if ink.look.faint {
				t.Errorf("%s on %s is dimmed", name, ground)
			}
			if got := contrast(ink.look.fg, hex(ground)); got < strong {
				t.Errorf("%s on %s has a contrast of %.1f", name, ground, got)
			}
		}
		if got := contrast(s.Match.look.fg, s.Match.look.bg); got < strong {
			t.Errorf("a match has a contrast of %.1f", got)
		}
	}
}

// contrast is the contrast ratio of WCAG 2.
func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		f := float64(v) / 0xffff
		if f <= 0.03928 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func TestColoursStayWhatTheyAreOn256(t *testing.T) {
	t.Parallel()
	for _, p := range []palette{dark(), light(), strongOnDark(), strongOnLight()} {
		for _, l := range []look{p.text, p.accent, p.good, p.caution, p.bad, p.dim, p.data, p.faint, p.selected, p.parked, p.match, p.bar} {
			for _, c := range []color.Color{l.fg, l.bg} {
				if c == nil {
					continue
				}
				r, g, b, _ := c.RGBA()
				x, y, z, _ := colorprofile.ANSI256.Convert(c).RGBA()
				if far(r, x) || far(g, y) || far(b, z) {
					t.Errorf("%v becomes %v", c, colorprofile.ANSI256.Convert(c))
				}
			}
		}
	}
}

func far(a, b uint32) bool { return math.Abs(float64(a)-float64(b)) > 0xffff/40 }

func TestThemesUseOnlyWhatTheTerminalHas(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"16 colours", "16 on light", "strong 16", "mono", "no colours"} {
		s := reflect.ValueOf(New(everyTheme[name]))
		for i := range s.NumField() {
			style, ok := exported(s, i).(Style)
			if !ok {
				continue
			}
			for _, c := range []color.Color{style.look.fg, style.look.bg} {
				_, basic := c.(ansi.BasicColor)
				if c != nil && (!basic || !strings.Contains(name, "16")) {
					t.Errorf("%s: %s uses %v", name, s.Type().Field(i).Name, c)
				}
			}
		}
	}
}

func TestSelectionAndFocusShowWithoutColour(t *testing.T) {
	t.Parallel()
	for name, options := range everyTheme {
		s := New(options)
		for what, style := range map[string]Style{"selection": s.Selection, "parked": s.SelectionParked, "match": s.Match} {
			if style.Prefix() == "" {
				t.Errorf("%s: %s cannot be told from text", name, what)
			}
		}
		if s.Selection.Prefix() == s.SelectionParked.Prefix() {
			t.Errorf("%s: the selection with focus looks like the one without", name)
		}
		if s.TabActive.Prefix() == s.Tab.Prefix() || s.TitleFocused.Prefix() == s.Title.Prefix() {
			t.Errorf("%s: focus does not show", name)
		}
	}
}

func TestStyle(t *testing.T) {
	t.Parallel()
	s := New(everyTheme["dark"])
	sixteen := New(everyTheme["16 colours"])
	for _, test := range []struct{ name, got, want string }{
		{"the zero style adds nothing", Style{}.Render(safe.Const("x")), "x"},
		{"nothing is not styled", s.Bad.Render(safe.Text{}), ""},
		{"a style is switched on and off", sixteen.Good.Render(safe.Const("x")), "\x1b[32mx\x1b[m"},
		{"bold is added", sixteen.Quiet.Bold().Prefix(), "\x1b[1m"},
		{"lipgloss draws the same", sixteen.Good.Lip().Render("x"), lipgloss.NewStyle().Foreground(lipgloss.Green).Render("x")},
		{"a mark is glyph and word", s.Verdict(model.Trusted, 0).Text().String(), "✔ trusted"},
		{"the spinner goes round", s.Glyphs.Spin(-1).String(), "⠏"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, test.got, test.want)
		}
	}
}
