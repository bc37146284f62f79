package registry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// discoverLayout finds the image in a layout and everything attached to it.
func discoverLayout(ctx context.Context, f files, reference string, opts Options, emit func(model.Event)) error {
	l, err := openLayout(f, opts)
	if err != nil {
		return err
	}
	as, err := asReference(opts)
	if err != nil {
		return err
	}
	root, tag, err := l.choose(ctx, reference)
	if err != nil {
		return err
	}
	if err := l.agrees(ctx, root); err != nil {
		return err
	}
	l.alias(root)
	l.remarks = append(l.remarks, l.rewritten(ctx, root)...)
	c := newCrawl([]place{l}, opts, emit)
	c.as, c.tag = as, tag
	c.begin(string(root))
	return c.loop(ctx)
}

// choose finds the entry that is meant. Without a reference it is the only one that is an image and not attached to
// another.
func (l *layout) choose(ctx context.Context, reference string) (model.Digest, string, error) {
	if digest := model.Digest(reference); digest.Valid() {
		file, _, err := l.files.open(blobPath(digest))
		if errors.Is(err, fs.ErrNotExist) {
			return "", "", failed(KindNotFound, "the layout has no %s", digest.Short())
		}
		if err != nil {
			return "", "", err
		}
		return digest, "", file.Close()
	}
	if reference != "" {
		return l.called(reference)
	}
	candidates := l.candidates(ctx)
	switch len(candidates) {
	case 0:
		return "", "", failed(KindNotFound, "the layout has no image")
	case 1:
		tag := ""
		if all := names(candidates[0]); len(all) > 0 {
			tag = all[0]
		}
		return candidates[0].Digest, tag, nil
	}
	return "", "", l.ambiguous(KindAmbiguous, fmt.Sprintf("it has %d images", len(candidates)), candidates)
}

// called finds the entry of that name. Of a name that two have, some programs take the first and some the last, so that
// neither is meant: what was verified would not be what is copied.
func (l *layout) called(name string) (model.Digest, string, error) {
	var found []model.Descriptor
	for _, entry := range l.entries {
		if slices.ContainsFunc(names(entry), func(own string) bool { return named(own, name) }) &&
			!slices.ContainsFunc(found, func(d model.Descriptor) bool { return d.Digest == entry.Digest }) {
			found = append(found, model.Descriptor{Digest: entry.Digest}) // to be chosen by digest, should it have to be
		}
	}
	switch len(found) {
	case 0:
		if _, err := model.ParseDigest(name); err != nil && digestLike(name) {
			return "", "", failed(KindUsage, "%s", err.Error())
		}
		return "", "", l.ambiguous(KindNotFound, fmt.Sprintf("it has no image called %q", name), l.entries)
	case 1:
		return found[0].Digest, name, nil
	}
	return "", "", l.ambiguous(KindAmbiguous, fmt.Sprintf("it has %d images called %q", len(found), name), found)
}

// digestLike reports whether a name was probably meant as a digest.
func digestLike(name string) bool {
	algorithm, _, found := strings.Cut(strings.ToLower(name), ":")
	return found && (algorithm == "sha256" || algorithm == "sha512")
}

// named reports whether an entry's name is the one asked for: whole, or the tag at the end of a full reference.
func named(name, reference string) bool {
	return name == reference || strings.HasSuffix(name, ":"+reference)
}

// candidates are the entries that can be meant by the layout as a whole: those with a name before those without, one
// for each digest, and neither what is attached to something nor a child of another candidate.
func (l *layout) candidates(ctx context.Context) []model.Descriptor {
	below := map[model.Digest]bool{}
	var all []model.Descriptor
	for _, entry := range l.entries {
		if describesSibling(entry) || cosignSuffix(entry) != "" || slices.ContainsFunc(names(entry), attachmentTag) {
			continue
		}
		got, err := l.manifest(ctx, string(entry.Digest))
		if err == nil {
			m, err := model.ParseManifest(got.raw)
			if err == nil && m.Subject != nil {
				continue
			}
			for _, child := range m.Manifests {
				below[child.Digest] = true
			}
		}
		if !slices.ContainsFunc(all, func(d model.Descriptor) bool { return d.Digest == entry.Digest }) {
			all = append(all, entry)
		}
	}
	all = slices.DeleteFunc(all, func(d model.Descriptor) bool { return below[d.Digest] })
	withName := slices.DeleteFunc(slices.Clone(all), func(d model.Descriptor) bool { return len(names(d)) == 0 })
	if len(withName) > 0 {
		return withName
	}
	return all
}

// prefix is what a source is written with to choose an entry.
func (l *layout) prefix() string {
	if _, packed := l.files.(*archive); packed {
		return "archive"
	}
	return "oci"
}

// maxChoices is how many choices an error lists.
const maxChoices = 12

// ambiguous lists what can be chosen.
func (l *layout) ambiguous(kind ErrorKind, problem string, entries []model.Descriptor) error {
	var choices []string
	for _, entry := range entries {
		choice := string(entry.Digest)
		if all := names(entry); len(all) > 0 {
			choice = all[0]
		}
		if !slices.Contains(choices, choice) && !attachmentTag(choice) {
			choices = append(choices, choice)
		}
	}
	if len(choices) > maxChoices {
		choices = append(choices[:maxChoices], "…")
	}
	return &SourceError{
		Kind: kind, Hint: "choose one with " + l.prefix() + ":PATH:NAME or " + l.prefix() + ":PATH@DIGEST; there are: " + strings.Join(choices, ", "),
		Err: &failure{kind: kind, detail: problem},
	}
}
