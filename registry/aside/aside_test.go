package aside

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/attestree/attestree/model"
)

// payload is so many bytes that are not all alike.
func payload(size int) []byte {
	raw := make([]byte, size)
	for i := range raw {
		raw[i] = byte(i >> 8 * 31)
	}
	return raw
}

func TestWhatIsReadIsThereWhateverItsSize(t *testing.T) {
	for name, size := range map[string]int{"nothing": 0, "little": 10, "almost large": Large - 1, "large": Large, "larger": 3*Large + 17} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "made", "when needed")
			s, want := New(folder), payload(size)
			for _, rest := range []string{"", "what comes after it"} {
				r := io.MultiReader(bytes.NewReader(want), bytes.NewReader([]byte(rest)))
				got, err := s.Read(r, int64(size))
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("read %d bytes (%v), want %d", len(got), err, size)
				}
				if left, err := io.ReadAll(r); err != nil || string(left) != rest {
					t.Errorf("%q is left (%v), want %q", left, err, rest)
				}
			}
			if entries, _ := os.ReadDir(folder); len(entries) > 0 {
				t.Errorf("%v has a name", entries)
			}
		})
	}
}

func TestWithoutAShelfEverythingStaysInMemory(t *testing.T) {
	want := payload(Large)
	for name, s := range map[string]*Shelf{
		"none":                         nil,
		"no folder":                    New(""),
		"a folder that cannot be made": New(filepath.Join(os.DevNull, "x")),
		"a full one":                   {folder: t.TempDir(), taken: most},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := s.Read(bytes.NewReader(want), Large)
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("read %d bytes (%v)", len(got), err)
			}
			got[0]++ // what is mapped cannot be written to
			s.Stir()
		})
	}
}

func TestWhatEndsEarlyIsShortAndWhatBreaksOffIsAnError(t *testing.T) {
	s, half := New(t.TempDir()), payload(Large/2)
	if got, err := s.Read(bytes.NewReader(half), Large); err != nil || !bytes.Equal(got, half) {
		t.Errorf("read %d bytes (%v), want half", len(got), err)
	}
	for _, broken := range []error{errors.New("gone"), io.ErrUnexpectedEOF} {
		for name, s := range map[string]*Shelf{"on a shelf": s, "in memory": nil} {
			r := io.MultiReader(bytes.NewReader(half), iotest.ErrReader(broken))
			if _, err := s.Read(r, Large); !errors.Is(err, broken) {
				t.Errorf("%s: %v, want %v", name, err, broken)
			}
		}
	}
	if s.taken != 0 {
		t.Errorf("%d bytes count that are not there", s.taken)
	}
}

func TestWhatADiskDoesNotTakeIsReadIntoMemory(t *testing.T) {
	want := payload(Large)
	for name, taken := range map[string]int{"nothing of it": 0, "some": 1000, "almost all": Large - 1} {
		t.Run(name, func(t *testing.T) {
			d, err := newDraft(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer d.close()
			if _, err := d.file.Write(want[:taken]); err != nil {
				t.Fatal(err)
			}
			refused := min(500, Large-taken) // had been read when the disk was full
			r := bytes.NewReader(want[taken+refused:])
			got, err := d.recover(r, Large, &diskError{want[taken : taken+refused], io.ErrShortWrite})
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("read %d bytes (%v), want %d", len(got), err, len(want))
			}
		})
	}
}

func TestADiskThatRefusesSaysWhatItDidNotTake(t *testing.T) {
	d, err := newDraft(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d.close() // every write fails
	_, err = d.write(bytes.NewReader(payload(1000)))
	var refused *diskError
	if !errors.As(err, &refused) || !bytes.Equal(refused.rest, payload(1000)) || !errors.Is(err, os.ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestADigestIsThatOfAllBytes(t *testing.T) {
	raw := payload(2*Large + 17)
	other := bytes.Clone(raw)
	other[len(other)-1]++
	for _, s := range []*Shelf{nil, New(t.TempDir())} {
		for _, algorithm := range []string{"sha256", "sha512"} {
			if d := model.Compute(algorithm, raw); !s.Matches(d, raw) || s.Matches(d, other) || s.Matches(d, raw[1:]) {
				t.Errorf("%s is not that of all bytes and of nothing else", algorithm)
			}
		}
		for _, bad := range []model.Digest{"", "md5:00", "sha256:00"} {
			if s.Matches(bad, raw) {
				t.Errorf("%q matches", bad)
			}
		}
		var again []byte
		for block := range s.Blocks(raw) {
			again = append(again, block...)
		}
		if !bytes.Equal(again, raw) {
			t.Error("the blocks are not the bytes")
		}
	}
}

func TestReadersAtOnceSeeTheSameBytesWhileMemoryGoesBack(t *testing.T) {
	s, want := New(t.TempDir()), payload(2*Large)
	raw, err := s.Read(bytes.NewReader(want), int64(len(want)))
	if err != nil {
		t.Fatal(err)
	}
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 20 {
				s.Stir()
				if !bytes.Equal(raw, want) {
					t.Error("other bytes")
				}
			}
		})
	}
	readers.Wait()
}
