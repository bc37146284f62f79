package trust

import (
	"fmt"
	"path"
	"strings"
)

// checkScope says what is wrong with an image pattern.
func checkScope(pattern string) error {
	if strings.Trim(pattern, "*/") == "" {
		return fmt.Errorf("image pattern %q matches everything: leave images out to say so", pattern)
	}
	if strings.ContainsAny(pattern, "@ ") {
		return fmt.Errorf("image pattern %q: give registry/repository, without tag or digest", pattern)
	}
	for _, part := range strings.Split(pattern, "/") {
		if _, err := path.Match(part, ""); err != nil {
			return fmt.Errorf("image pattern %q: %w", pattern, err)
		}
	}
	return nil
}

// inScope reports whether a normalised "registry/repository" matches one of the patterns. Without patterns everything
// does, even a file; with patterns nothing without a repository does.
func inScope(repository string, patterns []string) bool {
	if len(patterns) == 0 {
		return true
	}
	if repository == "" {
		return false
	}
	for _, pattern := range patterns {
		if matchParts(strings.Split(pattern, "/"), strings.Split(repository, "/")) {
			return true
		}
	}
	return false
}

// matchParts matches path by path element: "*" within one, "**" any number of them.
func matchParts(pattern, name []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for skip := 0; skip <= len(name); skip++ {
				if matchParts(pattern[1:], name[skip:]) {
					return true
				}
			}
			return false
		}
		if len(name) == 0 {
			return false
		}
		if ok, err := path.Match(pattern[0], name[0]); err != nil || !ok {
			return false
		}
		pattern, name = pattern[1:], name[1:]
	}
	return len(name) == 0
}
