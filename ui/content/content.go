// Package content says which bytes a node has to show, and finds its way in them: where rows begin, whether they are text,
// where something is written. It draws nothing.
package content

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
)

// Content is bytes of a node with what they are. A nil slice says that there are none, and why is in the name.
type Content struct {
	Name  string
	Bytes []byte
}

// Payload is what a node says: the signed payload, else the document itself, else its manifest.
func Payload(e *model.Entry) Content {
	switch a := e.Attestation; {
	case a != nil && a.Statement != nil && len(a.Payload) > 0:
		return Content{"statement", a.Payload}
	case a != nil && len(a.Payload) > 0:
		return Content{"payload", a.Payload}
	}
	return Raw(e)
}

// Raw is the exact bytes of a node: its blob, else its manifest.
func Raw(e *model.Entry) Content {
	switch {
	case len(e.Blob) > 0:
		return Content{"blob", e.Blob}
	case e.Node.Blob.Digest == "" && len(e.Node.Raw) > 0:
		return Content{"manifest", e.Node.Raw}
	}
	return Content{Name: missing(e)}
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
