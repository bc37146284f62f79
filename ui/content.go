package ui

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
)

// contentKey names the bytes that a tab shows, and how wide. Bytes of a node never change once they are there, so that
// together with their number it says which result of a command still belongs to what is on screen.
type contentKey struct {
	id    string
	name  string
	size  int
	width int // of wrapped text; 0 where it does not matter
}

// anyWidth is the key of the bytes alone.
func (k contentKey) anyWidth() contentKey {
	k.width = 0
	return k
}

// content is bytes of a node with what they are. A nil slice says that there are none, and why is in name.
type content struct {
	name  string
	bytes []byte
}

// payloadOf is what a node says: the signed payload, else the document itself, else its manifest.
func payloadOf(e *model.Entry) content {
	switch a := e.Attestation; {
	case a != nil && a.Statement != nil && len(a.Payload) > 0:
		return content{"statement", a.Payload}
	case a != nil && len(a.Payload) > 0:
		return content{"payload", a.Payload}
	}
	return rawOf(e)
}

// rawOf is the exact bytes of a node: its blob, else its manifest.
func rawOf(e *model.Entry) content {
	switch {
	case len(e.Blob) > 0:
		return content{"blob", e.Blob}
	case e.Node.Blob.Digest == "" && len(e.Node.Raw) > 0:
		return content{"manifest", e.Node.Raw}
	}
	return content{name: missing(e)}
}

// missing says why there are no bytes to show.
func missing(e *model.Entry) string {
	switch e.BlobState {
	case model.BlobTampered:
		return "The bytes that came are not those that the manifest names, so they are not shown: " + e.BlobProblem
	case model.BlobMissing:
		return "The bytes could not be had: " + e.BlobProblem
	case model.BlobSkipped:
		if e.Node.Blob.Digest == "" {
			return "There are no bytes: it has no single payload and no manifest of its own."
		}
		return "The bytes were left alone: " + phrase.Bytes(e.Node.Blob.Size) + " of an artifact that says nothing about trust."
	case model.BlobPending, model.BlobLoadedOK:
	}
	if e.Node.Unavailable != "" {
		return "The bytes could not be had: " + e.Node.Unavailable
	}
	return "The bytes are still on their way."
}
