package pypi

import (
	"encoding/json"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// Saved reads an answer of an index that somebody saved, adds it to a, and says which project and version it is about, as
// far as it says so itself: a project's files, or the provenance object of one file. known is false where the document is
// neither.
func (a *Answers) Saved(raw []byte) (name, version string, known bool) {
	var shape struct {
		Name    string          `json:"name"`
		Files   json.RawMessage `json:"files"`
		Bundles json.RawMessage `json:"attestation_bundles"`
	}
	if fetch.Unmarshal(raw, &shape) != nil {
		return "", "", false
	}
	switch {
	case shape.Files != nil:
		a.Index = raw
		return shape.Name, "", true
	case shape.Bundles == nil:
		return "", "", false
	}
	p, err := parseProvenance(raw)
	if err != nil {
		return "", "", true
	}
	file := subjectName(p)
	if a.Provenance == nil {
		a.Provenance = map[string][]byte{}
	}
	a.Provenance[file] = raw
	name, version, _, _ = model.SplitDistribution(file)
	return name, version, true
}

// subjectName is the file that the first statement of a provenance object is about; a claim.
func subjectName(p provenance) string {
	for _, b := range p.Bundles {
		for _, raw := range b.Attestations {
			var a attestation
			var s struct {
				Subject []struct {
					Name string `json:"name"`
				} `json:"subject"`
			}
			if fetch.Unmarshal(raw, &a) == nil && a.Envelope != nil && json.Unmarshal(a.Envelope.Statement, &s) == nil && len(s.Subject) > 0 {
				return s.Subject[0].Name
			}
		}
	}
	return ""
}
