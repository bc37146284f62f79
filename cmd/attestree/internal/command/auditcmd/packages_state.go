package auditcmd

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model/pkg"
)

// coverageState is what was found out of packages, one JSON object a line: it is added to as answers come, so that an
// interrupted run goes on where it stopped. Its zero value keeps nothing.
type coverageState struct {
	trust string // what verdicts rest on

	mu     sync.Mutex
	file   *os.File
	rows   map[string]pkg.Row
	reused int
}

// keptFor is how long an answer counts. A version that was published does not change, but attestations may be added.
const keptFor = 7 * 24 * time.Hour

// maxState is the largest state that is read, in bytes.
const maxState = 64 << 20

// stateLine is one line. The key says by what the row was judged. A disk that has changed a bit of either must not answer
// for a package, so there is a sum over both.
type stateLine struct {
	Key string          `json:"key"`
	Row json.RawMessage `json:"row"`
	Sum string          `json:"sum"`
}

func (l stateLine) sum() string { return digestOf(l.Key, string(l.Row)) }

// openState reads what is kept. What cannot be read or written costs requests and no answer.
func openState(a *run.App, c *coverage) *coverageState {
	s := &coverageState{trust: c.fingerprint(), rows: map[string]pkg.Row{}}
	if a.Keeping.Off || a.CacheFolder == "" {
		return s
	}
	folder := filepath.Join(filepath.Dir(a.CacheFolder), "packages")
	if os.MkdirAll(folder, 0o700) != nil {
		return s
	}
	name := filepath.Join(folder, "coverage.jsonl")
	raw, err := userfile.ReadRegular(name, maxState)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, userfile.ErrTooLarge) {
		return s
	}
	s.read(raw)
	if f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600); err == nil {
		s.file = f
		if len(raw) > 0 && !bytes.HasSuffix(raw, []byte("\n")) {
			_, _ = f.WriteString("\n") // a run was killed in the middle of a line; the next one has a line of its own
		}
	}
	return s
}

// read takes every line that is whole.
func (s *coverageState) read(raw []byte) {
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l stateLine
		var row pkg.Row
		if json.Unmarshal(lines.Bytes(), &l) == nil && l.Key != "" && l.Sum == l.sum() && json.Unmarshal(l.Row, &row) == nil {
			s.rows[l.Key] = row
		}
	}
}

// key is what an answer is kept under: the package, where it is asked about, what its specification says of it, and what
// it was judged by.
func (s *coverageState) key(r pkg.Row, t ecosystem.Target, address string) string {
	said, err := json.Marshal(t.Claim)
	if err != nil {
		return ""
	}
	return digestOf(r.Package, address, string(said), s.trust)
}

// known is what was found out lately.
func (s *coverageState) known(key string, now time.Time) (pkg.Row, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, found := s.rows[key]
	age := now.Sub(r.At)
	if !found || age < 0 || age > keptFor {
		return pkg.Row{}, false
	}
	s.reused++
	return r, true
}

// keep adds an answer.
func (s *coverageState) keep(key string, r pkg.Row) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil || key == "" {
		return
	}
	err := s.write(key, r)
	if err != nil {
		_ = s.file.Close() // nothing more can be kept
		s.file = nil
	}
}

func (s *coverageState) write(key string, r pkg.Row) error {
	row, err := json.Marshal(r)
	if err != nil {
		return err
	}
	l := stateLine{Key: key, Row: row}
	l.Sum = l.sum()
	line, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = s.file.Write(append(line, '\n'))
	return err
}

func (s *coverageState) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file != nil && errors.Is(s.file.Sync(), os.ErrClosed) {
		return
	}
	if s.file != nil {
		_ = s.file.Close() // what was written is written
	}
}

// note says how much was not asked again.
func (s *coverageState) note() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reused == 0 {
		return ""
	}
	return fmt.Sprintf("%d answered from an earlier run (--no-cache asks again)", s.reused)
}

// fingerprint is what verdicts rest on: program, roots, keys, whom the reader trusts today, and as of when.
func (c *coverage) fingerprint() string {
	parts := []string{c.a.Version, c.places.Keys.SHA256, fmt.Sprint(c.flags.Provenance), c.a.Flags.At}
	for _, r := range c.trust.Roots() {
		parts = append(parts, r.SHA256)
	}
	for _, signer := range c.trust.Signers() {
		parts = append(parts, fmt.Sprint(!signer.Expires.IsZero() && c.a.Now().After(signer.Expires)))
	}
	signers, err := json.Marshal(c.trust.Signers())
	if err != nil {
		signers = []byte(c.a.Now().String()) // nothing is taken for the same
	}
	return digestOf(append(parts, string(signers))...)
}

// digestOf is one name for several texts.
func digestOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d:%s,", len(p), p) // a hash takes everything
	}
	return hex.EncodeToString(h.Sum(nil))
}
