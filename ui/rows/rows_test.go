package rows

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
)

func TestWindow(t *testing.T) {
	t.Parallel()
	ten := NewWindow(10, 4)
	for _, test := range []struct {
		name                 string
		got                  Window
		cursor, offset, upTo int
	}{
		{"starts at the top", ten, 0, 0, 4},
		{"moving within the view does not scroll", ten.Move(3), 3, 0, 4},
		{"moving below the view scrolls", ten.Move(4), 4, 1, 5},
		{"moving above the view scrolls back", ten.To(6).Move(-4), 2, 2, 6},
		{"the top is the end of the way up", ten.Move(-5), 0, 0, 4},
		{"the bottom is the end of the way down", ten.Move(1 << 62), 9, 6, 10},
		{"a page keeps a row in sight", ten.Page(1), 3, 3, 7},
		{"a page up comes back", ten.Page(2).Page(-1), 3, 3, 7},
		{"a page near the end stops there", ten.Page(9), 9, 6, 10},
		{"half a page", ten.Move(1).HalfPage(1), 3, 2, 6},
		{"bottom and top", ten.Bottom().Top(), 0, 0, 4},
		{"bottom", ten.Bottom(), 9, 6, 10},
		{"shrinking keeps the cursor visible", ten.Move(3).Resize(2), 3, 2, 4},
		{"growing fills the view", ten.Bottom().Resize(20), 9, 0, 10},
		{"fewer rows move the cursor to the last", ten.Bottom().SetCount(3), 2, 0, 3},
		{"no rows", ten.SetCount(0), 0, 0, 0},
		{"no room", ten.Move(5).Resize(0), 5, 5, 5},
		{"negative sizes are none", NewWindow(-1, -1).Move(1), 0, 0, 0},
		{"the wheel scrolls and leaves the cursor", ten.Move(3).Wheel(2), 3, 2, 6},
		{"the wheel pushes the cursor along at the edge", ten.Wheel(2), 2, 2, 6},
		{"the wheel stops at the end", ten.Wheel(99), 6, 6, 10},
		{"the wheel stops at the beginning", ten.Bottom().Wheel(-99), 3, 0, 4},
		{"a wheel without overflow does nothing", NewWindow(3, 4).Move(1).Wheel(1), 1, 0, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, to := test.got.Visible()
			got := [3]int{test.got.Cursor(), test.got.Offset(), to}
			if want := [3]int{test.cursor, test.offset, test.upTo}; got != want {
				t.Errorf("cursor, offset, end are %v, want %v", got, want)
			}
		})
	}
}

func TestClickSelectsTheRowUnderThePointer(t *testing.T) {
	t.Parallel()
	w := NewWindow(5, 4).Bottom()
	for _, test := range []struct {
		line, cursor int
		hit          bool
	}{{0, 1, true}, {3, 4, true}, {4, 4, false}, {-1, 4, false}} {
		if got, hit := w.Click(test.line); got.Cursor() != test.cursor || hit != test.hit {
			t.Errorf("Click(%d) selects %d, %v; want %d, %v", test.line, got.Cursor(), hit, test.cursor, test.hit)
		}
	}
	if _, hit := NewWindow(2, 4).Click(3); hit {
		t.Error("a click below the last row hit something")
	}
}

func TestScrollbarTouchesItsEndsOnlyAtTheEnds(t *testing.T) {
	t.Parallel()
	if _, size := NewWindow(4, 4).Scrollbar(4); size != 0 {
		t.Errorf("a bar of %d cells where everything is visible", size)
	}
	for _, count := range []int{11, 12, 57, 1000, 1_000_000} {
		w := NewWindow(count, 10)
		last := 0
		for step := range 101 {
			at := w.To(0).Wheel(step * (count - 10) / 100)
			start, size := at.Scrollbar(10)
			if size < 1 || start < last || start+size > 10 {
				t.Fatalf("%d rows at %d: thumb at %d, %d cells", count, at.Offset(), start, size)
			}
			if atTop := start == 0; atTop != (at.Offset() == 0) && size < 10 {
				t.Errorf("%d rows at %d: thumb at %d", count, at.Offset(), start)
			}
			if atEnd := start+size == 10; atEnd && at.Offset() != count-10 && size < 9 {
				t.Errorf("%d rows at %d: thumb ends at %d", count, at.Offset(), start+size)
			}
			last = start
		}
	}
}

func FuzzTheCursorIsAlwaysOnAVisibleRow(f *testing.F) {
	f.Add(10, 4, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, count, height int, moves []byte) {
		w := NewWindow(count, height)
		for i, m := range moves {
			n := count * (i%5 - 2)
			switch m % 10 {
			case 0:
				w = w.Move(n)
			case 1:
				w = w.Page(i%5 - 2)
			case 2:
				w = w.HalfPage(i%5 - 2)
			case 3:
				w = w.Top()
			case 4:
				w = w.Bottom()
			case 5:
				w = w.To(n)
			case 6:
				w = w.Resize(height / (i + 1))
			case 7:
				w = w.SetCount(count / (i + 1))
			case 8:
				w, _ = w.Click(int(m))
			case 9:
				w = w.Wheel(n)
			}
			from, to := w.Visible()
			if from < 0 || to > w.Count() || to-from > w.Height() || to < from {
				t.Fatalf("rows %d to %d of %d are visible in %d", from, to, w.Count(), w.Height())
			}
			if w.Height() > 0 && w.Count() > 0 && (w.Cursor() < from || w.Cursor() >= to) {
				t.Fatalf("the cursor on %d is not in %d to %d", w.Cursor(), from, to)
			}
			if want := min(w.Height(), w.Count()); w.Height() > 0 && to-from != want {
				t.Fatalf("%d rows are shown, there is room for %d", to-from, want)
			}
			start, size := w.Scrollbar(height % 100)
			if start < 0 || size < 0 || size > 0 && start+size > height%100 {
				t.Fatalf("scroll bar of %d: %d+%d", height%100, start, size)
			}
		}
	})
}

var sixteen = theme.New(theme.Options{Profile: colorprofile.ANSI})

func TestBuilder(t *testing.T) {
	t.Parallel()
	plain := theme.Style{}
	for _, test := range []struct {
		name  string
		width int
		draw  func(*Builder)
		want  string
	}{
		{"an empty row is blank", 3, func(*Builder) {}, "   "},
		{"parts follow each other and the rest is blank", 6, func(b *Builder) {
			b.Add(plain, safe.Const("ab")).Add(plain, safe.Const("c"))
		}, "abc   "},
		{"styles are switched on and off", 4, func(b *Builder) {
			b.Add(sixteen.Good, safe.Const("ab")).Add(plain, safe.Const("c"))
		}, "\x1b[32mab\x1b[mc "},
		{"the same style twice is switched on once", 4, func(b *Builder) {
			b.Add(sixteen.Good, safe.Const("ab")).Add(sixteen.Good, safe.Const("cd"))
		}, "\x1b[32mabcd\x1b[m"},
		{"what does not fit ends in an ellipsis", 4, func(b *Builder) { b.Add(plain, safe.Const("abcdef")) }, "abc…"},
		{"a part after the last cell shortens the one before", 4, func(b *Builder) {
			b.Add(sixteen.Good, safe.Const("abcd")).Add(plain, safe.Const("e")).Add(plain, safe.Const("f"))
		}, "\x1b[32mabc…\x1b[m"},
		{"shortening a wide character leaves a blank", 4, func(b *Builder) {
			b.Add(plain, safe.Const("日本")).Add(plain, safe.Const("e"))
		}, "日… "},
		{"right parts stand at the right end", 8, func(b *Builder) {
			b.Right(plain, safe.Const("x")).Right(plain, safe.Const("y")).Add(plain, safe.Const("ab"))
		}, "ab    xy"},
		{"the left part makes way for the right one", 8, func(b *Builder) {
			b.Right(plain, safe.Const(" xy")).Add(plain, safe.Const("abcdefgh"))
		}, "abcd… xy"},
		{"the right part never takes more than half", 8, func(b *Builder) {
			b.Right(plain, safe.Const("uvwxyz")).Add(plain, safe.Const("abcdefgh"))
		}, "abc…uvw…"},
		{"a row's own style lies under its parts", 3, func(b *Builder) {
			b.Start(sixteen.SelectionParked).Add(sixteen.Good, safe.Const("a"))
		}, "\x1b[32m\x1b[4ma\x1b[m\x1b[4m  \x1b[m"},
		{"a row that reverses outshines its parts", 3, func(b *Builder) {
			b.Start(sixteen.Selection).Add(sixteen.Good, safe.Const("a"))
		}, "\x1b[7ma  \x1b[m"},
		{"hidden characters are marked", 5, func(b *Builder) {
			b.MarkHidden(sixteen.Bad).Add(sixteen.Good, safe.Line("a\x1bb"))
		}, "\x1b[32ma\x1b[m\x1b[31m␛\x1b[m\x1b[32mb\x1b[m  "},
		{"no width is nothing", 0, func(b *Builder) { b.Right(plain, safe.Const("a")).Add(plain, safe.Const("b")) }, ""},
		{"a negative width is none", -5, func(b *Builder) { b.Add(plain, safe.Const("b")) }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			b := NewBuilder(test.width)
			test.draw(b)
			if got := b.String(); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func FuzzARowIsExactlyAsWideAsItShouldBe(f *testing.F) {
	f.Add("left", "右", "\x1b[31m", 10, uint8(3))
	f.Add(strings.Repeat("日本", 9), "e\u0301", "🇩🇪", 7, uint8(7))
	f.Fuzz(func(t *testing.T, a, b, c string, width int, flags uint8) {
		width %= 300
		styles := []theme.Style{{}, sixteen.Good, sixteen.Selection, sixteen.SelectionParked}
		builder := NewBuilder(width).MarkHidden(sixteen.Hidden)
		for range 2 { // a builder is used again
			builder.Start(styles[flags%4])
			if flags&4 != 0 {
				builder.Right(styles[flags/8%4], safe.Line(c))
			}
			builder.Add(styles[flags/32%4], safe.Line(a)).Add(sixteen.Bad, safe.Line(b)).Add(sixteen.Bad, safe.Line(c))
			row := builder.String()
			if got := ansi.StringWidth(row); got != max(width, 0) {
				t.Fatalf("%q is %d cells wide, want %d", row, got, width)
			}
			if strings.Contains(row, "\x1b") && !strings.HasSuffix(strings.TrimRight(row, " "), theme.Reset) &&
				strings.LastIndex(row, theme.Reset) < strings.LastIndex(row, "\x1b[") {
				t.Fatalf("%q leaves a style on", row)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, in     string
		width, limit int
		want         []string
	}{
		{"what fits is one row", "abc", 3, 9, []string{"abc"}},
		{"nothing is one empty row", "", 3, 9, []string{""}},
		{"breaks between words and drops the space", "one two three", 7, 9, []string{"one two", "three"}},
		{"breaks at the space that would not fit", "one two three", 8, 9, []string{"one two", "three"}},
		{"breaks inside a word that is too long", "abcdefgh", 3, 9, []string{"abc", "def", "gh"}},
		{"breaks an address behind a slash", "https://host/a/folder/file", 16, 9, []string{"https://host/a/", "folder/file"}},
		{"breaks an address behind a point where no slash is near", "https://host.example.com/", 20, 9, []string{"https://host.", "example.com/"}},
		{"breaks an address where the next part begins", "abcdef/ghi/jk", 10, 9, []string{"abcdef/ghi", "/jk"}},
		{"breaks an address anywhere where the slash comes early", "a/bcdefghijkl", 8, 9, []string{"a/bcdefg", "hijkl"}},
		{"breaks an address that ends with the row there", "abc/def/gh", 8, 9, []string{"abc/def/", "gh"}},
		{"leaves a mark with what it stands on", "abcd/\u0301efghi", 7, 9, []string{"abcd/\u0301ef", "ghi"}},
		{"keeps an indent", "  abcdef", 5, 9, []string{"  abc", "def"}},
		{"never halves a wide character", "日本語", 5, 9, []string{"日本", "語"}},
		{"says that there is more", "one two three four", 5, 2, []string{"one", "two …"}},
		{"says that a column is too narrow", "日本", 1, 9, []string{"…"}},
		{"no room is no row", "abc", 0, 9, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, line := range Wrap(safe.Line(test.in), test.width, test.limit) {
				got = append(got, line.String())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzWrapLosesNothingButSpaces(f *testing.F) {
	f.Add("one two  three", 5)
	f.Add("日本\u202e語 \xff", 2)
	f.Fuzz(func(t *testing.T, s string, width int) {
		width = 2 + (width%100+100)%100
		text := safe.Line(s)
		var all strings.Builder
		for _, line := range Wrap(text, width, 1<<20) {
			if line.Width() > width || ansi.StringWidth(line.String()) != line.Width() {
				t.Fatalf("%q says it is %d cells wide, there is room for %d", line, line.Width(), width)
			}
			all.WriteString(line.String())
		}
		if got, want := squeeze(all.String()), squeeze(text.String()); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

// BenchmarkFrame is what the rows of one screen of 200×60 cost. The number of rows must make no difference.
func BenchmarkFrame(b *testing.B) {
	for _, count := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			w := NewWindow(count, 58).To(count / 2)
			builder := NewBuilder(200)
			b.ReportAllocs()
			for b.Loop() {
				from, to := w.Visible()
				for i := from; i < to; i++ {
					builder.Start(theme.Style{})
					if i == w.Cursor() {
						builder.Start(sixteen.Selection)
					}
					builder.Right(sixteen.Good, safe.Const("trusted")).Add(sixteen.Faint, safe.Const("|-")).
						Add(theme.Style{}, safe.LineMax("pkg:npm/%40scope/package", 60)).Add(sixteen.Quiet, safe.Int(i))
					if builder.String() == "" {
						b.Fatal("no row")
					}
				}
				w = w.Move(1)
			}
		})
	}
}

func BenchmarkWrapOfAMegabyte(b *testing.B) {
	for name, s := range map[string]string{
		"one word": strings.Repeat("x", 1<<20), "words": strings.Repeat("word ", 1<<20/5), "wide": strings.Repeat("日", 1<<20/3),
	} {
		text := safe.Line(s)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(1 << 20)
			for b.Loop() {
				Wrap(text, 80, 1<<20)
			}
		})
	}
}
