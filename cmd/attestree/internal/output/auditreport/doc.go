// Package auditreport writes audits for people and programs: of an image and of a catalogue, as text, JSON and Markdown.
//
// It knows what an audit says and nothing of how it came about. Whatever was attested or specified passes through
// output.Clean or output.Inline.
package auditreport

import "github.com/attestree/attestree/cmd/attestree/internal/output"

// page is where an audit is written for a person.
type page struct{ *output.Page }

// markdown is where one is written as a report.
type markdown struct{ *output.Markdown }
