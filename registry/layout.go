package registry

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/aside"
)

// Annotations on the entries of a layout's index.json.
const (
	annotationRefName        = "org.opencontainers.image.ref.name" // image-spec, annotations.md
	annotationContainerdName = "io.containerd.image.name"          // a full reference
	annotationCosignKind     = "kind"                              // cosign save
)

// layout is an OCI layout (image-spec, image-layout.md) as a place. It has no referrers API; instead all its manifests
// are read once, to see which say that they are attached to what.
type layout struct {
	files   files
	limits  Limits
	shelf   *aside.Shelf
	entries []model.Descriptor
	tags    map[string]model.Digest
	twice   map[string]bool // tags that entries of different digests have
	remarks []model.Finding

	scan sync.Once
	of   map[model.Digest][]model.Descriptor // who names it as subject
	bad  *failure                            // why the scan did not see everything
}

// openLayout reads index.json.
func openLayout(f files, opts Options) (*layout, error) {
	limits := opts.Limits
	raw, err := readFile(f, "index.json", limits.Manifest)
	if err != nil {
		return nil, noLayout(err)
	}
	m, err := model.ParseManifest(raw)
	if err != nil || !m.Index {
		return nil, failed(KindBroken, "its index.json is not an index")
	}
	l := &layout{files: f, limits: limits, shelf: opts.Shelf, entries: m.Manifests, tags: map[string]model.Digest{}, twice: map[string]bool{}}
	if len(l.entries) > limits.Referrers {
		return nil, failed(KindTooLarge, "its index.json has more than %d entries", limits.Referrers)
	}
	for _, entry := range l.entries {
		if name := entry.Annotations[annotationRefName]; name != "" {
			l.twice[name] = l.twice[name] || l.tags[name] != "" && l.tags[name] != entry.Digest
			l.tags[name] = entry.Digest
		}
	}
	return l, nil
}

// noLayout says what a folder without a readable index.json is.
func noLayout(err error) error {
	cause := asFailure(err)
	if cause.kind != KindNotFound {
		return failed(cause.kind, "read index.json: %s", cause.detail)
	}
	hint := "give a folder with oci-layout and index.json; for an image of that name in a registry write registry: before it"
	return &SourceError{
		Kind: KindUsage, Tried: "an OCI layout", Hint: hint,
		Err: failed(KindUsage, "it is not an OCI layout: it has no index.json"),
	}
}

// manifest is place.manifest.
func (l *layout) manifest(_ context.Context, reference string) (content, error) {
	digest := model.Digest(reference)
	if !strings.Contains(reference, ":") {
		named, found := l.tags[reference]
		switch {
		case !found:
			return content{}, failed(KindNotFound, "index.json has no entry named %q", reference)
		case l.twice[reference]:
			return content{}, failed(KindBroken, "index.json has several entries named %q: which of them counts depends on the program", reference)
		}
		digest = named
	}
	if !digest.Valid() {
		return content{}, failed(KindUnsupported, "%q is not a digest that can be checked", string(digest))
	}
	raw, err := readFile(l.files, blobPath(digest), l.limits.Manifest)
	if err != nil {
		return content{}, missingBlob(digest, err)
	}
	if err := checkManifest(digest, raw); err != nil {
		return content{}, err
	}
	return content{raw: raw, digest: digest}, nil
}

// blob is place.blob.
func (l *layout) blob(_ context.Context, digest model.Digest, size int64) ([]byte, error) {
	file, _, err := l.files.open(blobPath(digest))
	if err != nil {
		return nil, missingBlob(digest, pathFailure(err))
	}
	defer func() { _ = file.Close() }()
	raw, err := readBlob(file, l.shelf, digest, size)
	if err != nil {
		return nil, pathFailure(err)
	}
	return raw, nil
}

func missingBlob(digest model.Digest, err error) error {
	f := asFailure(err)
	if f.kind == KindNotFound {
		// To a look-up this is not "none": something names it, and it is not there.
		return failed(KindBroken, "named, but not in this layout: %s", digest.Short())
	}
	return f
}

// lister is place.lister.
func (l *layout) lister() (model.Mechanism, model.Found) {
	return model.MechanismLayoutScan, model.FoundFile
}

// referrers is place.referrers.
func (l *layout) referrers(ctx context.Context, subject model.Digest) listing {
	l.scan.Do(func() { l.of, l.bad = scan(ctx, l.files, l.limits) })
	got := listing{entries: l.of[subject], status: model.LookupFound}
	if len(got.entries) == 0 {
		got.status = model.LookupNone
	}
	if len(got.entries) > l.limits.Referrers {
		got.entries, got.status = got.entries[:l.limits.Referrers], model.LookupTruncated
		got.detail = "more referrers than are read: only the first ones are shown"
	}
	if l.bad != nil {
		got.status, got.detail = l.bad.status(), l.bad.detail
	}
	return got
}

// repository is place.repository.
func (l *layout) repository() string { return "" }

// width is place.width.
func (l *layout) width() int { return 8 }

// scheme is place.scheme.
func (*layout) scheme() string { return "" }

// notes is place.notes.
func (l *layout) notes() []model.Finding { return l.remarks }

// alias gives what cosign save marked as an image's signatures and attestations the tags that they had in the registry.
func (l *layout) alias(root model.Digest) {
	for _, entry := range l.entries {
		suffix := cosignSuffix(entry)
		if suffix == "" || !root.Valid() {
			continue
		}
		if tag := tagOf(root) + suffix; l.tags[tag] == "" {
			l.tags[tag] = entry.Digest
		}
	}
}

// cosignSuffix is the tag suffix of what cosign save marked.
func cosignSuffix(entry model.Descriptor) string {
	switch entry.Annotations[annotationCosignKind] {
	case "dev.cosignproject.cosign/sigs":
		return ".sig"
	case "dev.cosignproject.cosign/atts":
		return ".att"
	case "dev.cosignproject.cosign/sbom":
		return ".sbom"
	}
	return ""
}

// names are what a person can call an entry.
func names(entry model.Descriptor) []string {
	var all []string
	for _, name := range []string{entry.Annotations[annotationRefName], entry.Annotations[annotationContainerdName]} {
		if name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}
