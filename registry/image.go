package registry

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Annotations by which an index marks BuildKit's attestation manifests (BuildKit docs/attestations/attestation-storage.md).
const (
	annotationReferenceType   = "vnd.docker.reference.type"
	annotationReferenceDigest = "vnd.docker.reference.digest"
	attestationManifest       = "attestation-manifest"
)

// image is the root, or a child of an index.
type image struct {
	node  model.Node
	shown bool
	also  []model.Found // ways to it that were seen before it was shown
}

// begin asks for the root. Where its digest is known, so is where to look for what is attached: all is asked at once.
func (c *crawl) begin(reference string) {
	p := c.places[0]
	c.queue.add(priorityImage, func(ctx context.Context) func() {
		got, err := p.manifest(ctx, reference)
		return func() { c.rooted(got, asFailure(err)) }
	})
	if digest := model.Digest(reference); digest.Valid() {
		c.lookEverywhere(c.subjectOf(digest, nil, p))
	}
}

// rooted takes the root's manifest.
func (c *crawl) rooted(got content, f *failure) {
	if f == nil {
		f = c.already(got).failure
	}
	if f != nil {
		c.err = f
		return
	}
	p := c.places[0]
	reference := p.repository()
	if reference == "" {
		reference = c.as
	}
	if reference != "" {
		reference += "@" + string(got.digest)
	}
	var notes []model.Finding
	for _, place := range c.places {
		notes = append(notes, place.notes()...)
	}
	if c.platform != "" && !c.openings[got.digest].manifest.Index {
		notes = append(notes, model.Finding{
			ID: "platform", Severity: model.SeverityInfo,
			Message: "this is a single image and not an index: there is nothing to choose by platform",
		})
	}
	if !c.asOf.IsZero() {
		notes = append(notes, asOfNote(c.asOf, c.tag))
	}
	if c.root = got.digest; c.root != c.expected {
		c.queue.dropGuesses()
	}
	c.resolve(model.Resolved{Reference: reference, Digest: got.digest, Notes: notes, AsOf: c.asOf, Scheme: p.scheme()})
	c.images[got.digest] = &image{}
	s := c.subjectOf(got.digest, nil, p)
	c.showImage(s, c.openings[got.digest], model.Attached{Found: []model.Found{model.FoundRoot}, Tag: c.tag}, "")
	c.lookEverywhere(s)
}

// showImage puts the root or a child of an index into the tree. Usually it is an image or an index; a root may also be
// something that is itself attached to something else.
func (c *crawl) showImage(s *subject, o *opening, a model.Attached, platform string) {
	a.Digest, a.Raw, a.Manifest = o.content.digest, o.content.raw, o.manifest
	if a.Manifest.Subject != nil {
		a.Subject = a.Manifest.Subject.Digest
	}
	nodes := model.Recognize(a)
	node := model.Holder(a)
	node.Platform = platform
	switch {
	case o.manifest.Index:
		node.Kind, node.Format, node.Blob, node.Layers = model.KindIndex, model.FormatNone, model.Descriptor{}, nil
	case plainImage(o.manifest, node):
		node.Kind, node.Format, node.Blob, node.Layers = model.KindImage, model.FormatNone, model.Descriptor{}, nil
		defer func() { c.labels(node, *o.manifest.Config, s.place) }()
	case nodes[0].Layered():
		defer func() {
			for _, layer := range nodes {
				layer.Parent = node.ID
				c.emit(model.NodeFound{Node: layer})
				c.load(layer, s.place)
			}
		}()
	}
	c.present(node)
	c.load(node, s.place)
	s.shown(node.ID)
	if o.manifest.Index {
		c.children(s, o.manifest, append([]model.Digest{a.Digest}, a.Within...))
	}
}

// present emits the node of an image, with every way to it that was seen before.
func (c *crawl) present(node model.Node) {
	i := c.images[node.Digest]
	for _, way := range i.also {
		if !slices.Contains(node.Found, way) {
			node.Found = append(node.Found, way)
		}
	}
	i.node, i.shown = node, true
	c.emit(model.NodeFound{Node: node})
}

// plainImage reports whether a manifest that is nothing else is a container image.
func plainImage(m model.Manifest, node model.Node) bool {
	if node.Kind != model.KindArtifact || node.Format != model.FormatOpaque || m.ArtifactType != "" || m.Config == nil {
		return false
	}
	switch m.Config.MediaType {
	case "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json", "":
		return true
	}
	return false
}

// children takes the children of an index: platforms, and BuildKit's attestation manifests under the platforms that
// they describe. within starts with the index itself.
func (c *crawl) children(s *subject, m model.Manifest, within []model.Digest) {
	l := c.line(model.MechanismIndexChildren, s.digest, c.places[0])
	entries, status, detail := cut(m.Manifests, c.limits.Children)
	if room := max(c.limits.Manifests+1-len(c.images), 0); len(entries) > room {
		entries, status = entries[:room], model.LookupTruncated
		detail = fmt.Sprintf("more than %d manifests altogether: only the first ones are shown", c.limits.Manifests)
	}
	entries, status = l.named(entries, status)
	kept, omitted := c.onPlatform(entries)
	already := map[model.Digest]bool{}
	for _, entry := range kept {
		if !describesSibling(entry) {
			if already[entry.Digest] {
				l.note("%s is listed again, for %s", entry.Digest.Short(), cmp.Or(entry.Platform, "no platform"))
			}
			already[entry.Digest] = true
			c.child(s, entry, within)
		}
	}
	for _, entry := range kept {
		if describesSibling(entry) {
			c.attestationChild(s, entry, within)
		}
	}
	if omitted > 0 {
		l.note("%d left out: not for %s", omitted, c.platform)
	}
	if len(kept) == 0 && status == model.LookupFound {
		status = model.LookupNone
	}
	l.end(status, len(kept), detail)
	if len(kept) == 0 && omitted > 0 && s.above == nil {
		c.err = &SourceError{
			Kind: KindUsage, Hint: "it has " + strings.Join(platforms(entries), ", "),
			Err: fmt.Errorf("the index has nothing for platform %s", c.platform),
		}
	}
}

func describesSibling(entry model.Descriptor) bool {
	return entry.Annotations[annotationReferenceType] == attestationManifest
}

// onPlatform keeps the entries for the platform asked for, those that describe one of them, and those that name no
// platform.
func (c *crawl) onPlatform(entries []model.Descriptor) (kept []model.Descriptor, omitted int) {
	if c.platform == "" {
		return entries, 0
	}
	out := map[model.Digest]bool{}
	wanted := map[model.Digest]bool{} // one image may be listed for several platforms
	for _, entry := range entries {
		fits := entry.Platform == "" || platformMatches(c.platform, entry.Platform)
		wanted[entry.Digest] = wanted[entry.Digest] || fits
		out[entry.Digest] = !describesSibling(entry) && !wanted[entry.Digest]
	}
	for _, entry := range entries {
		other := !describesSibling(entry) && entry.Platform != "" && !platformMatches(c.platform, entry.Platform)
		if other || out[model.Digest(entry.Annotations[annotationReferenceDigest])] {
			omitted++
			continue
		}
		kept = append(kept, entry)
	}
	return kept, omitted
}

// platformMatches reports whether a platform is the one asked for; a variant counts only where one was asked for.
func platformMatches(want, have string) bool {
	return have == want || strings.HasPrefix(have, want+"/")
}

func platforms(entries []model.Descriptor) []string {
	var names []string
	for _, entry := range entries {
		if !describesSibling(entry) && entry.Platform != "" && !slices.Contains(names, entry.Platform) {
			names = append(names, entry.Platform)
		}
	}
	return names
}

// child takes one child of an index.
func (c *crawl) child(s *subject, entry model.Descriptor, within []model.Digest) {
	if c.images[entry.Digest] != nil {
		return
	}
	c.images[entry.Digest] = &image{}
	on := c.subjectOf(entry.Digest, s, s.place)
	if entry.Digest.Valid() {
		c.lookEverywhere(on)
	}
	c.open(s.place, entry.Digest, priorityImage, func(o *opening) {
		s.hang(func(parent string) { c.showChild(on, o, entry, parent, within) })
	})
}

func (c *crawl) showChild(s *subject, o *opening, entry model.Descriptor, parent string, within []model.Digest) {
	a := model.Attached{Parent: parent, Found: []model.Found{model.FoundIndexChild}, Within: within}
	o = o.asListed(entry)
	if o.failure != nil {
		n := model.Node{
			ID: string(entry.Digest), Parent: parent, Kind: kindOfEntry(entry), Digest: entry.Digest, Size: entry.Size,
			MediaType: entry.MediaType, Platform: entry.Platform, Within: within, Found: a.Found,
			Unavailable: o.failure.detail,
		}
		c.images[entry.Digest].node, c.images[entry.Digest].shown = n, true
		c.missing(n, o.failure)
		s.shown(n.ID)
		return
	}
	declared := o.manifest.Subject
	if declared != nil && c.subjects[declared.Digest] != nil && !o.manifest.Index && declared.Digest != entry.Digest {
		// Kept in the index, but attached to the index or to another child of it, by its own words.
		delete(c.images, entry.Digest)
		c.attach(finding{
			place: s.place, on: c.subjects[declared.Digest], about: declared.Digest, entry: entry,
			found: model.FoundIndexChild, within: within,
		})
		return
	}
	c.showImage(s, o, a, entry.Platform)
}

// kindOfEntry is what a child that could not be fetched would probably be.
func kindOfEntry(entry model.Descriptor) model.Kind {
	if entry.MediaType == model.MediaTypeOCIIndex || entry.MediaType == model.MediaTypeDockerList {
		return model.KindIndex
	}
	return model.KindImage
}

// attestationChild takes a child of an index that says that it describes another one. Once opened it must look like
// BuildKit's attestation manifest; otherwise it is a child like any other.
func (c *crawl) attestationChild(s *subject, entry model.Descriptor, within []model.Digest) {
	about, on := model.Digest(entry.Annotations[annotationReferenceDigest]), s
	if c.images[about] != nil {
		on = c.subjects[about]
	}
	if c.images[entry.Digest] != nil || on.descends(entry.Digest) {
		return
	}
	m := c.subjectOf(entry.Digest, on, s.place)
	if entry.Digest.Valid() {
		c.lookEverywhere(m)
	}
	c.open(s.place, entry.Digest, priorityImage, func(o *opening) {
		attached := model.Attached{Digest: entry.Digest, Manifest: o.manifest}
		if o.failure == nil && model.Holder(attached).Kind != model.KindAttestationManifest {
			c.images[entry.Digest] = &image{}
			s.hang(func(parent string) { c.showChild(m, o, entry, parent, within) })
			return
		}
		c.attach(finding{place: s.place, on: on, about: about, entry: entry, found: model.FoundBuildKit, within: within})
	})
}
