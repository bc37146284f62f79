package pypi

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// Limits of answers, in bytes, and of what is in them.
const (
	maxIndex      = 64 << 20
	maxProvenance = 16 << 20
	maxFiles      = 400 // of one version
	maxBundles    = 64  // of one file
)

// index is the Simple API's answer about a project (PEP 691, PEP 700, PEP 740).
type index struct {
	Name  string `json:"name"`
	Files []file `json:"files"`
}

type file struct {
	Filename   string            `json:"filename"`
	Hashes     map[string]string `json:"hashes"`
	Yanked     json.RawMessage   `json:"yanked"`
	Size       int64             `json:"size"`
	Provenance json.RawMessage   `json:"provenance"` // absent in older versions of the interface
}

// parseIndex reads the answer about a project and keeps the files of one version.
func parseIndex(raw []byte, name, version string) ([]file, error) {
	var project index
	if err := fetch.Unmarshal(raw, &project); err != nil && json.Valid(raw) {
		return nil, fmt.Errorf("the index's answer has not the known form: %w", model.JSONProblem(err))
	}
	if project.Files == nil {
		return nil, errors.New("the index's answer is no list of files in JSON: it may not know the Simple API's JSON form (PEP 691)")
	}
	if project.Name != "" && model.NormalName(project.Name) != model.NormalName(name) {
		return nil, fmt.Errorf("the index answered about %s, though %s was asked for", project.Name, name)
	}
	var files []file
	for _, f := range project.Files {
		project, v, _, ok := model.SplitDistribution(f.Filename)
		if ok && model.NormalName(project) == model.NormalName(name) && model.SamePythonVersion(v, version) {
			files = append(files, f)
		}
	}
	switch {
	case len(files) == 0:
		return nil, fmt.Errorf("the index lists no file of %s %s", name, version)
	case len(files) > maxFiles:
		return nil, fmt.Errorf("the index lists more than %d files of %s %s", maxFiles, name, version)
	}
	return files, nil
}

// digest is the file's SHA-256, "" if the index names none.
func (f file) digest() model.Digest {
	d := model.Digest("sha256:" + strings.ToLower(f.Hashes["sha256"]))
	if !d.Valid() {
		return ""
	}
	return d
}

// yanked is why the file was taken back, "" if it was not (PEP 592).
func (f file) yanked() string {
	var reason string
	var yes bool
	switch {
	case json.Unmarshal(f.Yanked, &reason) == nil:
		return strings.TrimSpace("yanked: " + reason)
	case json.Unmarshal(f.Yanked, &yes) == nil && yes:
		return "yanked"
	}
	return ""
}

// link is the address of the file's provenance. known is false where the index does not say whether there is one.
func (f file) link() (address string, known bool) {
	if len(f.Provenance) == 0 {
		return "", false
	}
	_ = json.Unmarshal(f.Provenance, &address) // null is none
	return address, true
}

// provenance is what the integrity API says of one file (PEP 740, "Provenance Object").
type provenance struct {
	Version int      `json:"version"`
	Bundles []bundle `json:"attestation_bundles"`
}

type bundle struct {
	Publisher    publisher         `json:"publisher"`
	Attestations []json.RawMessage `json:"attestations"`
}

type publisher struct {
	Kind             string `json:"kind"`
	Repository       string `json:"repository"`
	Workflow         string `json:"workflow"`
	WorkflowFilepath string `json:"workflow_filepath"`
	Environment      string `json:"environment"`
	Email            string `json:"email"`
}

func (p publisher) model(file string) model.Publisher {
	workflow := p.Workflow
	if workflow == "" {
		workflow = p.WorkflowFilepath
	}
	return model.Publisher{
		Kind: p.Kind, Repository: p.Repository, Workflow: workflow, Environment: p.Environment, Email: p.Email, File: file,
	}
}

func parseProvenance(raw []byte) (provenance, error) {
	var p provenance
	if err := fetch.Unmarshal(raw, &p); err != nil {
		return p, fmt.Errorf("the index's answer is no provenance object (PEP 740): %w", model.JSONProblem(err))
	}
	if p.Bundles == nil {
		return p, errors.New("the index's answer is no provenance object (PEP 740)")
	}
	if p.Version != 1 {
		return p, fmt.Errorf("the provenance object has version %d, of which only 1 is known", p.Version)
	}
	n := 0
	for _, b := range p.Bundles {
		n += len(b.Attestations)
	}
	if n > maxBundles {
		return p, fmt.Errorf("the provenance object holds more than %d attestations", maxBundles)
	}
	return p, nil
}

// count is how many attestations there are.
func (p provenance) count() (n int) {
	for _, b := range p.Bundles {
		n += len(b.Attestations)
	}
	return n
}
