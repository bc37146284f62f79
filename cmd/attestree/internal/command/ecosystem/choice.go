package ecosystem

import (
	"errors"
	"fmt"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
)

// choose says which package is asked about, and on whose word: the reader's, else that of the document of the image whose
// word counts most. Its target has no name where nothing says.
func (i inside) choose(named Target) (Target, *model.Choice, error) {
	switch {
	case named.name != "":
	case i.spec != "":
		s, err := readSpec(i.spec)
		if err == nil {
			named, err = SpecTarget(s)
		}
		if err != nil {
			return Target{}, nil, fmt.Errorf("--spec: %w", err)
		}
	default:
		return i.byDocuments()
	}
	candidates, _, _ := i.candidates(i.image)
	return named, &model.Choice{By: model.ChosenByReader, Rivals: pkg.Rivals(candidates, named.PURL())}, nil
}

// byDocuments follows what is attached to the image.
func (i inside) byDocuments() (Target, *model.Choice, error) {
	candidates, targets, problem := i.candidates(i.judged())
	chosen, rivals, disagree := pkg.Choose(candidates)
	switch {
	case len(disagree) > 0:
		a, b := targets[disagree[0].PURL], targets[disagree[1].PURL]
		return Target{}, nil, fmt.Errorf("documents of the image name different packages, %s and %s, and neither counts more; name the one that is meant, as in --package=%s", a, b, a)
	case chosen == nil:
		return Target{}, nil, problem
	}
	return targets[chosen.PURL], &model.Choice{By: chosen.By, Node: chosen.Node, Rivals: rivals}, nil
}

// candidates are the documents of an image that name a package, with that package by its URL. Of one that a specification
// names too, its claim is known. problem is why the attached specification could not be read.
func (i inside) candidates(t *model.Tree) (candidates []pkg.Candidate, targets map[string]Target, problem error) {
	targets = map[string]Target{}
	add := func(by model.ChooserKind, node string, target Target) {
		if e := t.Entry(node); e != nil {
			candidates = append(candidates, pkg.Candidate{By: by, Node: node, PURL: target.PURL(), Standing: e.Standing})
		}
		if _, known := targets[target.PURL()]; !known {
			targets[target.PURL()] = target
		}
	}
	files, trouble := audit.AttachedSpecs(t)
	if trouble != "" && len(files) == 0 {
		problem = errors.New("spec.yaml: " + trouble)
	}
	for _, file := range files {
		file.Spec.Path = "the attached spec.yaml"
		target, err := SpecTarget(file.Spec)
		if err != nil {
			problem = fmt.Errorf("spec.yaml: %w", err)
			continue
		}
		target.Claim.Node = file.Node
		add(model.ChosenBySpec, file.Node, target)
	}
	for _, d := range i.documents() {
		if !d.sbom {
			continue
		}
		if purl := pkg.Root(d.body); purl != "" {
			if target, err := parseTarget(purl); err == nil { // an image itself, or a package of another kind
				add(model.ChosenBySBOM, d.node, target)
			}
		}
	}
	return candidates, targets, problem
}
