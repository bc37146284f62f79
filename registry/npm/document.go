package npm

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// Limits of answers, in bytes. The entries of a package with thousands of versions have tens of megabytes.
const (
	maxVersion      = 8 << 20
	maxPackument    = 64 << 20
	maxAttestations = 32 << 20
	maxSignatures   = 32
	maxBundles      = 32
)

// version is the registry's entry of one version, as far as it is needed.
type version struct {
	Name       string          `json:"name"`
	Version    string          `json:"version"`
	Deprecated json.RawMessage `json:"deprecated"`
	Repository json.RawMessage `json:"repository"`
	Dist       *struct {
		Integrity    string           `json:"integrity"`
		Tarball      string           `json:"tarball"`
		Signatures   []signature      `json:"signatures"`
		Attestations *json.RawMessage `json:"attestations"`
	} `json:"dist"`
	User struct {
		TrustedPublisher *struct {
			ID string `json:"id"`
		} `json:"trustedPublisher"`
	} `json:"_npmUser"`
}

type signature struct {
	KeyID string `json:"keyid"`
	Sig   string `json:"sig"`
}

// parseVersion reads an entry and holds it against what was asked for.
func parseVersion(raw []byte, name, wanted string) (version, error) {
	var v version
	if err := fetch.Unmarshal(raw, &v); err != nil {
		return v, fmt.Errorf("the registry's entry of the version has not the known form: %w", model.JSONProblem(err))
	}
	switch {
	case v.Name != name || v.Version != wanted:
		return v, fmt.Errorf("the registry answered with %s@%s, though %s@%s was asked for", v.Name, v.Version, name, wanted)
	case v.Dist == nil:
		return v, errors.New("the registry's entry of the version names no tarball")
	case len(v.Dist.Signatures) > maxSignatures:
		return v, fmt.Errorf("the registry's entry has more than %d signatures", maxSignatures)
	}
	return v, nil
}

// repository is the source repository that package.json names: text, or an object with a URL.
func (v version) repository() string {
	var text string
	var object struct {
		URL string `json:"url"`
	}
	switch {
	case json.Unmarshal(v.Repository, &text) == nil && text != "":
	case json.Unmarshal(v.Repository, &object) == nil:
		text = object.URL
	}
	return sourceURL(text)
}

// sourceURL writes the shorthands that npm knows ("github:owner/name", "owner/name") in full.
func sourceURL(s string) string {
	hosts := map[string]string{"github": "https://github.com/", "gitlab": "https://gitlab.com/", "bitbucket": "https://bitbucket.org/"}
	if kind, path, found := strings.Cut(s, ":"); found && hosts[kind] != "" {
		return hosts[kind] + path
	}
	if strings.Count(s, "/") == 1 && !strings.Contains(s, ":") {
		return hosts["github"] + s
	}
	return model.CanonicalRepository(strings.Replace(s, "git://", "https://", 1))
}

// announces is the predicate type of the provenance that the entry announces, "" for none.
func (v version) announces() string {
	var said struct {
		Provenance struct {
			PredicateType string `json:"predicateType"`
		} `json:"provenance"`
	}
	if v.Dist.Attestations == nil || fetch.Unmarshal(*v.Dist.Attestations, &said) != nil {
		return ""
	}
	return said.Provenance.PredicateType
}

// withdrawn is the text by which the version was deprecated, "" if it was not.
func (v version) withdrawn() string {
	var text string
	if json.Unmarshal(v.Deprecated, &text) == nil && text != "" {
		return "deprecated: " + text
	}
	return ""
}

// publisher is the trusted publisher that the entry names.
func (v version) publisher() model.Publisher {
	if v.User.TrustedPublisher == nil {
		return model.Publisher{}
	}
	return model.Publisher{Kind: v.User.TrustedPublisher.ID}
}

// attestation is one of a version's attestations. The bundle is a Sigstore bundle.
type attestation struct {
	PredicateType string          `json:"predicateType"`
	Bundle        json.RawMessage `json:"bundle"`
}

func parseAttestations(raw []byte) ([]attestation, error) {
	var answer struct {
		Attestations *[]attestation `json:"attestations"`
	}
	if err := fetch.Unmarshal(raw, &answer); err != nil {
		return nil, fmt.Errorf("the registry's answer is no list of attestations: %w", model.JSONProblem(err))
	}
	if answer.Attestations == nil {
		return nil, errors.New("the registry's answer is no list of attestations")
	}
	if len(*answer.Attestations) > maxBundles {
		return nil, fmt.Errorf("the registry lists more than %d attestations", maxBundles)
	}
	return *answer.Attestations, nil
}

// published is when a version was published, by a packument's word; zero if it does not say.
func published(packument []byte, wanted string) time.Time {
	var p struct {
		Time map[string]string `json:"time"`
	}
	if fetch.Unmarshal(packument, &p) != nil {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339, p.Time[wanted])
	if err != nil {
		return time.Time{}
	}
	return at
}

// extract is the entry of one version in a packument, nil if there is none.
func extract(packument []byte, wanted string) []byte {
	var p struct {
		Versions map[string]json.RawMessage `json:"versions"`
	}
	if fetch.Unmarshal(packument, &p) != nil {
		return nil
	}
	return p.Versions[wanted]
}
