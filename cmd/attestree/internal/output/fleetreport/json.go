// Package fleetreport writes what was found out of many images: as a table, as lines of JSON, CSV and Markdown, and how far
// a run over them is.
//
// It knows the rows of model/fleet. It must not know how they came about. What came from outside passes through
// output.Clean or output.Inline; the progress has nothing of that.
package fleetreport

import (
	"io"

	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/model/fleet"
)

// WriteHeader writes the first line of a report (docs/json.md).
func WriteHeader(w io.Writer, h fleet.Header) error {
	return output.EncodeLine(w, struct {
		Kind string `json:"kind"`
		fleet.Header
	}{"header", h})
}

// WriteRow writes the line of an image.
func WriteRow(w io.Writer, r fleet.Row) error {
	return output.EncodeLine(w, struct {
		Kind string `json:"kind"`
		fleet.Row
	}{"image", r})
}

// WriteFooter writes the last line.
func WriteFooter(w io.Writer, f fleet.Footer) error {
	return output.EncodeLine(w, struct {
		Kind string `json:"kind"`
		fleet.Footer
	}{"summary", f})
}
