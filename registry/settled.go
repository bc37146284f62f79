package registry

import (
	"os"
	"path/filepath"

	"github.com/attestree/attestree/model"
)

// Settled is a source in a form that means the same in every folder: a path is absolute, and a reference says that it is
// one, so that no file of its name is opened in its place. Standard input has no such form.
func Settled(source string) (string, bool) {
	l, err := locate(source)
	if err != nil {
		return "", false
	}
	if l.form == formReference {
		return "registry:" + l.reference, true
	}
	if l.form == formStdin {
		return "", false
	}
	path, absErr := filepath.Abs(l.path)
	if absErr != nil {
		return "", false
	}
	if prefix := l.prefix(); prefix != "" {
		return prefix + ":" + path + l.suffix(), true
	}
	return path, true
}

// prefix settles what the path is of; "" where its bytes tell.
func (l located) prefix() string {
	switch {
	case l.form == formFolder:
		return "oci"
	case l.reference != "":
		return "archive"
	}
	return l.only
}

func (l located) suffix() string {
	switch {
	case l.reference == "":
		return ""
	case model.Digest(l.reference).Valid():
		return "@" + l.reference
	}
	return ":" + l.reference
}

// Unambiguous is a settled source as a person would write it: "registry:" is left out where nothing here has that name.
func Unambiguous(settled string) string {
	prefix, rest, found := cutPrefix(settled)
	if !found || prefix != "registry" {
		return settled
	}
	if _, err := os.Lstat(rest); err == nil || pathLike(rest) {
		return settled
	}
	if _, _, prefixed := cutPrefix(rest); prefixed || rest == "-" {
		return settled
	}
	return rest
}
