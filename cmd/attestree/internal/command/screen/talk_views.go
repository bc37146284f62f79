package screen

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/breaking"
	"github.com/attestree/attestree/model/packages"
)

func (t *talk) audit(ctx context.Context, _ string) error {
	answer, err := t.backend.Audit(ctx, t.tree)
	if err != nil {
		return refused{err}
	}
	return t.plain.Audit(t.out, answer)
}

// packages writes the packages of the SBOM that is open, or of all that are about the image.
func (t *talk) packages(ctx context.Context, rest string) error {
	query, err := packages.ParseQuery(rest)
	if err != nil {
		return refused{err}
	}
	var ids []string
	if e := t.open(); e != nil && packages.IsSBOM(e) {
		ids = []string{e.Node.ID}
	} else if root := t.tree.Root(); root != nil {
		ids = packages.Related(t.tree, root.Node.ID)
	}
	var sources []packages.Source
	var unread []string
	for _, id := range ids {
		x, err := packages.Build(packages.Document(t.tree.Entry(id)))
		if err != nil {
			unread = append(unread, model.EntryTitle(t.tree.Entry(id))+": "+err.Error())
			continue
		}
		sources = append(sources, packages.SourceOf(t.tree, id, x))
	}
	for _, why := range unread {
		if err := t.say("Could not be read: " + why); err != nil {
			return err
		}
	}
	if len(sources) == 0 {
		return refused{errors.New("there is no SBOM that could be read")}
	}
	table := packages.NewTable(sources...)
	rows, err := table.Filter(ctx, query)
	if err != nil {
		return refused{err}
	}
	return t.plain.Packages(t.out, table, rows)
}

// diff compares with another source, which counts as what was before.
func (t *talk) diff(ctx context.Context, other string) error {
	if other == "" {
		return refused{errors.New("say what to compare with: diff, and then an image, a file, an OCI layout or a saved report")}
	}
	for progress := range t.backend.Compare(ctx, t.tree, other) {
		switch {
		case progress.Err != nil:
			return refused{progress.Err}
		case progress.Report != nil:
			return t.plain.Diff(t.out, *progress.Report)
		}
	}
	return refused{errors.New("it did not come to an end")}
}

// learn teaches about the node that is open, or about one of its checks.
func (t *talk) learn(_ context.Context, e *model.Entry, check string) error {
	if check != "" {
		return t.plain.LearnCheck(t.out, e, model.CheckID(check))
	}
	return t.plain.Learn(t.out, e)
}

func (t *talk) commands(_ context.Context, e *model.Entry, _ string) error {
	return t.plain.Commands(t.out, e, imagecmd.Equivalents(t.app))
}

// breaks lists the ways in which the node can be broken, or breaks it in one of them: the word may be followed by the
// number of a variant.
func (t *talk) breaks(ctx context.Context, e *model.Entry, rest string) error {
	all := t.backend.Breaks(e)
	if rest == "" || len(all) == 0 {
		return t.plain.Breaks(t.out, all)
	}
	id, variant := rest, 1
	if name, number, several := strings.Cut(rest, " "); several {
		id = name
		if _, err := fmt.Sscanf(number, "%d", &variant); err != nil {
			return refused{fmt.Errorf("%q is no number of a variant", number)}
		}
	}
	at := slices.IndexFunc(all, func(b breaking.Break) bool { return string(b.ID) == id })
	switch {
	case at < 0:
		return refused{fmt.Errorf("there is no way %q; break alone lists them", id)}
	case variant < 1 || variant > all[at].Variants:
		return refused{fmt.Errorf("it has %d variants", all[at].Variants)}
	case e.Report == nil:
		return refused{errors.New("it was not judged, so there is nothing to compare with")}
	}
	broken, report, err := t.backend.Break(ctx, e, all[at].ID, variant-1)
	if err != nil {
		return refused{err}
	}
	return t.plain.Broken(t.out, broken, *e.Report, report)
}
