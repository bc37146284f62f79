package npm

import (
	"encoding/json"
	"errors"

	"github.com/attestree/attestree/registry/fetch"
)

// Saved reads an answer of a registry that somebody saved, adds it to a, and says which version it is about: an entry of a
// version, or a package's history (wanted says which version of that, "" for its newest), or a list of attestations. known
// is false where the document is none of these.
func (a *Answers) Saved(raw []byte, wanted string) (name, version string, known bool, err error) {
	var shape struct {
		Name         string                     `json:"name"`
		Version      string                     `json:"version"`
		Dist         json.RawMessage            `json:"dist"`
		Versions     map[string]json.RawMessage `json:"versions"`
		Tags         map[string]string          `json:"dist-tags"`
		Attestations json.RawMessage            `json:"attestations"`
	}
	if fetch.Unmarshal(raw, &shape) != nil {
		return "", "", false, nil
	}
	switch {
	case shape.Versions != nil:
		if wanted == "" {
			wanted = shape.Tags["latest"]
		}
		if a.Version = extract(raw, wanted); a.Version == nil {
			return shape.Name, wanted, true, errors.New("the saved answer has no entry of version " + wanted)
		}
		a.Published = published(raw, wanted)
		return shape.Name, wanted, true, nil
	case shape.Dist != nil && shape.Name != "":
		a.Version = raw
		return shape.Name, shape.Version, true, nil
	case shape.Attestations != nil:
		a.Attestations = raw
		return "", "", true, nil
	}
	return "", "", false, nil
}
