package aside

import (
	"errors"
	"io"
	"sync"
	"time"
)

const (
	// Large is from how many bytes on something is put aside. What is smaller is not worth a file.
	Large = 4 << 20
	// most is how many bytes lie on a shelf at most; what comes then stays in memory. Nothing is taken off before the
	// program ends, because nobody knows who still reads it.
	most = 1 << 30
)

// Shelf is where large payloads lie. A nil Shelf keeps everything in memory. It is safe for concurrent use.
type Shelf struct {
	folder string

	mu     sync.Mutex
	taken  int64
	mapped [][]byte
	awake  bool      // memory is given back again and again
	until  time.Time // when nobody reads any more, as far as is known

	released time.Time // when memory was given back last
}

// New is a shelf with its files in a folder, which is there or can be made, and is the user's own. Where files cannot be
// mapped, or the folder is "", it is nil.
func New(folder string) *Shelf {
	if !mappable || folder == "" {
		return nil
	}
	return &Shelf{folder: folder}
}

// Read reads size bytes, or as many as there are before r ends. The error is r's: where something cannot be put aside, it
// is read into memory.
func (s *Shelf) Read(r io.Reader, size int64) ([]byte, error) {
	if s == nil || size < Large || !s.take(size) {
		return fill(r, make([]byte, size), 0)
	}
	d, err := newDraft(s.folder)
	if err != nil {
		s.take(-size)
		return fill(r, make([]byte, size), 0)
	}
	defer d.close()
	n, err := d.write(io.LimitReader(r, size))
	if err == nil && n == size {
		if raw, err := d.mapped(size); err == nil {
			s.put(raw)
			return raw, nil
		}
	}
	s.take(-size)
	var unwritten *diskError
	if err != nil && !errors.As(err, &unwritten) {
		return nil, err
	}
	return d.recover(r, size, unwritten)
}

// take counts bytes, unless they are too many.
func (s *Shelf) take(size int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken+size > most {
		return false
	}
	s.taken += size
	return true
}

func (s *Shelf) put(raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mapped = append(s.mapped, raw)
	s.wake()
}

// What has been read stays in memory for about a pause, in which a processor reads some ten million bytes. How long
// somebody reads, once they have begun, is a guess that costs nothing where it is too long; where it is too short, memory
// stays until the next time.
const (
	pause   = time.Millisecond
	reading = 5 * time.Second
)

// Stir says that somebody may read what lies there, for some time from now on. Memory is given back at once, whatever the
// system lets run beside this, and as long as that goes on; nothing is done otherwise. It may be called often.
func (s *Shelf) Stir() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wake()
	s.release()
}

// wake has memory given back for as long as somebody may read.
func (s *Shelf) wake() {
	s.until = time.Now().Add(reading)
	if !s.awake && len(s.mapped) > 0 {
		s.awake = true
		go s.tidy()
	}
}

// tidy gives memory back again and again.
func (s *Shelf) tidy() {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for range ticker.C {
		s.mu.Lock()
		s.release()
		s.awake = time.Now().Before(s.until)
		awake := s.awake
		s.mu.Unlock()
		if !awake {
			return
		}
	}
}

// release gives back the memory of everything that lies there. Whoever reads it next has it again from the file.
func (s *Shelf) release() {
	now := time.Now()
	if now.Sub(s.released) < pause/2 {
		return
	}
	s.released = now
	for _, raw := range s.mapped {
		forget(raw)
	}
}

// fill reads into raw from an offset on, until it is full or r ends. Unlike io.ReadFull it keeps apart what ends early,
// which is no error here, and what breaks off.
func fill(r io.Reader, raw []byte, at int) ([]byte, error) {
	for at < len(raw) {
		n, err := r.Read(raw[at:])
		at += n
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return raw[:at], nil
}
