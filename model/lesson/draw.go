package lesson

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
)

// Row is a line of the drawing of how a node is stored: what is inside of what, and by which digest it is named.
type Row struct {
	Depth int
	What  string
	Value string
	Note  string
	Here  bool // this is the node itself
}

// mostNotes is how many annotations or layers of one thing are drawn.
const mostNotes = 12

// draw shows where the node hangs, from the image down to its payload, with the values that it really has.
func draw(t *model.Tree, e *model.Entry) []Row {
	d := &drawing{}
	path := pathTo(t, e)
	for _, above := range path {
		n := above.Node
		d.add(Row{Depth: d.depth, What: holderName(n), Value: string(n.Digest), Note: join(n.Tag, n.Platform, above.Node.MediaType)})
		d.depth++
	}
	n := e.Node
	here := Row{Depth: d.depth, What: holderName(n), Value: string(n.Digest), Note: join(n.Tag, n.MediaType, bytesText(n.Size)), Here: true}
	if n.Layered() {
		d.add(Row{Depth: d.depth, What: "manifest", Value: string(n.Manifest), Note: join(n.Tag, foundText(n.Found))})
		d.depth++
		here.Depth, here.What = d.depth, "layer"
		here.Note = join(n.Blob.MediaType, bytesText(n.Blob.Size))
	}
	d.add(here)
	d.depth++
	d.inside(n)
	d.wrapped(e)
	return d.rows
}

type drawing struct {
	rows  []Row
	depth int
}

func (d *drawing) add(r Row) { d.rows = append(d.rows, r) }

// inside draws what the node's own manifest holds.
func (d *drawing) inside(n model.Node) {
	if n.DeclaredSubject != "" {
		d.add(Row{Depth: d.depth, What: "subject", Value: string(n.DeclaredSubject), Note: "the manifest's own word for what it is about"})
	}
	if n.ArtifactType != "" && !n.Layered() {
		d.add(Row{Depth: d.depth, What: "artifact type", Value: n.ArtifactType})
	}
	annotations := n.Annotations
	if n.Layered() {
		annotations = n.Blob.Annotations
	}
	d.annotations(annotations)
	switch {
	case n.Layered():
	case n.Blob.Digest != "":
		d.add(Row{Depth: d.depth, What: "layer", Value: string(n.Blob.Digest), Note: join(n.Blob.MediaType, bytesText(n.Blob.Size))})
		d.depth++
		d.annotations(n.Blob.Annotations)
	default:
		for i, l := range n.Layers {
			if i == mostNotes {
				d.add(Row{Depth: d.depth, What: "and", Value: strconv.Itoa(len(n.Layers)-i) + " more"})
				break
			}
			what := "layer"
			if n.Kind == model.KindIndex {
				what = "manifest"
			}
			d.add(Row{Depth: d.depth, What: what, Value: string(l.Digest), Note: join(l.Platform, l.MediaType, bytesText(l.Size))})
		}
	}
}

// annotations draws short ones as they are and long ones by their length.
func (d *drawing) annotations(of map[string]string) {
	for i, key := range slices.Sorted(maps.Keys(of)) {
		if i == mostNotes {
			d.add(Row{Depth: d.depth, What: "and", Value: strconv.Itoa(len(of)-i) + " more annotations"})
			return
		}
		value := of[key]
		note := ""
		if len(value) > 100 {
			note, value = strconv.Itoa(len(value))+" characters", ""
		}
		d.add(Row{Depth: d.depth, What: "annotation", Value: strings.TrimSpace(key + " " + value), Note: note})
	}
}

// wrapped draws what the payload's bytes hold: envelope, statement, predicate.
func (d *drawing) wrapped(e *model.Entry) {
	a := e.Attestation
	if a == nil {
		return
	}
	if a.Envelope != model.EnvelopeNone {
		d.add(Row{Depth: d.depth, What: "envelope", Value: string(a.Envelope), Note: counted(a.Signatures, "signature")})
		d.depth++
	}
	switch {
	case a.Statement != nil:
		d.add(Row{Depth: d.depth, What: "statement", Value: a.Statement.Type, Note: bytesText(int64(len(a.Payload)))})
		for i, s := range a.Statement.Subjects {
			if i == 3 {
				d.add(Row{Depth: d.depth + 1, What: "and", Value: counted(len(a.Statement.Subjects)-i, "more subject")})
				break
			}
			d.add(Row{Depth: d.depth + 1, What: "subject", Value: digestsText(s), Note: s.Name})
		}
		d.add(Row{Depth: d.depth + 1, What: "predicate", Value: a.Statement.PredicateType, Note: bytesText(int64(len(a.Statement.Predicate)))})
		if a.Nested != nil {
			d.add(Row{Depth: d.depth + 2, What: "statement", Value: a.Nested.PredicateType, Note: "a whole statement, where the predicate ought to be"})
		}
	case a.SimpleSigning != nil:
		d.add(Row{Depth: d.depth, What: "names", Value: a.SimpleSigning.ManifestDigest, Note: "critical.image.docker-manifest-digest"})
		d.add(Row{Depth: d.depth, What: "calls it", Value: a.SimpleSigning.DockerReference, Note: "critical.identity.docker-reference"})
	case a.Target != nil:
		d.add(Row{Depth: d.depth, What: "names", Value: string(a.Target.Digest), Note: "targetArtifact"})
	case a.RegistrySignature != nil:
		d.add(Row{Depth: d.depth, What: "signs", Value: a.RegistrySignature.Message()})
	case a.Message:
		d.add(Row{Depth: d.depth, What: "message", Value: string(a.MessageDigest), Note: "the digest of the bytes that were signed"})
	}
}

// pathTo are the entries from the root down to the one that a node hangs on.
func pathTo(t *model.Tree, e *model.Entry) []*model.Entry {
	var out []*model.Entry
	for up := t.Entry(e.Node.Parent); up != nil && len(out) < mostDepth; up = t.Entry(up.Node.Parent) {
		out = append(out, up)
	}
	slices.Reverse(out)
	return out
}

// mostDepth bounds how far up a tree is followed; hostile manifests can refer to each other for long.
const mostDepth = 32

// holderName is what a node is called in a drawing.
func holderName(n model.Node) string {
	switch n.Kind {
	case model.KindIndex:
		return "index"
	case model.KindImage:
		return "image"
	case model.KindBundle, model.KindEnvelope, model.KindStatement, model.KindFile, model.KindPackageFile:
		return "file"
	case model.KindPackage:
		return "package"
	case model.KindAttestationManifest, model.KindSignature, model.KindAttestation, model.KindSBOM, model.KindArtifact:
	}
	return "manifest"
}

// foundText says how something was found, in words.
func foundText(found []model.Found) string {
	var out []string
	for _, f := range found {
		out = append(out, strings.ReplaceAll(string(f), "-", " "))
	}
	return "found by " + strings.Join(out, ", ")
}

func digestsText(s model.Subject) string {
	var out []string
	for _, d := range s.Digests {
		out = append(out, d.Algorithm+":"+d.Value)
	}
	return strings.Join(out, " ")
}

func bytesText(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10) + " bytes"
}

// counted is a number with its noun, nothing for none.
func counted(n int, noun string) string {
	if n == 0 {
		return ""
	}
	return model.Counted(n, noun)
}

// join puts the parts that are there into one line.
func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " · ")
}
