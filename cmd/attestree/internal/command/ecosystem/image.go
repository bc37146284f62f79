package ecosystem

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
)

// ImageFlags ask about the package inside an image. Without --package nobody is asked.
type ImageFlags struct {
	Flags
	Asked string // what --package says: a package, a spec.yaml, or fromImage
}

// fromImage is what --package means without a value.
const fromImage = "auto"

// Register adds the flags to a command that opens an image.
func (f *ImageFlags) Register(c *cobra.Command) {
	c.Flags().StringVar(&f.Asked, "package", "", "ask about the package inside too: that of its spec.yaml, or its SBOM's root; or as --package=npm:NAME@VERSION or --package=SPEC.yaml")
	c.Flags().Lookup("package").NoOptDefVal = fromImage
	f.RegisterPlaces(c)
}

// validate finds contradictions before anything is read.
func (f *ImageFlags) validate(demo bool) error {
	switch {
	case f.Asked == "" && (f.NpmRegistry != "" || f.PypiIndex != "" || f.NpmKeys != "" || f.Provenance):
		return exit.Usage(errors.New("--npm-registry, --pypi-index, --npm-keys and --require-attestation are about the package inside: give --package too"))
	case f.Asked != "" && demo:
		return exit.Usage(errors.New("--package asks a registry of packages, and the demo opens no connection"))
	case f.Asked == "" || f.Asked == fromImage:
		return nil
	}
	_, err := f.named()
	return err
}

// named is the package that --package itself names, its zero value if it leaves that to the image.
func (f *ImageFlags) named() (Target, error) {
	switch {
	case f.Asked == fromImage:
		return Target{}, nil
	case isTarget(f.Asked):
		t, err := parseTarget(f.Asked)
		if err != nil {
			return t, exit.Usage(fmt.Errorf("--package: %w", err))
		}
		return t, nil
	}
	s, err := readSpec(f.Asked)
	if err != nil {
		return Target{}, exit.Usage(fmt.Errorf("--package: %w", err))
	}
	t, err := SpecTarget(s)
	if err != nil {
		return t, exit.Usage(fmt.Errorf("--package %s: %w", f.Asked, err))
	}
	return t, nil
}

// Around adds the package inside to what is discovered of an image. spec is the specification that was given beside the
// image, "" for none.
func (f *ImageFlags) Around(discover session.Discover, demo bool, spec string, by Asker) (session.Discover, error) {
	if err := f.validate(demo); err != nil || f.Asked == "" {
		return discover, err
	}
	named, err := f.named()
	if err != nil {
		return nil, err
	}
	places, err := NewPlaces(&f.Flags, by)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, emit func(model.Event)) error {
		// The facts of the image as they are found: what it wraps is only known at the end.
		image := model.NewTree()
		err := discover(ctx, func(e model.Event) {
			image.Apply(e)
			emit(e)
		})
		if root := image.Root(); err == nil && root != nil {
			err = inside{image, root, places, spec}.discover(ctx, named, emit)
		}
		return err
	}, nil
}

// inside is an image whose package is asked about.
type inside struct {
	image  *model.Tree
	root   *model.Entry
	places Places
	spec   string // of --spec, "" without
}

// discover adds the package's nodes. That they cannot be had is a line of the ledger: the image was found all the same.
func (i inside) discover(ctx context.Context, t Target, emit func(model.Event)) error {
	missed := func(status model.LookupStatus, detail string) {
		emit(model.LookedUp{Lookup: model.Lookup{
			Mechanism: model.MechanismPackageMetadata, Subject: i.root.Node.Digest, Repository: t.ledgerName(), Status: status, Detail: detail,
		}})
	}
	if t.name == "" {
		var err error
		if t, err = i.target(); err != nil {
			missed(model.LookupFailed, err.Error())
			return nil
		}
	}
	if t.name == "" {
		missed(model.LookupUnsupported, "neither a spec.yaml nor an SBOM's root says which package the image wraps; name it, as in --package=npm:NAME@VERSION")
		return nil
	}
	listings := i.listings(t)
	err := i.places.Discover(ctx, t, i.root.Node.ID, func(p *model.Package) { p.Listings = listings }, emit)
	if err != nil && ctx.Err() == nil {
		missed(model.LookupFailed, err.Error())
		return nil
	}
	return ctx.Err()
}

// ledgerName is what the ledger calls a package that was asked about.
func (t Target) ledgerName() string {
	if t.name == "" {
		return ""
	}
	return t.PURL()
}

// target is the package that the image itself names: in a specification, or at the root of an SBOM.
func (i inside) target() (Target, error) {
	if i.spec != "" {
		s, err := readSpec(i.spec)
		if err != nil {
			return Target{}, fmt.Errorf("--spec: %w", err)
		}
		return SpecTarget(s)
	}
	if file, problem := audit.AttachedSpec(i.image, &audit.Claim{}); file != nil {
		file.Spec.Path = "the attached spec.yaml"
		return SpecTarget(file.Spec)
	} else if problem != "" {
		return Target{}, errors.New("spec.yaml: " + problem)
	}
	return i.rootOfSBOMs()
}

// rootOfSBOMs is the package that the image's SBOMs describe. They are not judged yet, and anybody who may push can have
// attached one: where they disagree, none of them decides.
func (i inside) rootOfSBOMs() (t Target, err error) {
	for _, d := range i.documents() {
		purl := pkg.Root(d.body)
		if !d.sbom || purl == "" {
			continue
		}
		switch other, err := parseTarget(purl); {
		case err != nil:
		case t.name == "":
			t = other
		case other.PURL() != t.PURL():
			return Target{}, fmt.Errorf("SBOMs of the image describe different packages, %s and %s; name the one that is meant, as in --package=%s", t, other, t)
		}
	}
	return t, nil
}

// document is something attached to an image that may name packages.
type document struct {
	node string
	sbom bool
	body []byte
}

// documents are the SBOMs and provenances of the image, read but not judged.
func (i inside) documents() (out []document) {
	i.image.Walk(func(e *model.Entry) {
		if e.BlobState != model.BlobLoadedOK || e.Blob == nil {
			return
		}
		a := model.Open(e.Node, e.Blob)
		family := model.FamilyOf(a.PredicateType)
		if sbom := a.Document.SBOM() || family == model.FamilySBOM; sbom || family == model.FamilyProvenance {
			out = append(out, document{e.Node.ID, sbom, a.RawPredicate})
		}
	})
	return out
}

// listings are what these documents say of the package.
func (i inside) listings(t Target) (out []model.Listing) {
	for _, d := range i.documents() {
		out = append(out, model.Listing{Node: d.node, SBOM: d.sbom, Versions: pkg.Versions(d.body, pkg.Unversioned(t.PURL()))})
	}
	return out
}

// Summaries sum up what is inside of a judged tree.
func (f *ImageFlags) Summaries(t *model.Tree, pinned bool) (out []pkg.Summary) {
	for _, id := range pkg.Packages(t) {
		out = append(out, pkg.Summarize(t, id, pkg.Question{Pinned: pinned, Provenance: f.Provenance}))
	}
	return out
}

// Answer is the policy's answer, and no where something is wrong about the package inside: the image cannot be
// better than what it wraps. That nothing is signed about it is shown, and counts where it was asked for.
func (f *ImageFlags) Answer(answer model.PolicyAnswer, packages []pkg.Summary) model.PolicyAnswer {
	if f.Provenance && len(packages) == 0 {
		answer.Satisfied = false
		answer.Reasons = append(answer.Reasons, "the package inside could not be looked at, and an attestation of it was asked for")
	}
	for _, s := range packages {
		if s.Wrong || f.Provenance && !s.Satisfied {
			answer.Satisfied = false
			for _, reason := range s.Reasons {
				answer.Reasons = append(answer.Reasons, "the package inside: "+reason)
			}
		}
	}
	return answer
}
