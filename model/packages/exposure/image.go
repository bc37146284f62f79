package exposure

import (
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
)

// Image is what VEX documents may call the image that all is attached to.
type Image struct {
	Digests    []model.Digest // of the image, and of the indexes that hold it
	Repository string         // "registry/repository" as it was asked for, "" if there is none
}

// has reports whether a digest is the image's.
func (m Image) has(digest string) bool { return slices.Contains(m.Digests, model.Digest(digest)) }

// is reports whether a product is shown to be the image: by its digest wherever that stands, else by the repository's
// name in a package URL that has no digest (purl-spec, types oci and docker).
func (m Image) is(p product) bool {
	return slices.ContainsFunc(p.digests, m.has) || slices.ContainsFunc(p.names, m.named)
}

// named reports whether an identifier is that of the image.
func (m Image) named(id identifier) bool {
	if !id.isPURL {
		at := strings.LastIndexByte(id.text, '@') // a reference, or a mere digest
		return m.has(id.text[at+1:])
	}
	u := id.purl
	if u.Type != "oci" && u.Type != "docker" {
		return false
	}
	if strings.Contains(u.Version, ":") {
		return m.has(u.Version)
	}
	if u.Version != "" || m.Repository == "" { // a tag moves: what it named is not known
		return false
	}
	if repository := u.Qualifier("repository_url"); repository != "" {
		return repository == m.Repository || repository+"/"+u.Name == m.Repository
	}
	if u.Type == "docker" {
		return strings.TrimPrefix(u.Package, "docker/") == m.Repository
	}
	return u.Name == strings.ToLower(m.Repository[strings.LastIndexByte(m.Repository, '/')+1:])
}

// subject is what a claim is held against: one package of the image, or the image.
type subject struct {
	row  int32 // in the table, -1 if it is in none
	purl packages.PURL
	ok   bool // purl is one
}

// about is what a product of a claim is for a subject; ok is false if it says nothing of it.
func (m Image) about(p product, s subject) (about About, ok bool) {
	covers := func(id identifier) bool { return id.isPURL && s.ok && id.purl.Covers(s.purl) }
	part := slices.ContainsFunc(p.subcomponents, func(ids []identifier) bool { return slices.ContainsFunc(ids, covers) })
	switch {
	case len(p.subcomponents) > 0 && !part:
		return 0, false
	case m.is(p) && part:
		return AboutComponent, true
	case m.is(p):
		return AboutImage, true
	case len(p.subcomponents) == 0 && slices.ContainsFunc(p.names, covers):
		return AboutPackage, true
	case len(p.subcomponents) == 0 && !imageLike(p):
		return 0, false // another package
	}
	return AboutOther, true
}

// imageLike reports whether a product may be an image: anything but a package of another kind.
func imageLike(p product) bool {
	return !slices.ContainsFunc(p.names, func(id identifier) bool {
		return id.isPURL && id.purl.Type != "oci" && id.purl.Type != "docker"
	})
}
