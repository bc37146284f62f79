package output

import (
	"io"

	"github.com/attestree/attestree/model/fleet"
)

// FleetHeader, FleetRow and FleetFooter write the lines of a fleet's report (docs/json.md).

// FleetHeader writes the first line.
func FleetHeader(w io.Writer, h fleet.Header) error {
	return EncodeLine(w, struct {
		Kind string `json:"kind"`
		fleet.Header
	}{"header", h})
}

// FleetRow writes the line of an image.
func FleetRow(w io.Writer, r fleet.Row) error {
	return EncodeLine(w, struct {
		Kind string `json:"kind"`
		fleet.Row
	}{"image", r})
}

// FleetFooter writes the last line.
func FleetFooter(w io.Writer, f fleet.Footer) error {
	return EncodeLine(w, struct {
		Kind string `json:"kind"`
		fleet.Footer
	}{"summary", f})
}
