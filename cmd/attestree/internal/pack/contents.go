package pack

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Contents is what goes into the layout.
type Contents struct {
	Blobs map[model.Digest][]byte
	Index []byte // index.json
	// Missing are blobs that belong to it and were not at hand, one sentence each: layers of images, which are no evidence,
	// are not among them.
	Missing []string
	Nodes   int
}

// The annotations by which cosign finds its way in a layout (cosign, pkg/oci/layout).
const (
	kindAnnotation  = "kind"
	kindImage       = "dev.cosignproject.cosign/image"
	kindImageIndex  = "dev.cosignproject.cosign/imageIndex"
	kindSignatures  = "dev.cosignproject.cosign/sigs"
	kindAttestation = "dev.cosignproject.cosign/atts"

	nameAnnotation = "org.opencontainers.image.ref.name"
)

const mediaTypeBundle = "application/vnd.dev.sigstore.bundle"

// emptyObject is the configuration of manifests that have none (image-spec, manifest.md, "Guidance for an Empty Descriptor").
var emptyObject = []byte("{}")

type descriptor struct {
	MediaType   string            `json:"mediaType"`
	Digest      model.Digest      `json:"digest"`
	Size        int64             `json:"size"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

type index struct {
	SchemaVersion int          `json:"schemaVersion"`
	MediaType     string       `json:"mediaType"`
	Manifests     []descriptor `json:"manifests"`
}

// collector gathers the contents of a tree.
type collector struct {
	tree     *model.Tree
	out      Contents
	listed   []descriptor
	inRoot   map[model.Digest]bool         // manifests that an index lists, and that index.json need not
	fallback map[model.Digest][]descriptor // by subject: what only the fallback tag leads to
	bundled  bool                          // a Sigstore bundle is attached to the image itself
}

// Collect gathers an image's manifests and everything attached to it, as far as it was read. Bytes that are not those that
// their digest names are left out: a pack holds evidence, and that is none.
func Collect(t *model.Tree) Contents {
	c := &collector{tree: t, inRoot: map[model.Digest]bool{}, fallback: map[model.Digest][]descriptor{}}
	c.out.Blobs = map[model.Digest][]byte{model.DigestOf(emptyObject): emptyObject}
	t.Walk(c.node)
	c.index()
	return c.out
}

// put keeps bytes under the digest that they have. It reports whether that is the one they should have.
func (c *collector) put(d model.Digest, raw []byte) bool {
	if raw == nil || !d.Valid() || d.Algorithm() != "sha256" || !d.Matches(raw) {
		return false
	}
	c.out.Blobs[d] = raw
	return true
}

func (c *collector) node(e *model.Entry) {
	n := e.Node
	c.out.Nodes++
	manifest := n.Digest
	if n.Manifest != "" {
		manifest = n.Manifest
	}
	if !c.put(manifest, n.Raw) {
		c.missing(e, "its manifest")
		return
	}
	if n.Blob.Digest != "" && !c.put(n.Blob.Digest, e.Blob) {
		c.missing(e, "its payload")
	}
	m, err := model.ParseManifest(n.Raw)
	if err != nil {
		return
	}
	for _, child := range m.Manifests {
		c.inRoot[child.Digest] = true
	}
	if m.Config != nil && e.Config != nil {
		c.put(m.Config.Digest, e.Config)
	}
	if strings.HasPrefix(n.Blob.MediaType, mediaTypeBundle) && c.tree.Root() != nil && n.Subject == c.tree.Root().Node.Digest {
		c.bundled = true
	}
	c.list(e, manifest, m)
}

func (c *collector) missing(e *model.Entry, what string) {
	c.out.Missing = append(c.out.Missing, what+" of "+model.EntryTitle(e))
}

// list makes the entry of index.json that leads to a manifest.
func (c *collector) list(e *model.Entry, digest model.Digest, m model.Manifest) {
	d := descriptor{MediaType: m.MediaType, Digest: digest, Size: int64(len(c.out.Blobs[digest]))}
	if d.MediaType == "" {
		d.MediaType = e.Node.MediaType
	}
	root := e == c.tree.Root()
	switch tag := e.Node.Tag; {
	case root:
		d.Annotations = map[string]string{kindAnnotation: kindImage}
	case slices.Contains(e.Node.Found, model.FoundCosignTag) && tag != "":
		d.Annotations = map[string]string{nameAnnotation: tag}
		if strings.HasPrefix(tag, attachmentTag(c.tree.Root().Node.Digest)) {
			switch {
			case strings.HasSuffix(tag, ".sig"):
				d.Annotations[kindAnnotation] = kindSignatures
			case strings.HasSuffix(tag, ".att"):
				d.Annotations[kindAnnotation] = kindAttestation
			}
		}
	case m.Subject == nil && slices.Contains(e.Node.Found, model.FoundReferrersTag):
		c.fallback[e.Node.Subject] = append(c.fallback[e.Node.Subject], d)
		return
	}
	if !slices.ContainsFunc(c.listed, func(have descriptor) bool {
		return have.Digest == d.Digest && have.Annotations[nameAnnotation] == d.Annotations[nameAnnotation]
	}) {
		c.listed = append(c.listed, d)
	}
}

// attachmentTag is how tags begin that belong to a digest.
func attachmentTag(d model.Digest) string { return d.Algorithm() + "-" + d.Hex() }

// index makes index.json: the image first, then what is attached; what an index lists is found there.
func (c *collector) index() {
	out := index{SchemaVersion: 2, MediaType: model.MediaTypeOCIIndex, Manifests: []descriptor{}}
	for _, d := range c.listed {
		if c.inRoot[d.Digest] && d.Annotations == nil {
			continue
		}
		if d.Annotations[kindAnnotation] == kindImage && indexType(d.MediaType) && !c.bundled {
			// cosign looks for bundles only below what is called an image, and for the older formats below what is called what
			// it is (cosign v3.1, pkg/cosign/verify.go).
			d.Annotations[kindAnnotation] = kindImageIndex
		}
		out.Manifests = append(out.Manifests, d)
	}
	for subject, list := range c.fallback {
		raw := encode(index{SchemaVersion: 2, MediaType: model.MediaTypeOCIIndex, Manifests: list})
		digest := model.DigestOf(raw)
		c.out.Blobs[digest] = raw
		out.Manifests = append(out.Manifests, descriptor{
			MediaType: model.MediaTypeOCIIndex, Digest: digest, Size: int64(len(raw)),
			Annotations: map[string]string{nameAnnotation: attachmentTag(subject)},
		})
	}
	c.out.Index = encode(out)
}

func indexType(mediaType string) bool {
	return mediaType == model.MediaTypeOCIIndex || mediaType == model.MediaTypeDockerList
}

// encode writes JSON; what is handed in has only strings and numbers, which cannot fail.
func encode(v any) []byte {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return emptyObject
	}
	return append(raw, '\n')
}
