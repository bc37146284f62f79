package notation

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// StoreType is what the certificates of a named store may vouch for.
type StoreType string

// The types of store (trust-store-trust-policy.md, "Trust Store").
const (
	StoreCA               StoreType = "ca"               // who may issue signing certificates
	StoreSigningAuthority StoreType = "signingAuthority" // who may sign for others, and say when
	StoreTSA              StoreType = "tsa"              // who may say when something was signed
)

var storeTypes = []StoreType{StoreCA, StoreSigningAuthority, StoreTSA}

// Anchor is a certificate of a trust store.
type Anchor struct {
	Store       string // "ca:acme-rockets"
	Certificate *x509.Certificate
}

// Store is a trust store that was read. Its zero value holds nobody.
type Store struct {
	anchors map[string][]Anchor // by "type:name"
}

// Bounds on what is read: real stores hold a handful of certificates.
const (
	maxFile    = 1 << 20 // bytes
	maxEntries = 1000    // files and certificates each
)

// ReadStore reads a trust store. dir is the folder that holds truststore/x509, or truststore itself. Everything in it
// must be readable as notation demands: a store that is half understood is refused.
func ReadStore(dir fs.FS) (Store, error) {
	base, err := storeFolder(dir)
	if err != nil {
		return Store{}, err
	}
	s := Store{anchors: map[string][]Anchor{}}
	types, err := fs.ReadDir(dir, base)
	if err != nil {
		return Store{}, fmt.Errorf("read trust store: %w", err)
	}
	count := 0
	for _, t := range types {
		if !slices.Contains(storeTypes, StoreType(t.Name())) {
			return Store{}, fmt.Errorf("read trust store: %q is no type of store (ca, signingAuthority and tsa are)", path.Join(base, t.Name()))
		}
		names, err := fs.ReadDir(dir, path.Join(base, t.Name()))
		if err != nil {
			return Store{}, fmt.Errorf("read trust store: %w", err)
		}
		for _, n := range names {
			if err := s.readNamed(dir, path.Join(base, t.Name(), n.Name()), StoreType(t.Name()), &count); err != nil {
				return Store{}, fmt.Errorf("read trust store: %w", err)
			}
		}
	}
	if count == 0 {
		return Store{}, errors.New("read trust store: there is no certificate in it")
	}
	return s, nil
}

// storeFolder is where the types of stores are listed.
func storeFolder(dir fs.FS) (string, error) {
	for _, base := range []string{"truststore/x509", "x509"} {
		if info, err := fs.Stat(dir, base); err == nil && info.IsDir() {
			return base, nil
		}
	}
	return "", errors.New("read trust store: there is no folder truststore/x509 in it")
}

// readNamed reads the certificates of one named store.
func (s *Store) readNamed(dir fs.FS, folder string, kind StoreType, count *int) error {
	files, err := fs.ReadDir(dir, folder)
	if err != nil {
		return err
	}
	name := string(kind) + ":" + path.Base(folder)
	for _, f := range files {
		file := path.Join(folder, f.Name())
		if !f.Type().IsRegular() {
			return fmt.Errorf("%s is not a regular file; notation takes no links and no folders there", file)
		}
		raw, err := readFile(dir, file)
		if err != nil {
			return err
		}
		certificates, err := parseCertificates(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, c := range certificates {
			if err := usable(kind, c); err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			s.anchors[name] = append(s.anchors[name], Anchor{Store: name, Certificate: c})
		}
		if *count += 1 + len(certificates); *count > 2*maxEntries {
			return fmt.Errorf("it holds more than %d files and certificates", 2*maxEntries)
		}
	}
	return nil
}

func readFile(dir fs.FS, name string) ([]byte, error) {
	f, err := dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read from
	raw, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("%s: larger than %d KiB, which no certificate is", name, maxFile>>10)
	}
	return raw, nil
}

// empty reports whether nobody is in the store.
func (s Store) empty() bool { return len(s.anchors) == 0 }

// named are the certificates of one store.
func (s Store) named(name string) []Anchor { return s.anchors[name] }

// all are the certificates of every store of a type, in order of the stores' names.
func (s Store) all(kind StoreType) []Anchor {
	var names []string
	for name := range s.anchors {
		if strings.HasPrefix(name, string(kind)+":") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Anchor
	for _, name := range names {
		out = append(out, s.anchors[name]...)
	}
	return out
}
