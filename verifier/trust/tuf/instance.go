package tuf

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"regexp"

	"github.com/adrg/xdg"
	sigstore "github.com/sigstore/sigstore-go/pkg/tuf"

	"github.com/attestree/attestree/verifier/trust"
)

// stagingName is the instance that Sigstore tries changes on before they reach the public-good one. Nobody should trust what
// it signs, but a signature of it that was made by mistake is best explained by its root. This program knows where it
// publishes and its initial root.json, and carries no trusted root of it.
const stagingName = "staging"

// embeddedVersion is the version of the targets role that lists the trusted root which this program carries.
const embeddedVersion = 14

// instance is one Sigstore instance whose trusted root is distributed by TUF.
type instance struct {
	name   string
	mirror string // where it publishes; "" for a private instance
	anchor []byte // root.json that all else is authenticated from; nil for a private instance until its cache is read

	// What the program carries of it; nothing but for the public-good instance.
	floor   int64          // version of the targets role, the oldest that is accepted
	sha256  string         // of the trusted root, hex
	date    string         // of the trusted root, yyyy-mm-dd
	carried []trust.Member // of the trusted root
}

// known is the instance of that name, as far as this program knows it.
func known(name string) (instance, error) {
	if err := CheckName(name); err != nil {
		return instance{}, err
	}
	switch name {
	case trust.PublicGoodName:
	case stagingName:
		return instance{name: name, mirror: sigstore.StagingMirror, anchor: sigstore.StagingRoot()}, nil
	default:
		return instance{name: name}, nil
	}
	embedded, err := trust.PublicGood()
	if err != nil {
		return instance{}, err
	}
	return instance{
		name: name, mirror: sigstore.DefaultMirror, anchor: sigstore.DefaultRoot(), floor: embeddedVersion,
		sha256: embedded.Info.SHA256, date: embedded.Info.Date, carried: embedded.Members(),
	}, nil
}

// plain names become folders.
var plain = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,63}$`)

// CheckName accepts what can be the name of an instance.
func CheckName(name string) error {
	if !plain.MatchString(name) {
		return fmt.Errorf("%q is no name for a trusted root: want lower-case letters, digits, dots, dashes and underscores", name)
	}
	return nil
}

// Folder is where the instance of that name is cached: attestree/tuf/NAME in the user's cache folder. It is a relative path,
// of which nothing is read or written, where the user has none.
func Folder(name string) string { return filepath.Join(xdg.CacheHome, "attestree", "tuf", name) }

// checkFolder accepts absolute paths only: what lies in the current folder is somebody else's and never decides.
func checkFolder(dir string) error {
	if !filepath.IsAbs(dir) {
		return because(fs.ErrNotExist, "there is no cache folder: HOME, or XDG_CACHE_HOME, is no absolute path")
	}
	return nil
}

// CheckMirror accepts what can be the address of a mirror.
func CheckMirror(address string) error {
	_, err := parseMirror(address)
	return err
}

// parseMirror accepts the address of a mirror. Plain HTTP is up to the reader, who named it: TUF needs no secrecy.
func parseMirror(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("the mirror's address must begin with https:// or http://")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the mirror's address must have no user, query or fragment")
	}
	return u, nil
}
