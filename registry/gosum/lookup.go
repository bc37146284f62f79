package gosum

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"golang.org/x/mod/sumdb"

	"github.com/attestree/attestree/registry/fetch"
)

// maxAnswer bounds one answer of a database, in bytes: a record, or a tile of its tree.
const maxAnswer = 1 << 20

// ErrUnknown says that the database has no record of the version.
var ErrUnknown = errors.New("the checksum database has no record of it")

// Lookup is what the database records of a version: the hash of its content ("h1:…"), proven to be in the tree that the
// database signed.
func Lookup(ctx context.Context, c *fetch.Client, db Database, path, version string) (hash string, err error) {
	o := &ops{ctx: ctx, client: c, db: db, files: map[string][]byte{}}
	lines, err := sumdb.NewClient(o).Lookup(path, version)
	switch {
	case o.broken != "":
		return "", fmt.Errorf("the checksum database %s contradicts itself: %s", db.Name, o.broken)
	case o.missing:
		return "", ErrUnknown
	case o.trouble != nil:
		return "", o.trouble
	case err != nil:
		return "", fmt.Errorf("the answer of the checksum database %s cannot be proven: %w", db.Name, err)
	}
	for _, line := range lines {
		if fields := strings.Fields(line); len(fields) == 3 && fields[0] == path && fields[1] == version {
			return fields[2], nil
		}
	}
	return "", ErrUnknown
}

// ops are what the client of x/mod works with. Nothing is kept beyond one look-up.
type ops struct {
	ctx    context.Context
	client *fetch.Client
	db     Database

	mu      sync.Mutex
	files   map[string][]byte
	broken  string // a proof that does not hold
	missing bool   // the record is not there
	trouble error
}

// ReadRemote asks the database.
func (o *ops) ReadRemote(path string) ([]byte, error) {
	raw, err := o.client.Get(o.ctx, fetch.Request{URL: o.db.URL.JoinPath(path), Limit: maxAnswer})
	if err != nil {
		o.mu.Lock()
		defer o.mu.Unlock()
		if o.missing = o.missing || strings.HasPrefix(path, "/lookup/") && fetch.Is(err, fetch.NotFound); !o.missing {
			o.trouble = err
		}
	}
	return raw, err
}

// ReadConfig has the key, and a signed tree once one was seen.
func (o *ops) ReadConfig(file string) ([]byte, error) {
	if file == "key" {
		return []byte(o.db.Key), nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.files[file], nil
}

// WriteConfig remembers the newest signed tree.
func (o *ops) WriteConfig(file string, old, latest []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if string(o.files[file]) != string(old) {
		return sumdb.ErrWriteConflict
	}
	o.files[file] = latest
	return nil
}

// ReadCache has nothing.
func (o *ops) ReadCache(string) ([]byte, error) { return nil, fs.ErrNotExist }

// WriteCache keeps nothing.
func (o *ops) WriteCache(string, []byte) {}

// Log is silent.
func (o *ops) Log(string) {}

// SecurityError is told where a proof does not hold.
func (o *ops) SecurityError(msg string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.broken, _, _ = strings.Cut(msg, "\n")
}
