package registry

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// form is what a source is, as far as its text and the file system tell.
type form int

const (
	formReference form = iota
	formFolder         // an OCI layout
	formFile           // an archive or a document; its bytes tell
	formStdin
)

// located is a source that was told apart.
type located struct {
	form      form
	path      string // of a folder or file
	reference string // a registry reference, or the tag or digest of one entry of a layout
	only      string // "archive" or "file" where a prefix settled it
}

// locate decides what a source is. A prefix settles it; without one an existing path wins, and anything else is a
// registry reference.
func locate(source string) (located, *SourceError) {
	if source == "" {
		return located{}, usage(source, "", "give an image, a layout, an archive or a file", "there is no source")
	}
	if strings.ContainsRune(source, 0) {
		return located{}, usage(source, "", "", "it contains a NUL byte")
	}
	if prefix, rest, found := cutPrefix(source); found {
		return locatePrefixed(source, prefix, rest)
	}
	if source == "-" {
		return located{form: formStdin}, nil
	}
	if info, err := os.Stat(source); err == nil {
		if info.IsDir() {
			return located{form: formFolder, path: source}, nil
		}
		return located{form: formFile, path: source}, nil
	} else if pathLike(source) {
		return locatePath(source, err)
	} else if NamesFile(source) {
		problem := fileError(source, err)
		problem.Hint = "check the path; an image that has such a name is written registry:" + source
		return located{}, problem
	}
	return located{form: formReference, reference: source}, nil
}

// NamesFile reports whether a source without a prefix is plainly the name of a file: it ends as files do, and names neither a
// registry, nor a tag, nor a digest. It does not look whether there is one. Asking the default registry for what was
// mistyped would tell somebody else how files are called here.
func NamesFile(source string) bool {
	if !fileEnding(source) || strings.ContainsAny(source, ":@") {
		return false
	}
	host, _, more := strings.Cut(source, "/")
	return !more || host != "localhost" && !strings.Contains(host, ".")
}

// cutPrefix cuts off what settles doubt. "registry:5000/image" is a host with a port and not a prefix.
func cutPrefix(source string) (prefix, rest string, found bool) {
	prefix, rest, found = strings.Cut(source, ":")
	if !found {
		return "", source, false
	}
	switch prefix {
	case "oci", "archive", "file", "registry":
	default:
		return "", source, false
	}
	if port, _, more := strings.Cut(rest, "/"); more && portLike(port) {
		if _, err := os.Stat(rest); prefix == "registry" || err != nil {
			return "", source, false
		}
	}
	return prefix, rest, true
}

func portLike(s string) bool {
	return s != "" && len(s) <= 5 && strings.Trim(s, "0123456789") == ""
}

func locatePrefixed(source, prefix, rest string) (located, *SourceError) {
	if rest == "" {
		return located{}, usage(source, "", "put the path or reference right after it", "there is nothing after "+prefix+":")
	}
	switch prefix {
	case "registry":
		return located{form: formReference, reference: rest}, nil
	case "oci":
		path, reference := splitLayout(rest)
		return located{form: formFolder, path: path, reference: reference}, nil
	}
	path, reference := rest, ""
	if prefix == "archive" {
		path, reference = splitLayout(rest)
	}
	if path == "-" {
		return located{form: formStdin, reference: reference, only: prefix}, nil
	}
	return located{form: formFile, path: path, reference: reference, only: prefix}, nil
}

// splitLayout splits PATH:TAG or PATH@DIGEST. A path that exists as it stands is not split.
func splitLayout(s string) (path, reference string) {
	if _, err := os.Stat(s); err == nil {
		return s, ""
	}
	if path, digest, found := strings.Cut(s, "@sha"); found {
		path, _ = splitTag(path)
		return path, "sha" + digest
	}
	return splitTag(s)
}

func splitTag(s string) (path, tag string) {
	if _, err := os.Stat(s); err == nil {
		return s, ""
	}
	for i := range s {
		if s[i] == ':' && i > 0 && exists(s[:i]) {
			return s[:i], s[i+1:] // names in archives are whole references: PATH:registry/image:1
		}
	}
	if i := strings.LastIndexByte(s, ':'); i > 0 && !strings.ContainsAny(s[i:], `/\`) {
		return s[:i], s[i+1:]
	}
	return s, ""
}

// pathLike reports whether a source can only be meant as a path.
func pathLike(source string) bool {
	return source == "." || source == ".." || filepath.IsAbs(source) || strings.HasSuffix(source, "/") ||
		strings.HasPrefix(source, "./") || strings.HasPrefix(source, "../") || strings.HasPrefix(source, "~")
}

// locatePath is for a path that does not exist as it stands: it may be a layout with a tag or digest behind.
func locatePath(source string, err error) (located, *SourceError) {
	path, reference := splitLayout(source)
	if info, statErr := os.Stat(path); statErr == nil && reference != "" {
		if info.IsDir() {
			return located{form: formFolder, path: path, reference: reference}, nil
		}
		return located{form: formFile, path: path, reference: reference, only: "archive"}, nil
	}
	return located{}, fileError(source, err)
}

func usage(source, tried, hint, problem string) *SourceError {
	return &SourceError{Source: source, Kind: KindUsage, Tried: tried, Hint: hint, Err: failed(KindUsage, "%s", problem)}
}

// fileError says why a path could not be read.
func fileError(source string, err error) *SourceError {
	f := pathFailure(err)
	hint := ""
	if f.kind == KindNotFound {
		hint = "check the path"
	}
	return &SourceError{Source: source, Kind: f.kind, Tried: "a path", Hint: hint, Err: f}
}

// pathFailure is why something in a file system could not be had.
func pathFailure(err error) *failure {
	f := asFailure(err)
	switch {
	case f.kind != KindUnreachable:
		return f
	case errors.Is(err, fs.ErrNotExist):
		return failed(KindNotFound, "it does not exist")
	case errors.Is(err, fs.ErrPermission):
		return failed(KindDenied, "it may not be read: permission denied")
	}
	return failed(KindBroken, "%s", damage(err))
}
