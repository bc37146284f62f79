package registry

import (
	"errors"
	"fmt"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// reference is a parsed registry reference.
type reference struct {
	repo   name.Repository
	tag    string       // "" if only a digest was given
	digest model.Digest // "" if only a tag was given
}

// identifier is what the root's manifest is asked by: the digest where there is one.
func (r reference) identifier() string {
	if r.digest != "" {
		return string(r.digest)
	}
	return r.tag
}

// parseReference reads "registry/repository[:tag][@digest]" as docker does: without a registry it is docker.io, without
// tag and digest it is the tag latest.
func parseReference(s string, plainHTTP bool) (reference, error) {
	var options []name.Option
	if plainHTTP {
		options = append(options, name.Insecure)
	}
	if strings.Contains(s, "://") {
		return reference{}, errors.New("a reference has no https:// in front")
	}
	for _, digest := range []string{s, "sha256:" + s} {
		if model.Digest(digest).Valid() {
			return reference{}, errors.New("a digest alone does not say where to look: write registry/repository@" + digest)
		}
	}
	base, digest, pinned := strings.Cut(s, "@")
	var r reference
	if pinned && strings.Contains(digest, "/") {
		return reference{}, errors.New("a reference has no user or password in front: docker login keeps them")
	}
	if pinned {
		d, err := model.ParseDigest(digest)
		if err != nil {
			return reference{}, err
		}
		r.digest = d
	}
	tag, err := name.NewTag(base, options...)
	if err != nil {
		return reference{}, nameProblem(s, err)
	}
	r.repo = tag.Context()
	if tagged := strings.LastIndex(base, ":") > strings.LastIndex(base, "/"); tagged || !pinned {
		r.tag = tag.TagStr()
	}
	return r, nil
}

func nameProblem(s string, err error) error {
	if s != strings.ToLower(s) {
		return errors.New("not a reference: repository names are in lower case")
	}
	return fmt.Errorf("not a reference: %w", err)
}

// normalName is "registry/repository" as a person writes it.
func normalName(repo name.Repository) string {
	registry := repo.RegistryStr()
	if registry == name.DefaultRegistry {
		registry = "docker.io"
	}
	return registry + "/" + repo.RepositoryStr()
}

// Repository is the normalised "registry/repository" of a reference: with docker.io and library/ written out, without
// tag and digest. Policies and scopes are compared with it.
func Repository(s string) (string, error) {
	r, err := parseReference(s, false)
	if err != nil {
		return "", fmt.Errorf("parse reference %q: %w", fetch.WithoutUser(s), err)
	}
	return normalName(r.repo), nil
}
