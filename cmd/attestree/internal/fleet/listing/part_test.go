package listing

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/fleet"
)

func TestPartsOfAListHoldAllOfItOnce(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "r.example/app-%d:1\n", i%700) // 300 come again
	}
	whole := New()
	if err := whole.Read("f", strings.NewReader(text.String())); err != nil {
		t.Fatal(err)
	}
	const count = 7
	seen := map[int]string{}
	for index := range count {
		part := Part(fleet.Shard{Index: index, Count: count})
		if err := part.Read("f", strings.NewReader(text.String())); err != nil {
			t.Fatal(err)
		}
		if part.Total != 700 || part.Sum() != whole.Sum() {
			t.Errorf("part %d is of %d references, sum %s", index, part.Total, part.Sum())
		}
		for i, image := range part.Images {
			place := part.Places[i]
			if seen[place] != "" || whole.Images[place].Reference != image.Reference {
				t.Errorf("%s is in place %d of part %d", image.Reference, place, index)
			}
			seen[place] = image.Reference
			if n := len(image.Sources); n != len(whole.Images[place].Sources) {
				t.Errorf("%s has %d places", image.Reference, n)
			}
		}
		if !part.Holds("r.example/app-0:1") || !part.Holds("r.example/app-699:1") || part.Holds("r.example/app-700:1") {
			t.Errorf("part %d does not know what is in the list", index)
		}
	}
	if len(seen) != 700 {
		t.Errorf("%d of 700 are in some part", len(seen))
	}
}

// lines is a list of so many references that nobody holds in memory.
type lines struct {
	count, next int
	left        []byte
}

func (l *lines) Read(p []byte) (int, error) {
	for len(l.left) == 0 {
		if l.next == l.count {
			return 0, fmt.Errorf("the list of %d goes on", l.count)
		}
		l.left = fmt.Appendf(l.left, "registry.example/organisation/team/application-%d:1.%d.0\n", l.next, l.next%100)
		l.next++
	}
	n := copy(p, l.left)
	l.left = l.left[n:]
	return n, nil
}

func TestTheOtherPartsOfAListTakeLittleMemory(t *testing.T) {
	const count = 200_000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	part := Part(fleet.Shard{Index: 1, Count: 500})
	if err := part.Read("f", &lines{count: count}); err == nil || part.Total != count {
		t.Fatalf("%v after %d references", err, part.Total)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	// A mark of 16 bytes and a place of 4, in a table that is half full at worst after it has grown.
	if each := (after.HeapAlloc - before.HeapAlloc) / count; each > 64 {
		t.Errorf("%d bytes for each reference", each)
	}
	runtime.KeepAlive(part)
}

func BenchmarkOnePartOfAMillion(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		part := Part(fleet.Shard{Index: 1, Count: 500})
		_ = part.Read("f", &lines{count: MaxImages})
		if part.Total != MaxImages || len(part.Images) != MaxImages/500 {
			b.Fatalf("%d of %d", len(part.Images), part.Total)
		}
	}
}
