package registry

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// attachmentKey tells attachments apart: a manifest may be attached to several subjects (a copied signature).
type attachmentKey struct{ digest, subject model.Digest }

// attachment is a manifest that was found on a subject, in one or more ways.
type attachment struct {
	found  []model.Found
	within []model.Digest
	tag    string
	nodes  []model.Node // as shown; nil until then
}

// finding is one way in which something was found.
type finding struct {
	place  place
	on     *subject     // in the tree it hangs on this
	about  model.Digest // its payload ought to be about this; usually on.digest
	entry  model.Descriptor
	found  model.Found
	tag    string
	within []model.Digest
	line   *line // of the ledger; may be nil
}

// attach takes something that was found. Nothing in the entry is believed but its digest, and that is checked.
func (c *crawl) attach(f finding) {
	digest := f.entry.Digest
	if f.on.descends(digest) {
		f.line.note("lists %s, which it is attached to itself: left out", digest.Short())
		return
	}
	if i := c.images[digest]; i != nil {
		if i.shown {
			c.again([]model.Node{i.node}, f)
		} else {
			i.also = append(i.also, f.found)
		}
		return
	}
	key := attachmentKey{digest, f.about}
	if a := c.attachments[key]; a != nil {
		a.also(f)
		c.again(a.nodes, f)
		return
	}
	if f.line != nil && len(c.attachments) >= c.limits.Manifests {
		f.line.left++
		return
	}
	a := &attachment{found: []model.Found{f.found}, within: f.within, tag: f.tag}
	c.attachments[key] = a
	if c.plain[digest] == "" {
		c.plain[digest] = f.about
	}
	f.line.expect()
	s := c.subjectOf(digest, f.on, f.place)
	c.open(f.place, digest, priorityManifest, func(o *opening) {
		if f.found == model.FoundBuildKit {
			o = o.asListed(f.entry)
		}
		f.line.arrived(o, f.about)
		f.on.hang(func(parent string) { c.show(a, f, s, o, parent) })
	})
	if digest.Valid() {
		c.ask(s, f.place, priorityNested)
	}
}

// also remembers one more way to what is attached already.
func (a *attachment) also(f finding) {
	if !slices.Contains(a.found, f.found) {
		a.found = append(a.found, f.found)
	}
	if len(a.within) == 0 {
		a.within = f.within
	}
}

// again tells of one more way to nodes that are in the tree.
func (c *crawl) again(nodes []model.Node, f finding) {
	for _, n := range nodes {
		n.Found = []model.Found{f.found}
		c.emit(model.NodeFound{Node: n})
	}
}

// show puts what is attached into the tree, and asks for its payloads.
func (c *crawl) show(a *attachment, f finding, s *subject, o *opening, parent string) {
	if o.failure != nil {
		c.showMissing(a, f, s, o.failure, parent)
		return
	}
	attached := model.Attached{
		Digest: o.content.digest, Raw: o.content.raw, Manifest: o.manifest, Subject: f.about, Parent: parent,
		Found: a.found, Tag: a.tag, Within: a.within,
	}
	a.nodes = model.Recognize(attached)
	suffix := c.suffix(o, f.about)
	for i := range a.nodes {
		a.nodes[i].ID += suffix
		c.emit(model.NodeFound{Node: a.nodes[i]})
	}
	for _, n := range a.nodes {
		c.load(n, f.place)
	}
	if s.node == "" && s.hold == nil {
		c.reveal(s, attached, a.nodes, suffix)
		c.look(s, f.place, signing(a.nodes))
	}
}

// reveal makes what is attached to the manifest itself hang on its node, or on a node that holds its layers.
func (c *crawl) reveal(s *subject, attached model.Attached, nodes []model.Node, suffix string) {
	if !nodes[0].Layered() {
		s.shown(nodes[0].ID)
		return
	}
	s.holds(func() {
		holder := model.Holder(attached)
		holder.ID += suffix
		c.emit(model.NodeFound{Node: holder})
		for _, n := range nodes {
			c.emit(model.Moved{ID: n.ID, Parent: holder.ID})
		}
		s.shown(holder.ID)
	})
}

// suffix tells apart the nodes of one manifest under several subjects. The subject that the manifest names goes
// without, also where it is not known yet that this is among those that are looked at; of a manifest that names none the
// one that it was found on first does. Two nodes of one name would be taken for one, and a subject that has a signature
// for one that has none.
func (c *crawl) suffix(o *opening, about model.Digest) string {
	without := c.plain[o.content.digest]
	if declared := o.manifest.Subject; declared != nil {
		without = declared.Digest
	}
	if without == about {
		return ""
	}
	return "@" + string(about)
}

// showMissing shows that there is something whose manifest could not be had.
func (c *crawl) showMissing(a *attachment, f finding, s *subject, why *failure, parent string) {
	n := model.Node{
		ID: string(f.entry.Digest), Parent: parent, Kind: model.KindArtifact, Format: model.FormatOpaque,
		Digest: f.entry.Digest, Size: f.entry.Size, MediaType: f.entry.MediaType, Subject: f.about,
		Within: a.within, Found: slices.Clone(a.found), Tag: a.tag, Unavailable: why.detail,
	}
	if f.found == model.FoundBuildKit {
		n.Kind = model.KindAttestationManifest
	}
	if c.plain[f.entry.Digest] != f.about {
		n.ID += "@" + string(f.about)
	}
	c.missing(n, why)
	a.nodes = []model.Node{n}
	if s.node == "" {
		s.shown(n.ID)
	}
}

// missing emits a node without a manifest. Where bytes came that were not the right ones, its payload says so too.
func (c *crawl) missing(n model.Node, why *failure) {
	c.emit(model.NodeFound{Node: n})
	if why.kind == KindTampered {
		c.emit(model.BlobLoaded{ID: n.ID, Problem: why.detail, Tampered: true})
	}
}

// signing reports whether all nodes are signatures or attestations, to which hardly anything is ever attached.
func signing(nodes []model.Node) bool {
	return !slices.ContainsFunc(nodes, func(n model.Node) bool {
		return n.Kind != model.KindSignature && n.Kind != model.KindAttestation
	})
}
