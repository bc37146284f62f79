package predicate

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// decodeRelease reads a release (attestation spec, predicates/release.md), v0.1 with releaseId and v0.2 with packageId,
// and GitHub's, which names the repository and the tag.
//
// The summary holds purl, repository, tag and releaseId.
func decodeRelease(raw []byte, version string) model.Predicate {
	r := parse(raw)
	purl, repository, tag := text(r, "purl"), text(r, "repository"), text(r, "tag")
	what := strings.TrimSpace(repository + " " + tag)
	n := newNote("Release "+version, first(what, purl))
	n.say("Repository", "repository", repository)
	n.say("Tag", "tag", tag)
	n.say("Package", "purl", purl)
	n.say("Release", "releaseId", first(str(r.Get("releaseId")), str(r.Get("packageId"))))
	n.fields.add("Repository id", str(r.Get("repositoryId")))
	n.fields.add("Owner", str(r.Get("owner")))
	n.fields.add("Owner id", str(r.Get("ownerId")))
	return n
}

// decodeNPMPublish reads npm's publish attestation (npm/attestation, specs/publish), which the registry signs.
//
// The summary holds name, version and registry.
func decodeNPMPublish(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	name, version := text(r, "name"), text(r, "version")
	what := name
	if version != "" {
		what += "@" + version
	}
	n := newNote("npm publish", what)
	n.say("Package", "name", name)
	n.say("Version", "version", version)
	n.say("Registry", "registry", text(r, "registry"))
	return n
}

// decodePyPIPublish reads PyPI's publish attestation (docs.pypi.org/attestations), whose predicate is empty: what was
// published is the subject, and who did it the certificate.
func decodePyPIPublish([]byte, string) model.Predicate {
	n := newNote("PyPI publish")
	n.fields.add("Says", "published by whom the certificate names; there is nothing else in it")
	return n
}
