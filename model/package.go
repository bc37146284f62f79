package model

import (
	"strings"
	"time"
)

// Ecosystem is where packages of one kind are published, by its type in package URLs (purl-spec, PURL-TYPES).
type Ecosystem string

// The ecosystems whose registries can be asked.
const (
	EcosystemNPM    Ecosystem = "npm"
	EcosystemPyPI   Ecosystem = "pypi"
	EcosystemGolang Ecosystem = "golang"
)

// Package is one version of a package. Its nodes share one value. But for what was asked for, all of it is the
// registry's word or the specification's: nothing in it is proven.
type Package struct {
	Ecosystem Ecosystem
	Name      string // as the ecosystem writes it: "@scope/name"
	Version   string
	PURL      string // package URL, the ID of the package's own node
	Asked     string // the registry's address, without credentials; "" for what was opened as a file

	Repository string    // source repository, as the package's own metadata says
	Published  time.Time // as the registry says, zero if it does not
	Checksum   string    // what the checksum database records of a Go module, "" where it was not asked
	Publisher  Publisher // as the registry says; the zero value if it does not
	// Announced says that the registry's metadata promises attestations, whether they can be had or not.
	Announced     bool
	AnnouncedType string // predicate type of the provenance that it promises, "" if it says none
	Withdrawn     string // why the registry advises against this version ("deprecated: …", "yanked: …"), "" if it does not
	Claim         *PackageClaim
	Listings      []Listing // what documents of the image say of it; none where there is no image
	Choice        *Choice   // why it is taken for what an image wraps; nil where it was asked about by itself
}

// Publisher is a trusted publisher: the workload that a registry lets publish a package without a password.
type Publisher struct {
	Kind        string // "GitHub", "GitLab", "Google", …
	Repository  string // "owner/name"
	Workflow    string // file name or path of the workflow
	Environment string // deployment environment, "" for any
	Email       string // of a service account
	File        string // the file that it published, where files differ
}

// Zero reports whether nothing is said of a publisher.
func (p Publisher) Zero() bool { return p == Publisher{} }

// String is the publisher in a few words.
func (p Publisher) String() string {
	parts := []string{p.Kind}
	for _, part := range []string{p.Repository, p.Workflow, p.Email} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if p.Environment != "" {
		parts = append(parts, "environment "+p.Environment)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// PackageClaim is what somebody who wraps a package says of it: the provenance section of a catalogue's specification.
type PackageClaim struct {
	From       string // the specification's path
	Node       string // of the specification, where it is attached to the image, "" where the reader gave it
	Repository string // repository_uri
	Ref        string // repository_ref
	Available  *bool  // attestations.available, nil where nothing is said
	Verified   *bool  // attestations.verified
	Publisher  Publisher
	// An older form names the signer instead: signer_identity (a workflow's path, or the whole identity), cert_issuer and
	// runner_environment.
	Identity, Issuer, Runner string
	Sigstore                 string // sigstore_url, the host of the Sigstore instance's TUF repository
}
