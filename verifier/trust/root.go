package trust

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/sigstore/sigstore-go/pkg/root"

	"github.com/attestree/attestree/model"
)

// Names of the roots that this program knows by heart.
const (
	PublicGoodName = "public-good"
	GitHubName     = "github"
)

// Where a root came from (model.TrustRoot.Source).
const (
	SourceEmbedded = "embedded"
	SourceFile     = "file"
	SourceTUF      = "tuf"
)

// publicGood is the public-good instance's root as published on publicGoodDate.
//
//go:embed public-good.trusted_root.json
var publicGood []byte

const publicGoodDate = "2025-09-22"

// maxRoots bounds how many roots one file may hold.
const maxRoots = 16

// Root is a trusted root with the requirements that belong to it.
type Root struct {
	Info     model.TrustRoot
	Requires Requirements
	material root.TrustedMaterial
	raw      []byte
}

// Raw is the document that the root was read from, nil for one that was made otherwise. It must not be changed.
func (r Root) Raw() []byte { return r.raw }

// Requirements say which evidence a certificate signature must bring under a root. A signed time is always required.
type Requirements struct {
	Log bool // an entry in a transparency log of the root
	SCT bool // a signed certificate timestamp of a certificate log of the root
}

// Material is what sigstore-go verifies with. It must not be changed.
func (r Root) Material() root.TrustedMaterial { return r.material }

// NewRoot wraps material that was loaded elsewhere.
func NewRoot(info model.TrustRoot, material root.TrustedMaterial) Root {
	return Root{Info: info, Requires: requirements(material), material: material}
}

// requirements follow from what the root holds: a root without a log cannot ask for an entry in one. For the
// public-good instance that means all of them, for GitHub's a signed time alone.
func requirements(m root.TrustedMaterial) Requirements {
	return Requirements{Log: len(m.RekorLogs()) > 0, SCT: len(m.CTLogs()) > 0}
}

// PublicGood is the embedded snapshot of the public-good instance's root.
func PublicGood() (Root, error) {
	roots, err := ParseRoot(PublicGoodName, SourceEmbedded, publicGood)
	if err != nil {
		return Root{}, err
	}
	roots[0].Info.Date = publicGoodDate
	return roots[0], nil
}

// ParseRoot reads one trusted root, or several as JSON lines (what `gh attestation trusted-root` prints). The first is
// called name, further ones name#2 and so on; a root that holds nothing but GitHub's authorities is called "github".
func ParseRoot(name, source string, data []byte) ([]Root, error) {
	documents, err := split(data)
	if err != nil {
		return nil, fmt.Errorf("read trusted root %s: %w", name, err)
	}
	roots := make([]Root, 0, len(documents))
	for i, document := range documents {
		material, err := parseMaterial(document)
		if err != nil {
			return nil, fmt.Errorf("read trusted root %s: %w", name, err)
		}
		sum := sha256.Sum256(document)
		info := model.TrustRoot{Name: name, Source: source, SHA256: hex.EncodeToString(sum[:])}
		if len(documents) == 1 {
			sum = sha256.Sum256(data)
			info.SHA256 = hex.EncodeToString(sum[:])
		}
		switch {
		case isGitHub(material):
			info.Name = GitHubName
		case i > 0:
			info.Name += "#" + strconv.Itoa(i+1)
		}
		read := NewRoot(info, material)
		read.raw = document
		roots = append(roots, read)
	}
	return roots, nil
}

// split cuts data into its JSON objects.
func split(data []byte) ([]json.RawMessage, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("the file is empty")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	var documents []json.RawMessage
	for decoder.More() {
		var document json.RawMessage
		if err := decoder.Decode(&document); err != nil {
			return nil, errors.New("it is not JSON")
		}
		if len(documents) == maxRoots {
			return nil, fmt.Errorf("more than %d roots in one file", maxRoots)
		}
		documents = append(documents, document)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something that is not JSON follows the last root")
	}
	return documents, nil
}

func parseMaterial(document []byte) (root.TrustedMaterial, error) {
	var shape struct {
		MediaType string          `json:"mediaType"`
		Signed    json.RawMessage `json:"signed"`
		Material  json.RawMessage `json:"verificationMaterial"`
	}
	if err := json.Unmarshal(document, &shape); err != nil {
		return nil, errors.New("not a JSON object")
	}
	switch {
	case shape.Signed != nil:
		return nil, errors.New("this is TUF metadata (root.json); what is needed is the target trusted_root.json")
	case shape.Material != nil:
		return nil, errors.New("this is a Sigstore bundle and no trusted root")
	case shape.MediaType != root.TrustedRootMediaType01:
		return nil, fmt.Errorf("media type is %q and not %q", shape.MediaType, root.TrustedRootMediaType01)
	}
	material, err := root.NewTrustedRootFromJSON(document)
	if err != nil {
		return nil, fmt.Errorf("its content is not usable: %s", rootProblem(document))
	}
	if len(material.FulcioCertificateAuthorities())+len(material.RekorLogs())+len(material.TimestampingAuthorities()) == 0 {
		return nil, errors.New("it holds no authority, no log and no timestamp authority")
	}
	return material, nil
}

// isGitHub reports whether every authority is GitHub's own, and there are no logs.
func isGitHub(m root.TrustedMaterial) bool {
	authorities := m.FulcioCertificateAuthorities()
	if len(authorities) == 0 || len(m.RekorLogs()) > 0 {
		return false
	}
	for _, authority := range authorities {
		a, ok := authority.(*root.FulcioCertificateAuthority)
		if !ok || a.Root == nil || len(a.Root.Subject.Organization) != 1 || a.Root.Subject.Organization[0] != GitHubOrganization {
			return false
		}
	}
	return true
}

// GitHubOrganization is the organization in the names of the authorities of GitHub's own Sigstore instance.
const GitHubOrganization = "GitHub, Inc."

// Issuers are the certificates of the root's authorities that can have issued leaf, judged by name and key id alone.
// Whether one of them did remains to be proven.
func (r Root) Issuers(leaf *x509.Certificate) []*x509.Certificate {
	var found []*x509.Certificate
	for _, authority := range r.material.FulcioCertificateAuthorities() {
		a, ok := authority.(*root.FulcioCertificateAuthority)
		if !ok {
			continue
		}
		for _, candidate := range append([]*x509.Certificate{a.Root}, a.Intermediates...) {
			if candidate != nil && bytes.Equal(candidate.RawSubject, leaf.RawIssuer) && sameKeyID(candidate, leaf) {
				found = append(found, candidate)
			}
		}
	}
	return found
}

// sameKeyID compares key identifiers where both certificates carry one (RFC 5280 §4.2.1.1).
func sameKeyID(issuer, leaf *x509.Certificate) bool {
	return len(issuer.SubjectKeyId) == 0 || len(leaf.AuthorityKeyId) == 0 || bytes.Equal(issuer.SubjectKeyId, leaf.AuthorityKeyId)
}

// HasLog reports whether the root knows the log with that key id (raw bytes).
func (r Root) HasLog(keyID []byte) bool {
	_, known := r.material.RekorLogs()[hex.EncodeToString(keyID)]
	return known
}
