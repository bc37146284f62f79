package ecosystem

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/session"
	"github.com/attestree/attestree/model"
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
	case demo && (f.NpmRegistry != "" || f.PypiIndex != "" || f.NpmKeys != ""):
		return exit.Usage(errors.New("--npm-registry, --pypi-index and --npm-keys: the demo opens no connection, and has the answers about its package in the program"))
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
// image, "" for none; judging is how a session judges that image, its zero value where nothing is judged. It is asked for
// once the image has been found.
func (f *ImageFlags) Around(discover session.Discover, demo bool, spec string, by Asker, judging func() session.Config) (session.Discover, error) {
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
		i := inside{image: model.NewTree(), places: places, spec: spec, demo: demo}
		var found []model.Event
		err := discover(ctx, func(e model.Event) {
			i.image.Apply(e)
			found = append(found, e)
			emit(e)
		})
		if i.root = i.image.Root(); err == nil && i.root != nil {
			i.judged = func() *model.Tree { return judged(ctx, judging(), found, i.image) }
			err = i.discover(ctx, named, emit)
		}
		return err
	}, nil
}

// judged is the image as it was found and judged. Who signs a document decides whether its word for the package counts, so
// that this has to be known before anybody is asked about one.
func judged(ctx context.Context, by session.Config, found []model.Event, image *model.Tree) *model.Tree {
	if by.Judge == nil {
		return image
	}
	t := model.NewTree()
	by.Discover = func(_ context.Context, emit func(model.Event)) error {
		for _, e := range found {
			emit(e)
		}
		return nil
	}
	if session.New(by).Run(ctx, func(e model.Event) { t.Apply(e) }) != nil || ctx.Err() != nil {
		return image
	}
	t.Judge()
	return t
}

// inside is an image whose package is asked about.
type inside struct {
	image  *model.Tree
	root   *model.Entry
	places Places
	spec   string // of --spec, "" without
	demo   bool
	judged func() *model.Tree
}

// discover adds the package's nodes. That they cannot be had is a line of the ledger: the image was found all the same.
func (i inside) discover(ctx context.Context, named Target, emit func(model.Event)) error {
	t, choice, err := i.choose(named)
	if err == nil && i.demo && t.name != "" {
		t, err = fromDemo(t)
	}
	missed := func(status model.LookupStatus, detail string) {
		emit(model.LookedUp{Lookup: model.Lookup{
			Mechanism: model.MechanismPackageMetadata, Subject: i.root.Node.Digest, Repository: t.ledgerName(), Status: status, Detail: detail,
		}})
	}
	switch {
	case err != nil:
		missed(model.LookupFailed, err.Error())
		return nil
	case t.name == "":
		missed(model.LookupUnsupported, "neither a spec.yaml nor an SBOM's root says which package the image wraps; name it, as in --package=npm:NAME@VERSION")
		return nil
	}
	listings := i.listings(t)
	err = i.places.Discover(ctx, t, i.root.Node.ID, func(p *model.Package) { p.Listings, p.Choice = listings, choice }, emit)
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
	no := func(node, reason string) {
		reason = "the package inside: " + reason // the same words in both places, so that they are shown once
		answer.Satisfied = false
		answer.Reasons = append(answer.Reasons, reason)
		answer.Requirements = append(answer.Requirements, model.Requirement{
			ID: "package-inside", Wants: "nothing wrong about the package inside, and what was asked for", Status: model.RequirementNotMet, Message: reason, Node: node,
		})
	}
	if f.Provenance && len(packages) == 0 {
		no("", "it could not be looked at, and an attestation of it was asked for")
	}
	for _, s := range packages {
		if s.Wrong || f.Provenance && !s.Satisfied {
			for _, reason := range s.Reasons {
				no(s.Package.PURL, reason)
			}
		}
	}
	return answer
}
