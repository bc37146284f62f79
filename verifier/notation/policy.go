package notation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model"
)

// Policy is a trust policy (trustpolicy.json, version 1.0). Use ParsePolicy to make one.
type Policy struct {
	statements []statement
}

// statement is one trust policy of the document: what holds for some repositories.
type statement struct {
	Name         string       `json:"name"`
	Scopes       []string     `json:"registryScopes"`
	Verification verification `json:"signatureVerification"`
	Stores       []string     `json:"trustStores"`
	Identities   []string     `json:"trustedIdentities"`

	named []Identity // none where everybody is taken
}

type verification struct {
	Level           string            `json:"level"`
	Override        map[string]string `json:"override"`
	VerifyTimestamp string            `json:"verifyTimestamp"`
}

// maxPolicy is far above any trust policy, in bytes.
const maxPolicy = 1 << 20

// ParsePolicy reads a trustpolicy.json. Its errors say which policy of the document is wrong, and how.
func ParsePolicy(raw []byte) (*Policy, error) {
	if len(raw) > maxPolicy {
		return nil, fmt.Errorf("read trust policy: %d bytes are too many for one", len(raw))
	}
	if err := unambiguous(raw); err != nil {
		return nil, fmt.Errorf("read trust policy: %w", model.JSONProblem(err))
	}
	var document struct {
		Version  string      `json:"version"`
		Policies []statement `json:"trustPolicies"`
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("read trust policy: %w", err)
	}
	if document.Version != "1.0" {
		return nil, fmt.Errorf("read trust policy: version is %q; 1.0 is known", document.Version)
	}
	if len(document.Policies) == 0 {
		return nil, errors.New("read trust policy: it has no trustPolicies")
	}
	p := &Policy{statements: document.Policies}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("read trust policy: %w", err)
	}
	return p, nil
}

// unambiguous refuses JSON in which a member is there twice: parsers disagree about which one counts, and Go's own takes
// names in any case.
func unambiguous(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if err := walk(decoder, 0); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is something after the JSON document")
	}
	return nil
}

// maxDepth is how deep a policy may be nested; a real one is four deep.
const maxDepth = 16

func walk(decoder *json.Decoder, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("it is nested more than %d deep", maxDepth)
	}
	token, err := decoder.Token()
	if err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	open, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for decoder.More() {
		if open == '{' {
			key, err := decoder.Token()
			if err != nil {
				return fmt.Errorf("not JSON: %w", err)
			}
			name := strings.ToLower(fmt.Sprint(key))
			if seen[name] {
				return fmt.Errorf("%q is there twice", key)
			}
			seen[name] = true
		}
		if err := walk(decoder, depth+1); err != nil {
			return err
		}
	}
	if _, err := decoder.Token(); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return nil
}
