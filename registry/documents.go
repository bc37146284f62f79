package registry

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/attestree/attestree/model"
)

// document is one bundle, envelope or statement out of a file.
type document struct {
	raw     []byte
	kind    model.Kind
	format  model.Format
	media   string
	problem string // why it is none of them, "" if it is
}

// discoverDocuments shows the bundles, envelopes and statements in a file: one is the root itself, several hang under
// the file.
func discoverDocuments(raw []byte, at located, opts Options, emit func(model.Event)) error {
	documents, err := documentsIn(raw)
	if err != nil {
		return err
	}
	reference, err := asReference(opts)
	if err != nil {
		return err
	}
	subject := opts.Subject
	if subject == "" && opts.Artifact != nil {
		subject = model.DigestOf(opts.Artifact)
	}
	if reference != "" && subject != "" {
		reference += "@" + string(subject)
	}
	name := ""
	if at.path != "" {
		name = filepath.Base(at.path)
	}
	if len(documents) == 1 {
		n := documents[0].node(subject)
		n.Name = name
		emit(model.Resolved{Reference: reference, Digest: n.Digest})
		documents[0].show(n, opts.Limits, emit)
		return nil
	}
	root := model.Node{
		ID: string(model.DigestOf(raw)), Kind: model.KindFile, Digest: model.DigestOf(raw), Size: int64(len(raw)),
		Subject: subject, Found: []model.Found{model.FoundFile}, Name: name,
	}
	emit(model.Resolved{Reference: reference, Digest: root.Digest})
	emit(model.NodeFound{Node: root})
	seen := map[string]bool{root.ID: true}
	for i, d := range documents {
		n := d.node(subject)
		n.Parent, n.Name = root.ID, fmt.Sprintf("entry %d", i+1)
		if seen[n.ID] {
			n.ID += fmt.Sprintf("#%d", i)
		}
		seen[n.ID] = true
		d.show(n, opts.Limits, emit)
	}
	return nil
}

func (d document) node(subject model.Digest) model.Node {
	digest := model.DigestOf(d.raw)
	n := model.Node{
		ID: string(digest), Kind: d.kind, Format: d.format, Digest: digest, Size: int64(len(d.raw)), MediaType: d.media,
		Subject: subject, Found: []model.Found{model.FoundFile}, Unavailable: d.problem,
	}
	if d.problem == "" {
		n.Blob = model.Descriptor{MediaType: d.media, Digest: digest, Size: n.Size}
	}
	return n
}

func (d document) show(n model.Node, limits Limits, emit func(model.Event)) {
	emit(model.NodeFound{Node: n})
	if d.problem != "" {
		return
	}
	if f := sizeProblem(n.Size, limits.Blob); f != nil {
		emit(model.BlobLoaded{ID: n.ID, Problem: f.detail})
		return
	}
	emit(model.BlobLoaded{ID: n.ID, Bytes: d.raw})
}

// documentsIn splits a file: one JSON document, JSON lines, or the list that GitHub and npm answer with. Each piece
// keeps its bytes as they stand in the file.
func documentsIn(raw []byte) ([]document, error) {
	if !json.Valid(raw) {
		return linesIn(raw)
	}
	if d := recognise(raw); d.problem == "" {
		return []document{d}, nil
	}
	parts := unwrap(raw)
	if len(parts) == 0 {
		return nil, notADocument(raw)
	}
	if len(parts) > maxLines {
		return nil, failed(KindTooLarge, "it has more than %d entries", maxLines)
	}
	documents := make([]document, 0, len(parts))
	for _, part := range parts {
		documents = append(documents, recognise(part))
	}
	return documents, nil
}

// recognise tells what one JSON document is by the fields that only such a one has.
func recognise(raw []byte) document {
	d := document{raw: bytes.TrimSpace(raw)}
	var fields struct {
		MediaType            string          `json:"mediaType"`
		VerificationMaterial json.RawMessage `json:"verificationMaterial"`
		PayloadType          string          `json:"payloadType"`
		Payload              *string         `json:"payload"`
		Type                 string          `json:"_type"`
	}
	err := json.Unmarshal(d.raw, &fields)
	switch {
	case err != nil && !json.Valid(d.raw):
		d.problem = "it is not JSON"
	case fields.VerificationMaterial != nil || strings.HasPrefix(fields.MediaType, "application/vnd.dev.sigstore.bundle"):
		d.kind, d.format, d.media = model.KindBundle, model.FormatBundle, fields.MediaType
	case fields.Payload != nil && fields.PayloadType != "":
		d.kind, d.format, d.media = model.KindEnvelope, model.FormatDSSE, "application/vnd.dsse.envelope.v1+json"
	case strings.HasPrefix(fields.Type, "https://in-toto.io/Statement/"):
		d.kind, d.format, d.media = model.KindStatement, model.FormatStatement, "application/vnd.in-toto+json"
	default:
		d.problem = "it is neither a Sigstore bundle, nor a DSSE envelope, nor an in-toto statement"
	}
	if d.problem != "" {
		d.kind, d.format = model.KindArtifact, model.FormatOpaque
	}
	return d
}

// unwrap gives the bundles in the answers of GitHub's and npm's attestation APIs, and in lists of bundles.
func unwrap(raw []byte) []json.RawMessage {
	var answer struct {
		Attestations []json.RawMessage `json:"attestations"`
	}
	list := []json.RawMessage{}
	if json.Unmarshal(raw, &answer) == nil && answer.Attestations != nil {
		list = answer.Attestations
	} else if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	parts := make([]json.RawMessage, 0, len(list))
	for _, part := range list {
		var wrapped struct {
			Bundle      json.RawMessage                  `json:"bundle"`
			Attestation struct{ Bundle json.RawMessage } `json:"attestation"`
		}
		if json.Unmarshal(part, &wrapped) == nil {
			if wrapped.Bundle != nil {
				part = wrapped.Bundle
			} else if wrapped.Attestation.Bundle != nil {
				part = wrapped.Attestation.Bundle
			}
		}
		parts = append(parts, part)
	}
	return parts
}

func notADocument(raw []byte) error {
	problem := recognise(raw).problem
	hint := "give an image, an OCI layout or archive, a bundle, an envelope or a statement"
	if _, err := model.ParseManifest(raw); err == nil {
		problem, hint = "it is an image manifest, which says nothing without its layout", "give the folder or the reference that it belongs to"
	}
	return &SourceError{Kind: KindUnsupported, Tried: "an archive, a bundle, an envelope, a statement and lines of them", Hint: hint, Err: failed(KindUnsupported, "%s", problem)}
}
