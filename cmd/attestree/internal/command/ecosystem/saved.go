package ecosystem

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/npm"
	"github.com/attestree/attestree/registry/pypi"
)

// savedAnswers are a registry's answers that somebody saved. Only one of them is used.
type savedAnswers struct {
	npm  npm.Answers
	pypi pypi.Answers
}

// readSaved reads saved answers and finds out which version they are about, if that is not said.
func readSaved(files []string, t Target) (Target, error) {
	s := &savedAnswers{}
	eco := model.Ecosystem("")
	for _, path := range files {
		raw, err := userfile.Read(path, userfile.ConfigSize)
		if errors.Is(err, fs.ErrNotExist) {
			return t, exit.Usage(fmt.Errorf("%q is no package (npm:NAME@VERSION, pypi:NAME@VERSION, golang:MODULE@VERSION) and no file", path))
		}
		if err != nil {
			return t, err
		}
		found, err := s.take(raw, path, &t)
		switch {
		case err != nil:
			return t, fmt.Errorf("%s: %w", path, err)
		case eco != "" && eco != found, t.ecosystem != "" && t.ecosystem != found:
			return t, exit.Usage(fmt.Errorf("%s: it is an answer of another kind of registry", path))
		}
		eco = found
	}
	t.ecosystem, t.saved = eco, s
	switch {
	case t.name == "" || t.version == "":
		return t, exit.Usage(errors.New("the saved answers do not say which version they are about: name it, as in npm:NAME@VERSION --saved FILE"))
	case eco == model.EcosystemNPM && s.npm.Version == nil:
		return t, exit.Usage(errors.New("the saved answers hold no entry of the version, which says what its content is: save that too"))
	}
	return t, nil
}

// take adds one document.
func (s *savedAnswers) take(raw []byte, path string, t *Target) (model.Ecosystem, error) {
	name, version, is, err := s.npm.Saved(raw, t.version)
	if err != nil {
		return "", err
	}
	if is {
		return model.EcosystemNPM, t.learn(name, version)
	}
	if name, version, is = s.pypi.Saved(raw); is {
		return model.EcosystemPyPI, t.learnProject(name, version)
	}
	return "", exit.Usage(fmt.Errorf("%s is no answer of an npm registry or a Python package index: want a version's entry, a package's history, a list of attestations, a project's files or a provenance object", path))
}

// learn takes what an answer says that it is about. Where it was said before, it has to be the same.
func (t *Target) learn(name, version string) error {
	if name != "" && t.name != "" && name != t.name || version != "" && t.version != "" && version != t.version {
		return exit.Usage(fmt.Errorf("it is about %s@%s and not about %s@%s", name, version, t.name, t.version))
	}
	if t.name == "" {
		t.name = name
	}
	if t.version == "" {
		t.version = version
	}
	return nil
}

// learnProject is learn for Python's names and versions, which have several spellings.
func (t *Target) learnProject(name, version string) error {
	if name != "" && t.name != "" && model.NormalName(name) == model.NormalName(t.name) {
		name = t.name
	}
	if t.version != "" && model.SamePythonVersion(version, t.version) {
		version = t.version
	}
	return t.learn(name, version)
}
