package document

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// random writes a value that holds about so many others, nested as chance has it.
func random(b *strings.Builder, chance *rand.Rand, values int) {
	if values <= 0 {
		b.WriteString([]string{"1", `"a\"]"`, "null", " true ", "{}", "[ ]"}[chance.IntN(6)])
		return
	}
	object := chance.IntN(2) == 0
	b.WriteString(map[bool]string{true: "{ ", false: "["}[object])
	for n := 0; values > 0; n++ {
		if n > 0 {
			b.WriteString(",\n"[:1+chance.IntN(2)])
		}
		if object {
			fmt.Fprintf(b, `"k\u003%d-%d": `, chance.IntN(10), n)
		}
		in := 0
		if chance.IntN(4) == 0 {
			in = chance.IntN(values)
		}
		random(b, chance, in)
		values -= in + 1
	}
	b.WriteString(map[bool]string{true: "}", false: " ]"}[object])
}

func TestTheOutlineOfManyValuesAgreesWithTheText(t *testing.T) {
	t.Parallel()
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 0))
		var b strings.Builder
		random(&b, chance, []int{10, 31, 32, 33, 100, 600}[seed%6])
		d := mustIndex(t, b.String())
		consistent(t, d)
		if found := d.Find("a", d.Len()); seed%6 == 5 && len(found) == 0 {
			t.Errorf("seed %d: nothing was found", seed)
		} else {
			for _, i := range found {
				if !strings.Contains(string(d.Value(i)), "a") {
					t.Errorf("seed %d: found value %d, which is %s", seed, i, d.Value(i))
				}
			}
		}
		likewise(t, d, chance)
	}
}

// likewise changes a view as chance has it, and holds it against what the words say.
func likewise(t *testing.T, d *Document, chance *rand.Rand) {
	t.Helper()
	v, open := NewView(d, 1), map[int]bool{0: true}
	for range 40 {
		i := chance.IntN(d.Len())
		switch chance.IntN(6) {
		case 0:
			v, open[i] = v.Expand(i), true
		case 1:
			v, open[i] = v.Collapse(i), false
		case 2:
			v = v.ExpandDeep(i)
			for j := i; j < d.Skip(i); j++ {
				open[j] = true
			}
		case 3:
			v = v.CollapseDeep(i)
			for j := i; j < d.Skip(i); j++ {
				open[j] = false
			}
		case 4:
			v = v.Reveal(i)
			for p := d.Parent(i); p >= 0; p = d.Parent(p) {
				open[p] = true
			}
		case 5:
			v, open = v.ExpandAll(), map[int]bool{}
			for j := range d.Len() {
				open[j] = true
			}
		}
		var want, got []int
		for i := 0; i < d.Len(); {
			want = append(want, i)
			if open[i] {
				i++
			} else {
				i = d.Skip(i)
			}
		}
		for row := range v.Len() {
			got = append(got, v.Node(row))
			if at, visible := v.Row(got[row]); !visible || at != row {
				t.Fatalf("value %d is on row %d, %v; want %d", got[row], at, visible, row)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("rows are %v, want %v", got, want)
		}
	}
}

// mostPerValue is how many bytes an outline may take for a value of an SBOM, beside the text.
const mostPerValue = 2

func TestAnOutlineIsSmallBesideTheText(t *testing.T) {
	raw := large(20 << 20)
	before := live()
	d := mustIndex(t, string(raw))
	v := NewView(d, 2).ExpandAll()
	if got := int(live()-before) - len(raw); got > mostPerValue*d.Len() {
		t.Errorf("%d values take %d bytes, want at most %d each", d.Len(), got, mostPerValue)
	}
	runtime.KeepAlive(v)
}

func live() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
