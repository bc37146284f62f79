package cache

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
)

const space = "registry.example/a/b"

var content = []byte("some content")

func digestOf(raw []byte) model.Digest { return model.DigestOf(raw) }

// files are the regular files below a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != countFile {
			names = append(names, path)
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return names
}

func TestWhatIsPutIsThereForTheNextProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	Open(dir, 0).Put(space, digestOf(content), content)
	if got := Open(dir, 0).Get(space, digestOf(content), 1000); !bytes.Equal(got, content) {
		t.Errorf("got %q", got)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v (%v), want it for its owner alone", info.Mode(), err)
	}
}

func TestWhatOneRepositoryBroughtIsNotSeenByAnother(t *testing.T) {
	c := Open(t.TempDir(), 0)
	c.Put(space, digestOf(content), content)
	if c.Get("registry.example/c/d", digestOf(content), 1000) != nil {
		t.Error("another repository was given it")
	}
}

func TestContentThatIsNotItsDigestIsNeitherKeptNorGiven(t *testing.T) {
	c := Open(t.TempDir(), 0)
	c.Put(space, digestOf([]byte("other")), content)
	if got := files(t, c.dir); len(got) > 0 {
		t.Errorf("kept %q", got)
	}
}

func TestEveryFlippedBitIsFoundOutAndRemoved(t *testing.T) {
	c := Open(t.TempDir(), 0)
	for bit := range 8 * len(content) {
		c.Put(space, digestOf(content), content)
		path := files(t, c.dir)[0]
		flipped := bytes.Clone(content)
		flipped[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if c.Get(space, digestOf(content), 1000) != nil {
			t.Fatalf("content with bit %d flipped was given", bit)
		}
		if left := files(t, c.dir); len(left) > 0 {
			t.Fatalf("content with bit %d flipped is still there", bit)
		}
	}
}

func TestEveryFlippedBitOfARecordIsFoundOut(t *testing.T) {
	c := Open(t.TempDir(), 0)
	type thing struct{ Realm string }
	c.Remember("x", thing{"https://token.example"})
	path := files(t, c.dir)[0]
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range 8 * len(good) {
		flipped := bytes.Clone(good)
		flipped[bit/8] ^= 1 << (bit % 8)
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		var got thing
		if c.Recall("x", &got) {
			t.Fatalf("a record with bit %d flipped was believed: %+v", bit, got)
		}
	}
}

func TestARecordInThePlaceOfAnotherIsNotBelieved(t *testing.T) {
	c := Open(t.TempDir(), 0)
	c.Remember("mine", "a")
	c.Remember("theirs", "b")
	raw, err := os.ReadFile(filepath.Join(c.dir, recordName("theirs")))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(c.dir, recordName("mine")), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	var got string
	if c.Recall("mine", &got) {
		t.Errorf("believed %q", got)
	}
	c.Remember("mine", "again")
	if !c.Recall("mine", &got) || got != "again" {
		t.Errorf("remembered %q, want again", got)
	}
	c.Forget("mine")
	if c.Recall("mine", &got) {
		t.Error("forgotten, and still there")
	}
}

func TestContentCutShortIsFoundOut(t *testing.T) {
	c := Open(t.TempDir(), 0)
	for keep := range content {
		c.Put(space, digestOf(content), content)
		if err := os.Truncate(files(t, c.dir)[0], int64(keep)); err != nil {
			t.Fatal(err)
		}
		if c.Get(space, digestOf(content), 1000) != nil {
			t.Fatalf("the first %d bytes were given", keep)
		}
	}
}

func TestSomethingElseInThePlaceOfAFileIsAbsent(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, content, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, place := range map[string]func(path string) error{
		"a folder":                func(path string) error { return os.MkdirAll(path, 0o700) },
		"a link out of the cache": func(path string) error { return os.Symlink(secret, path) },
		"a link to itself":        func(path string) error { return os.Symlink(path, path) },
	} {
		t.Run(name, func(t *testing.T) {
			c := Open(t.TempDir(), 0)
			path := filepath.Join(c.dir, contentName(space, digestOf(content)))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := place(path); err != nil {
				t.Fatal(err)
			}
			if c.Get(space, digestOf(content), 1000) != nil {
				t.Error("it was read")
			}
			c.Put(space, digestOf(content), content)
			if c.Problem() != nil || c.Get(space, digestOf(content), 1000) == nil {
				t.Errorf("it stayed in the way: %v", c.Problem())
			}
		})
	}
	if got, err := os.ReadFile(secret); err != nil || !bytes.Equal(got, content) {
		t.Errorf("what the link led to is %q now (%v)", got, err)
	}
}

func TestWhatWasUsedLongestAgoGoesFirst(t *testing.T) {
	now := time.Now().Add(-1000 * time.Hour) // files are new when they are made
	c := Open(t.TempDir(), 4<<20)
	c.now = func() time.Time { return now }
	blob := func(i int) []byte { return bytes.Repeat(fmt.Appendf(nil, "%4d", i), 16<<10) } // 64 KiB
	first := digestOf(blob(0))
	for i := range 200 {
		now = now.Add(2 * time.Hour)
		c.Put(space, digestOf(blob(i)), blob(i))
		c.used(contentName(space, digestOf(blob(i))), time.Time{})
		if c.Get(space, first, 1<<20) == nil {
			t.Fatalf("what is used all the time went after %d", i)
		}
	}
	info, err := c.Info()
	if err != nil || info.Bytes > c.limit || info.Bytes < c.limit/2 {
		t.Errorf("%d bytes are kept, want nearly the limit %d and not more (%v)", info.Bytes, c.limit, err)
	}
	if c.Get(space, digestOf(blob(199)), 1<<20) == nil || c.Get(space, digestOf(blob(1)), 1<<20) != nil {
		t.Error("the last one is to be there and the second one not")
	}
}

func TestUnfinishedFilesAreSweptWhenNobodyFinishesThem(t *testing.T) {
	c := Open(t.TempDir(), 0)
	c.Put(space, digestOf(content), content)
	for name, age := range map[string]time.Duration{"old": 2 * abandoned, "new": 0} {
		path := filepath.Join(c.dir, unfinished, name)
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, time.Time{}, time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	c.sweep()
	if _, err := os.Stat(filepath.Join(c.dir, unfinished, "old")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the old one is still there")
	}
	if _, err := os.Stat(filepath.Join(c.dir, unfinished, "new")); err != nil {
		t.Error("the new one is gone while somebody may be writing it")
	}
}

// broken is a disk on which one operation fails.
type broken struct {
	disk
	reads, writes error
	tries         int
}

func (b *broken) read(name string, limit int64, s *aside.Shelf) ([]byte, time.Time, error) {
	if b.reads != nil {
		return nil, time.Time{}, b.reads
	}
	return b.disk.read(name, limit, s)
}

func (b *broken) write(name string, raw []byte, s *aside.Shelf) error {
	b.tries++
	if b.writes != nil {
		return b.writes
	}
	return b.disk.write(name, raw, s)
}

func TestADiskThatFailsKeepsNothingAndSaysWhyOnce(t *testing.T) {
	for name, problem := range map[string]error{"full": syscall.ENOSPC, "read-only": syscall.EROFS, "not ours": syscall.EACCES, "broken": syscall.EIO} {
		t.Run(name, func(t *testing.T) {
			b := &broken{disk: &folder{path: t.TempDir()}, writes: problem}
			c := Open("somewhere", 0)
			c.disk = b
			for range 10 {
				c.Put(space, digestOf(content), content)
				c.Remember("x", 1)
			}
			if !errors.Is(c.Problem(), problem) || b.tries != 1 {
				t.Errorf("the problem is %v after %d tries, want %v after one", c.Problem(), b.tries, problem)
			}
			b.writes, b.reads = nil, problem
			if c.Get(space, digestOf(content), 1000) != nil {
				t.Error("something was read from a disk that cannot be read")
			}
			c.Close()
		})
	}
}

func TestAFolderThatCannotBeMadeIsAProblemAndNoMore(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := Open(filepath.Join(file, "cache"), 0)
	c.Put(space, digestOf(content), content)
	if c.Problem() == nil || c.Get(space, digestOf(content), 1000) != nil {
		t.Errorf("problem %v", c.Problem())
	}
}

func TestClearRemovesWhatIsOursAlone(t *testing.T) {
	c := Open(t.TempDir(), 0)
	c.Put(space, digestOf(content), content)
	c.Remember("x", 1)
	c.Close()
	theirs := filepath.Join(c.dir, "theirs")
	if err := os.WriteFile(theirs, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Clear(); err != nil {
		t.Fatal(err)
	}
	if left := files(t, c.dir); !slices.Equal(left, []string{theirs}) {
		t.Errorf("left are %q", left)
	}
	if err := Open(filepath.Join(c.dir, "none"), 0).Clear(); err != nil {
		t.Errorf("a cache that is not there cannot be cleared: %v", err)
	}
}

func TestNoCacheHoldsNothingAndTakesNothing(t *testing.T) {
	var c *Cache
	c.Put(space, digestOf(content), content)
	c.Remember("x", 1)
	c.Forget("x")
	c.Close()
	if c.Get(space, digestOf(content), 1000) != nil || c.Recall("x", new(int)) || c.Problem() != nil {
		t.Error("it holds something")
	}
}

// FuzzRecord checks that whatever is in a record's file, only what was written is believed.
func FuzzRecord(f *testing.F) {
	f.Add([]byte(""))
	f.Add([]byte("0\n{}"))
	f.Add(append(append(checksum("x", []byte(`"y"`)), '\n'), []byte(`"y"`)...))
	dir := f.TempDir()
	c := Open(dir, 0)
	c.Remember("x", "y")
	f.Fuzz(func(t *testing.T, raw []byte) {
		if err := os.WriteFile(filepath.Join(dir, recordName("x")), raw, 0o600); err != nil {
			t.Fatal(err)
		}
		var got string
		if c.Recall("x", &got) && !bytes.Equal(raw, append(append(checksum("x", []byte(`"`+got+`"`)), '\n'), []byte(`"`+got+`"`)...)) {
			t.Fatalf("%q was believed as %q", raw, got)
		}
	})
}

func BenchmarkGet(b *testing.B) {
	c := Open(b.TempDir(), 0)
	raw := bytes.Repeat([]byte("attested"), 1<<10)
	c.Put(space, digestOf(raw), raw)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if c.Get(space, digestOf(raw), 1<<20) == nil {
			b.Fatal("it is gone")
		}
	}
}
