package tuf

import (
	"slices"
	"testing"
)

// FuzzNothingIsProvenButWhatWasPublished writes over, or puts into, one of the files that vouch for a trusted root. Whatever
// they are then, nothing is proven but that.
func FuzzNothingIsProvenButWhatWasPublished(f *testing.F) {
	repository, _, good, want := kept(f)
	in := repository.instance()
	good.Roots = slices.Concat([][]byte{repository.Anchor()}, good.Roots) // one that is left out, one that counts
	if s, err := authenticate(in, good); err != nil || len(good.Roots) != 2 || !same(s, want) {
		f.Fatalf("%d roots, %+v, %v", len(good.Roots), s, err)
	}
	f.Add(uint8(0), uint16(0), uint16(0), []byte(nil))
	f.Add(uint8(1), uint16(300), uint16(1), []byte("9"))
	f.Add(uint8(2), uint16(0), uint16(65535), []byte("{}"))
	f.Add(uint8(3), uint16(1), uint16(0), []byte(`"signed":{"_type":"targets"},`))
	f.Add(uint8(3), uint16(0), uint16(65535), trustedRoot(f, true))
	f.Add(uint8(4), uint16(0), uint16(0), []byte(`{"signed":{"version":1}}`))
	f.Add(uint8(5), uint16(12), uint16(2), []byte("null"))
	f.Fuzz(func(t *testing.T, which uint8, at, length uint16, patch []byte) {
		r := good
		r.Roots = slices.Clone(good.Roots)
		parts := []*[]byte{&r.Timestamp, &r.Snapshot, &r.Targets, &r.Target, &r.Roots[0], &r.Roots[1]}
		part := parts[int(which)%len(parts)]
		from := min(int(at), len(*part))
		to := min(from+int(length), len(*part))
		*part = slices.Concat((*part)[:from], patch, (*part)[to:])
		r.Length, r.SHA256 = int64(len(r.Target)), sum(r.Target)
		if s, err := authenticate(in, r); err == nil && !same(s, want) {
			t.Fatalf("proves %+v", s)
		}
	})
}

// What every run pays for at its start, once there was an update.
func BenchmarkCached(b *testing.B) {
	r := newRepository(b, trustedRoot(b, false))
	o := r.place()
	o.Root = r.Anchor()
	if _, _, err := Update(b.Context(), o); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, found, err := Cached(o.Dir); err != nil || !found {
			b.Fatal(found, err)
		}
	}
}
