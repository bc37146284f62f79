package registry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/attestree/attestree/model"
)

// Discover finds everything attached to source and reports it through emit, one event after another, parents before
// what hangs on them. The first event is model.Resolved. It does not emit model.DiscoveryDone: what Discover returns is
// for the caller to put there.
//
// It returns an error only when it could not do its work: a *SourceError, or the context's error when the caller gave
// up. Look-ups that were denied, failed or were cut off are not errors but events, and so is everything that could not
// be fetched: nothing is silently left out.
func Discover(ctx context.Context, source string, opts Options, emit func(model.Event)) error {
	opts.Limits = opts.Limits.withDefaults()
	at, problem := locate(source)
	if problem != nil {
		return problem
	}
	var err error
	switch at.form {
	case formReference:
		err = discoverRemote(ctx, at.reference, opts, emit)
	case formFolder:
		err = discoverFolder(ctx, at, opts, emit)
	case formFile:
		err = discoverFile(ctx, at, opts, emit)
	case formStdin:
		err = discoverStdin(ctx, at, opts, emit)
	}
	return explain(ctx, source, err)
}

// DiscoverLayout does the same for an OCI layout in a file system. The name is for messages; reference is a tag or
// digest that chooses one of several images, "" where there is one.
func DiscoverLayout(ctx context.Context, fsys fs.FS, name, reference string, opts Options, emit func(model.Event)) error {
	opts.Limits = opts.Limits.withDefaults()
	return explain(ctx, name, discoverLayout(ctx, folder{fsys}, reference, opts, emit))
}

// explain makes every error a *SourceError about source, but for the caller's own giving up.
func explain(ctx context.Context, source string, err error) error {
	var known *SourceError
	var f *failure
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		if known.Source == "" {
			known.Source = source
		}
		return known
	case errors.As(err, &f):
		return &SourceError{Source: source, Kind: f.kind, Err: f}
	}
	f = pathFailure(err)
	return &SourceError{Source: source, Kind: f.kind, Err: err}
}

func discoverRemote(ctx context.Context, text string, opts Options, emit func(model.Event)) error {
	const tried = "a path of that name, then a registry reference"
	r, err := parseReference(text, opts.PlainHTTP)
	if err != nil {
		return &SourceError{Kind: KindUsage, Tried: tried, Hint: "write registry/repository:tag, or a path that exists", Err: err}
	}
	var others []reference
	if opts.CosignRepository != "" {
		other, err := parseReference(opts.CosignRepository, opts.PlainHTTP)
		if err != nil {
			return &SourceError{Source: opts.CosignRepository, Kind: KindUsage, Hint: "COSIGN_REPOSITORY must be a repository", Err: err}
		}
		if normalName(other.repo) != normalName(r.repo) {
			others = append(others, other)
		}
	}
	if opts.Offline {
		return discoverKept(ctx, r, others, opts, emit)
	}
	err = crawlRemote(ctx, r, others, opts, emit)
	var problem *SourceError
	if !errors.As(err, &problem) {
		return err
	}
	if path, name := splitLayout(text); name != "" && exists(path) {
		problem.Hint = fmt.Sprintf("for the path %s write oci: or archive: before it; otherwise: %s", path, problem.Hint)
	} else if fileEnding(text) && !exists(text) {
		problem.Hint = fmt.Sprintf("there is no file %s; for an image: %s", text, problem.Hint)
	}
	return err
}

// crawlRemote asks the registry, and keeps for the next time what was asked.
func crawlRemote(ctx context.Context, r reference, others []reference, opts Options, emit func(model.Event)) error {
	client := opts.Client
	if client == nil {
		client = NewClient(opts)
		defer client.Close()
	}
	first := newRemote(r.repo, client, opts)
	first.cached.waits, first.begins = true, r.identifier()
	if r.digest != "" {
		first.root = string(r.digest)
	}
	remotes, places := []*remote{first}, []place{first}
	for _, other := range others {
		p := newRemote(other.repo, client, opts)
		remotes, places = append(remotes, p), append(places, p)
	}
	c := newCrawl(places, opts, emit)
	switch {
	case r.digest == "":
		c.tag = r.tag
	case r.tag != "" && opts.WatchTag:
		c.watchTag(first, r.tag, r.digest)
	}
	asked, memories := time.Now(), memoriesOf(r, opts)
	c.begin(r.identifier())
	c.expected = r.digest
	if tag, known := memories.tag(r.tag); known && r.digest == "" {
		c.expected = tag.Digest
	}
	if image, known := memories.image(c.expected); known {
		c.expect(image, remotes)
	}
	err := c.loop(ctx)
	if err == nil {
		memories.keep(c.root, c.tag, asked, remotes, func(d model.Digest) bool { return c.images[d] != nil })
	}
	return remoteProblem(err, r, first.session)
}

// fileEnding reports whether a text ends as the names of the files do that are opened here.
func fileEnding(text string) bool {
	switch filepath.Ext(text) {
	case ".tar", ".tgz", ".gz", ".json", ".jsonl", ".sigstore", ".bundle", ".intoto":
		return true
	}
	return false
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// remoteProblem adds what a person can do about a root that could not be had.
func remoteProblem(err error, r reference, s *session) error {
	var f *failure
	if !errors.As(err, &f) {
		return err
	}
	return &SourceError{
		Kind: f.kind, Tried: "GET /v2/" + r.repo.RepositoryStr() + "/manifests/" + r.identifier() + " at " + normalName(r.repo),
		Hint: advice(f, r, s), Err: f,
	}
}

func discoverFolder(ctx context.Context, at located, opts Options, emit func(model.Event)) error {
	info, err := os.Stat(at.path)
	switch {
	case err != nil:
		return folderError(err)
	case !info.IsDir():
		return usage("", "an OCI layout", "for an archive or document leave out the prefix, or write archive: or file:", "it is no folder")
	}
	root, err := os.OpenRoot(at.path)
	if err != nil {
		return folderError(err)
	}
	defer func() { _ = root.Close() }()
	return discoverLayout(ctx, folder{root.FS()}, at.reference, opts, emit)
}

// folderError says why the folder of a layout could not be read.
func folderError(err error) error {
	problem := fileError("", err)
	if problem.Kind == KindNotFound {
		problem.Hint = "check the path; an OCI layout is a folder with oci-layout and index.json"
	}
	return problem
}

// asReference is the repository that a layout stands for.
func asReference(opts Options) (string, error) {
	if opts.As == "" {
		return "", nil
	}
	repository, err := Repository(opts.As)
	if err != nil {
		return "", &SourceError{Source: opts.As, Kind: KindUsage, Hint: "--as takes a reference", Err: err}
	}
	return repository, nil
}
