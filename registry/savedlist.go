package registry

import (
	"bytes"
	"context"
	"encoding/json"
	"path"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/fetch"
)

// agrees holds an archive's manifest.json, which docker load takes its images from, against index.json, which is read
// here. Both are there in what docker save and BuildKit write, and mean the same. Where they do not, one image would be
// verified and another one loaded.
func (l *layout) agrees(ctx context.Context, root model.Digest) error {
	a, packed := l.files.(*archive)
	if !packed || !a.has("manifest.json") {
		return nil
	}
	raw, err := readFile(a, "manifest.json", l.limits.Manifest)
	if err != nil {
		return err
	}
	var all []dockerSaved
	// docker load decodes as much as this, and does not look at what comes behind it.
	if json.NewDecoder(bytes.NewReader(raw)).Decode(&all) != nil {
		return nil // it takes nothing from it either
	}
	if len(all) > l.limits.Children {
		return failed(KindTooLarge, "its manifest.json has more than %d images", l.limits.Children)
	}
	owners := l.owners(ctx, root)
	for _, image := range all {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		config, err := readFile(a, path.Clean(image.Config), l.limits.Manifest)
		if err != nil {
			return failed(KindBroken, "its manifest.json names the config %q: %v", fetch.Short(image.Config), err)
		}
		if digest := model.DigestOf(config); !owners[digest].calls(image.RepoTags) {
			return failed(KindBroken, "its manifest.json, which docker load goes by, names another image than its index.json: that with the config %s",
				digest.Short())
		}
	}
	return nil
}

// owner is whose config something is: the image's that was asked for, or another's that has names of its own.
type owner struct {
	asked, other bool
	names        []string
}

// calls reports whether the owner may be called by the tags. What was asked for may have any.
func (o owner) calls(tags []string) bool {
	strange := func(tag string) bool {
		return !slices.ContainsFunc(o.names, func(name string) bool { return name == tag || strings.HasSuffix(name, "/"+tag) })
	}
	return o.asked || o.other && !slices.ContainsFunc(tags, strange)
}

// owners are the owners of the configs of all images in the layout.
func (l *layout) owners(ctx context.Context, root model.Digest) map[model.Digest]owner {
	known, seen := map[model.Digest]owner{}, map[model.Digest]bool{}
	l.own(ctx, root, owner{asked: true}, known, seen)
	called := map[model.Digest][]string{}
	for _, entry := range l.entries {
		called[entry.Digest] = append(called[entry.Digest], names(entry)...)
	}
	for _, entry := range l.entries {
		l.own(ctx, entry.Digest, owner{other: true, names: called[entry.Digest]}, known, seen)
	}
	return known
}

// own notes whose the config of an image is, or are those of the images of an index. seen are the manifests that were
// looked at.
func (l *layout) own(ctx context.Context, digest model.Digest, by owner, known map[model.Digest]owner, seen map[model.Digest]bool) {
	if seen[digest] || len(seen) > l.limits.Manifests || ctx.Err() != nil {
		return
	}
	seen[digest] = true
	got, err := l.manifest(ctx, string(digest))
	if err != nil {
		return
	}
	m, err := model.ParseManifest(got.raw)
	if err != nil {
		return
	}
	if m.Config != nil && !known[m.Config.Digest].asked {
		known[m.Config.Digest] = by
	}
	for _, child := range m.Manifests {
		l.own(ctx, child.Digest, by, known, seen)
	}
}
