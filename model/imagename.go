package model

import "strings"

// NamesImage reports whether a subject's name is a registry and a repository; other names are labels of any kind.
func NamesImage(name string) bool {
	host, rest, found := strings.Cut(name, "/")
	return found && rest != "" && !strings.Contains(name, "://") && (strings.ContainsAny(host, ".:") || host == "localhost")
}

// ImageRepository cuts tag and digest from an image name and writes Docker Hub's names in full, as Evidence's
// Repository is written.
func ImageRepository(name string) string {
	name, _, _ = strings.Cut(name, "@")
	if slash, colon := strings.LastIndex(name, "/"), strings.LastIndex(name, ":"); colon > slash {
		name = name[:colon]
	}
	host, rest, found := strings.Cut(name, "/")
	switch {
	case !found:
		return "docker.io/library/" + name
	case !strings.ContainsAny(host, ".:") && host != "localhost":
		return "docker.io/" + name
	case host == "index.docker.io":
		host = "docker.io"
	}
	if host == "docker.io" && !strings.Contains(rest, "/") {
		rest = "library/" + rest
	}
	return host + "/" + rest
}
