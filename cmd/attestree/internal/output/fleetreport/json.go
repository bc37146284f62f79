// Package fleetreport writes what was found out of many images: as a table, as lines of JSON, CSV and Markdown, and how far
// a run over them is.
//
// It knows the rows of model/fleet. It must not know how they came about. What came from outside passes through
// output.Clean or output.Inline; the progress has nothing of that.
package fleetreport

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/fleet"
)

// Lines writes a report line by line (docs/json.md), and sums up the lines of the images for the last one.
type Lines struct {
	w   io.Writer
	sum hash.Hash
}

// NewLines returns a report that nothing has been written of.
func NewLines(w io.Writer) *Lines { return &Lines{w: w, sum: sha256.New()} }

// Header writes the first line.
func (l *Lines) Header(h fleet.Header) error {
	return output.EncodeLine(l.w, struct {
		Kind string `json:"kind"`
		fleet.Header
	}{"header", h})
}

// Row writes the line of an image.
func (l *Lines) Row(r fleet.Row) error {
	return output.EncodeLine(io.MultiWriter(l.w, l.sum), struct {
		Kind string `json:"kind"`
		fleet.Row
	}{"image", r})
}

// Footer writes the last line.
func (l *Lines) Footer(f fleet.Footer) error {
	f.Lines = hex.EncodeToString(l.sum.Sum(nil))
	return output.EncodeLine(l.w, struct {
		Kind string `json:"kind"`
		fleet.Footer
	}{"summary", f})
}
