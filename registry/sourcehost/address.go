package sourcehost

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// File names a file of a commit.
type File struct {
	Repository string // URI, e.g. "https://github.com/org/repo"
	Commit     string // full, in hex: names of branches and tags move
	Path       string // relative, with slashes
}

var (
	commitHash = regexp.MustCompile(`^[0-9a-f]{40}([0-9a-f]{24})?$`)
	segment    = regexp.MustCompile(`^[A-Za-z0-9_.~-]{1,100}$`)
)

// maxPath is how many bytes the path of a file may have.
const maxPath = 1024

// check says what is wrong with a file's name, and takes its repository apart: the host, and the path on it.
func (f File) check() (host, repository string, err error) {
	u, err := url.Parse(f.Repository)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", "", fmt.Errorf("the source repository %q is not an https address", f.Repository)
	}
	repository = strings.TrimSuffix(strings.Trim(u.Path, "/"), ".git")
	segments := strings.Split(repository, "/")
	for _, s := range segments {
		if !segment.MatchString(s) || s == "." || s == ".." {
			return "", "", fmt.Errorf("the source repository %q has a path that no repository has", f.Repository)
		}
	}
	if len(segments) < 2 {
		return "", "", fmt.Errorf("the source repository %q names no project", f.Repository)
	}
	if !commitHash.MatchString(f.Commit) {
		return "", "", fmt.Errorf("the commit %q is not a full hash", f.Commit)
	}
	return u.Host, repository, f.checkPath()
}

// checkPath refuses what could name anything but a file of the commit.
func (f File) checkPath() error {
	switch {
	case f.Path == "" || len(f.Path) > maxPath:
		return errors.New("no file is named, or with a name too long")
	case path.IsAbs(f.Path), path.Clean(f.Path) != f.Path, f.Path == ".", f.Path == "..", strings.HasPrefix(f.Path, "../"), strings.ContainsAny(f.Path, "\\\x00"):
		return fmt.Errorf("%q is not a path inside a repository", f.Path)
	}
	return nil
}

// escaped is a path for an address: every segment by itself.
func escaped(p string) string {
	segments := strings.Split(p, "/")
	for i, s := range segments {
		segments[i] = url.PathEscape(s)
	}
	return strings.Join(segments, "/")
}

// raw is where the host of the repository keeps raw files of commits, below base where one is given:
// BASE/OWNER/REPOSITORY/COMMIT/PATH, GitHub's form.
func (f File) raw(base *url.URL) (*url.URL, error) {
	host, repository, err := f.check()
	if err != nil {
		return nil, err
	}
	tail := repository + "/" + f.Commit + "/" + escaped(f.Path)
	switch {
	case base != nil:
		return url.Parse(strings.TrimRight(base.String(), "/") + "/" + tail)
	case host == "github.com" && strings.Count(repository, "/") == 1:
		return url.Parse("https://raw.githubusercontent.com/" + tail)
	case host == "gitlab.com":
		return url.Parse("https://gitlab.com/" + repository + "/-/raw/" + f.Commit + "/" + escaped(f.Path))
	}
	return nil, fmt.Errorf("how %s addresses raw files is not known: name a base address", host)
}
