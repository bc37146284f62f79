package lesson

import (
	"fmt"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
)

// Trail follows the bytes: from the name that was asked for to what somebody said about it. Making it is quick; the
// hashes are computed by Recompute of each step. Steps keep bytes of the tree, which never change, and nothing else of it.
func Trail(t *model.Tree, e *model.Entry) []Step {
	m := &trail{tree: t, entry: e, subject: t.Entry(string(e.Node.Subject))}
	if m.subject == nil {
		m.subject = byDigest(t, e.Node.Subject)
	}
	m.named()
	m.downTo()
	if e == t.Root() && e.Node.Format == model.FormatNone {
		return m.steps
	}
	m.attached()
	m.payload()
	m.envelope()
	m.said()
	return m.steps
}

// trail is one being made.
type trail struct {
	tree    *model.Tree
	entry   *model.Entry
	subject *model.Entry // what the entry is attached to, nil where that is not in the tree
	steps   []Step
}

func (m *trail) add(s Step) { m.steps = append(m.steps, s) }

// byDigest finds the node of a digest that is no node's ID.
func byDigest(t *model.Tree, d model.Digest) *model.Entry {
	if d == "" {
		return nil
	}
	if root := t.Root(); root != nil && root.Node.Digest == d {
		return root
	}
	return nil
}

// named is the name that was asked for.
func (m *trail) named() {
	root := m.tree.Root()
	if root == nil {
		return
	}
	n := root.Node
	switch {
	case n.Kind == model.KindBundle, n.Kind == model.KindEnvelope, n.Kind == model.KindStatement, n.Kind == model.KindFile:
		m.add(Step{Name: "The file", Says: "It was given by name. Nothing outside of it says what it ought to be.",
			Rows: []Row{{What: "name", Value: n.Name}}, check: nothing("a name, not bytes")})
	case n.Kind == model.KindPackage, n.Kind == model.KindPackageFile:
		m.add(Step{Name: "The package", Says: "Its registry was asked for this name and version.",
			Rows: []Row{{What: "package", Value: n.ID}}, check: nothing("a name, not bytes")})
	case n.Tag != "":
		m.add(Step{Name: "The tag", Says: "The registry answers a tag with a digest. It can answer with another one tomorrow, so it was asked once; " +
			"from here on everything goes by digest.",
			Rows: []Row{{What: "tag", Value: n.Tag}, {What: "digest", Value: string(n.Digest)}}, check: nothing("a tag is the registry's word: there is nothing to compute")})
	default:
		m.add(Step{Name: "The digest", Says: "It was asked for by digest: there is no tag that could be moved.",
			Rows: []Row{{What: "digest", Value: string(n.Digest)}}, check: nothing("what is asked for")})
	}
}

// downTo are the manifests from the root to what the node is attached to, or to the node itself if it is one of those.
func (m *trail) downTo() {
	to := m.subject
	switch m.entry.Node.Kind {
	case model.KindIndex, model.KindImage:
		to = m.entry
	default: // what is attached begins where it is attached
	}
	if to == nil {
		return
	}
	for i, e := range append(pathTo(m.tree, to), to) {
		n := e.Node
		if n.Raw == nil {
			if n.Unavailable != "" {
				m.add(Step{Name: name(n), Node: n.ID, check: missing("the manifest could not be had: " + n.Unavailable)})
			}
			continue
		}
		by, says := "the request", "Its digest is the hash of these bytes. They list everything below by digest too: that is how one hash fixes all of it."
		switch {
		case i == 0 && n.Tag != "":
			by = "the registry's answer for the tag"
		case slices.Contains(n.Found, model.FoundIndexChild):
			by, says = "the index", "The index lists this platform's manifest by digest. So what is signed of the index holds for this too."
		case i > 0:
			by, says = "the registry's list", "It is attached to what stands above, and has attachments of its own."
		}
		m.add(Step{
			Name: name(n), Says: says, Node: n.ID, Look: LookRaw, check: hashed(n.Raw, n.Digest, by),
			Rows: []Row{{What: "digest", Value: string(n.Digest)}, {What: "media type", Value: n.MediaType, Note: bytesText(int64(len(n.Raw)))}},
		})
	}
}

// name is what a step about a manifest is called.
func name(n model.Node) string {
	switch n.Kind {
	case model.KindIndex:
		return "The index"
	case model.KindImage:
		if n.Platform != "" {
			return "The image of " + n.Platform
		}
		return "The image"
	default:
		return "The manifest that it is attached to"
	}
}

// attached is the manifest that holds the node, and what ties that to the image.
func (m *trail) attached() {
	n := m.entry.Node
	if n.Kind == model.KindIndex || n.Kind == model.KindImage || n.Raw == nil {
		return
	}
	digest := n.Digest
	if n.Layered() {
		digest = n.Manifest
	}
	by, says := m.tie()
	rows := []Row{{What: "digest", Value: string(digest)}}
	if n.Tag != "" {
		rows = append(rows, Row{What: "tag", Value: n.Tag})
	}
	if n.DeclaredSubject != "" {
		rows = append(rows, Row{What: "subject", Value: string(n.DeclaredSubject)})
	}
	if n.ArtifactType != "" && !n.Layered() {
		rows = append(rows, Row{What: "artifact type", Value: n.ArtifactType})
	}
	m.add(Step{Name: "The manifest beside it", Says: says, Rows: rows, Node: n.ID, check: hashed(n.Raw, digest, by)})
}

// tie says what ties an attachment's manifest to the image.
func (m *trail) tie() (by, says string) {
	n := m.entry.Node
	short := n.Subject.Short()
	switch {
	case slices.Contains(n.Found, model.FoundBuildKit):
		return "the index", "The index lists this manifest too, with an annotation that says for which platform it is. The index names it by digest: " +
			"what is signed of the index holds for these bytes."
	case slices.Contains(n.Found, model.FoundCosignTag):
		return "cosign's tag", fmt.Sprintf("cosign makes a tag out of the image's digest: %s-%s… with an ending. That name alone ties it to the image, and "+
			"nobody signs this manifest. So what was signed has to name the image itself.", n.Subject.Algorithm(), strings.TrimPrefix(short, n.Subject.Algorithm()+":"))
	case n.DeclaredSubject != "":
		return "the registry's list of referrers", "Its field subject names the image's digest, which is how registries find it. Anybody who may write to the repository can " +
			"attach such a manifest. So what was signed has to name the image itself."
	}
	return "the registry's list", "The registry lists it beside the image. Nobody signs this manifest."
}

// payload is the bytes that the manifest names: an envelope, a bundle, a statement, a file.
func (m *trail) payload() {
	n := m.entry.Node
	if n.Blob.Digest == "" && len(m.entry.Blob) == 0 {
		return
	}
	s := Step{
		Name: "The layer: " + payloadName(m.entry), Look: LookRaw, Node: n.ID,
		Says: "The manifest names these bytes by digest and size.",
		Rows: []Row{{What: "digest", Value: string(n.Blob.Digest)}, {What: "media type", Value: n.Blob.MediaType, Note: bytesText(n.Blob.Size)}},
	}
	switch blob := m.entry.Blob; {
	case len(blob) == 0:
		s.check, s.Look = lost(m.entry), LookNowhere
	case n.Blob.Digest != "" && n.Raw != nil:
		s.check = hashed(blob, n.Blob.Digest, "the manifest")
	default:
		s.Name, s.Says = "The bytes: "+payloadName(m.entry), "No manifest names them."
		s.Rows = []Row{{What: "size", Value: bytesText(int64(len(blob)))}}
		s.check = only(blob, "no manifest names it")
	}
	m.add(s)
}

// only computes a hash that nothing names.
func only(bytes []byte, why string) func() Result {
	return func() Result { return Result{Computed, model.DigestOf(bytes), why} }
}

// payloadName is what the payload's bytes are.
func payloadName(e *model.Entry) string {
	switch e.Node.Format {
	case model.FormatSimpleSigning:
		return "the document that was signed"
	case model.FormatRegistrySignature:
		return "the registry's signature"
	case model.FormatDSSE:
		return "the DSSE envelope"
	case model.FormatBundle:
		return "the Sigstore bundle"
	case model.FormatNotationJWS:
		return "the JWS envelope"
	case model.FormatNotationCOSE:
		return "the COSE envelope"
	case model.FormatStatement:
		return "the statement"
	case model.FormatNone, model.FormatDocument, model.FormatOpaque:
	}
	return "the file"
}
