package screen

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/saved"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
	"github.com/attestree/attestree/registry"
)

// differ compares the image of a screen with others.
type differ struct {
	app *run.App
	job run.Job

	mu   sync.Mutex
	done []string // what was compared in this run, the last first
}

// newDiffer prepares comparisons for a job's screen. It works beside what the screen does, so it shares with the rest of the
// run only what does not change any more.
func newDiffer(a *run.App, j run.Job) *differ {
	a.Contents() // opened before several may want it
	own := *a
	own.Progress = false // the screen shows it
	return &differ{app: &own, job: j}
}

// mostDone is how many sources are remembered.
const mostDone = 20

// Compare is diff.Backend.
func (d *differ) Compare(ctx context.Context, t *model.Tree, other string) <-chan diff.Progress {
	out := make(chan diff.Progress)
	go func() {
		defer close(out)
		send := func(p diff.Progress) {
			select {
			case out <- p:
			case <-ctx.Done():
			}
		}
		report, err := d.compare(ctx, t, other, send)
		if err != nil {
			send(diff.Progress{Err: because(err)})
			return
		}
		d.remember(other)
		send(diff.Progress{Report: report})
	}()
	return out
}

// because is an error with what the person can do about it, where something can be done.
func because(err error) error {
	var source *registry.SourceError
	if !errors.As(err, &source) || source.Hint == "" {
		return err
	}
	return fmt.Errorf("%w. Hint: %s", err, source.Hint)
}

func (d *differ) compare(ctx context.Context, t *model.Tree, other string, send func(diff.Progress)) (*diff.Report, error) {
	before, err := d.side(ctx, d.expand(t, other), send)
	if err != nil {
		return nil, err
	}
	after, err := imagecmd.Side(ctx, d.app, d.job, t)
	if err != nil {
		return nil, err
	}
	r := diff.Compare(before, after)
	return &r, ctx.Err()
}

// side is the other one: a saved report, or what is looked at now and judged by whom the reader trusts on this screen.
// The demo's trust is for the demo alone, and nothing else is for it.
func (d *differ) side(ctx context.Context, source string, send func(diff.Progress)) (diff.Side, error) {
	own := *d.app // its flags may be written to while they are checked
	a := &own
	if source == "-" {
		return diff.Side{}, fmt.Errorf("standard input cannot be read from the screen")
	}
	if raw, is, err := imagecmd.SavedReport(source); is {
		if err != nil {
			return diff.Side{}, err
		}
		return saved.Side(source, raw)
	}
	if source == run.DemoSource || d.job.Demo {
		a.Flags.Offline = a.Flags.Offline || d.job.Demo // the demo opens no connection, whatever is typed in it
		j, err := a.PrepareJudging(ctx, source)
		if err != nil {
			return diff.Side{}, err
		}
		return d.look(ctx, a, j, send)
	}
	j, err := a.Prepare(source)
	if err != nil {
		return diff.Side{}, err
	}
	j.Verify, j.Roots, j.Trust, j.Notes = true, d.job.Roots, d.job.Trust, d.job.Notes
	return d.look(ctx, a, j, send)
}

// look discovers and judges the other side, and tells how far it is.
func (d *differ) look(ctx context.Context, a *run.App, j run.Job, send func(diff.Progress)) (diff.Side, error) {
	tree, p, told := model.NewTree(), diff.Progress{}, a.Now()
	err := j.Session().Run(ctx, func(e model.Event) {
		tree.Apply(e)
		switch e.(type) {
		case model.NodeFound:
			p.Found = tree.Len()
		case model.Judged:
			p.Judged++
		default:
			return
		}
		if now := a.Now(); now.Sub(told) >= progressInterval {
			told = now
			send(p)
		}
	})
	if err != nil {
		return diff.Side{}, err
	}
	tree.Judge()
	return imagecmd.Side(ctx, a, j, tree)
}

// aTag is what a registry accepts as a tag (distribution-spec, "Pulling manifests").
var aTag = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$`)

// expand makes a source of what is only a tag or digest of the image that is open. A word alone is a tag too, unless there
// is a file of that name, or it ends as files do: an image on another registry that is called by one word can be named with
// its tag, and a tag that is like a file with a colon before it.
func (d *differ) expand(t *model.Tree, other string) string {
	repository, _, found := strings.Cut(t.Reference, "@")
	if tag, is := strings.CutPrefix(other, ":"); is && found && tag != "" {
		return repository + ":" + tag
	}
	if _, err := os.Lstat(other); err != nil && other != run.DemoSource && aTag.MatchString(other) && !registry.NamesFile(other) {
		switch folder, _ := layoutOf(d.job.Source); {
		case folder != "":
			return "oci:" + folder + ":" + other
		case found:
			return repository + ":" + other
		}
	}
	if _, err := model.ParseDigest(strings.TrimPrefix(other, "@")); err == nil && found {
		return repository + "@" + strings.TrimPrefix(other, "@")
	}
	return other
}

func (d *differ) remember(source string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.done = append([]string{source}, slices.DeleteFunc(d.done, func(s string) bool { return s == source })...)
	d.done = d.done[:min(len(d.done), mostDone)]
}

// Others is diff.Backend: what was compared before in this run, other tags of the same folder, and what was opened before,
// images of the same repository first.
func (d *differ) Others(t *model.Tree) []diff.Other {
	d.mu.Lock()
	done := slices.Clone(d.done)
	d.mu.Unlock()
	var out []diff.Other
	for _, s := range done {
		out = append(out, diff.Other{Source: s, Why: "compared before"})
	}
	for _, o := range siblings(d.job.Source) {
		if !slices.Contains(done, o) {
			out = append(out, diff.Other{Source: o, Why: "another tag of this folder"})
		}
	}
	known := func(source string) bool {
		return source == d.job.Source || slices.ContainsFunc(out, func(o diff.Other) bool { return o.Source == source })
	}
	repository, _, found := strings.Cut(t.Reference, "@")
	var elsewhere []diff.Other
	for _, source := range d.opened() {
		switch name, err := registry.Repository(strings.TrimPrefix(source, "registry:")); {
		case known(source):
		case found && err == nil && name == repository:
			out = append(out, diff.Other{Source: source, Why: "opened before, same repository"})
		default:
			elsewhere = append(elsewhere, diff.Other{Source: source, Why: "opened before"})
		}
	}
	return append(out, elsewhere...)
}

// opened is what the start screen offers. Where that cannot be read it offers nothing, and says why; here it is a
// convenience.
func (d *differ) opened() (sources []string) {
	list, err := (shelf{remembered(d.app)}).Opened()
	if err != nil {
		return nil
	}
	for _, o := range list {
		sources = append(sources, o.Source)
	}
	return sources
}
