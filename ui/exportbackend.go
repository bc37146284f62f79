package ui

import "github.com/attestree/attestree/model"

// ExportPart names a part of a node that can be written to a file.
type ExportPart string

// The parts, with the names that the command line has for them, and the whole image.
const (
	ExportPayload     ExportPart = "payload"
	ExportRaw         ExportPart = "raw"
	ExportManifest    ExportPart = "manifest"
	ExportCertificate ExportPart = "certificate"
	ExportBundle      ExportPart = "bundle" // of what is stored in cosign's older way
	ExportNode        ExportPart = "node"   // what is known of it, as JSON
	ExportPack        ExportPart = "pack"
)

// Exporter is what the screen needs from outside to hand evidence over in files. Nothing is ever overwritten. It is safe
// for concurrent use.
type Exporter interface {
	// ExportPart writes a part of nodes that nobody changes meanwhile: of one to the new file path, of several to files in
	// the new folder path. It says in a sentence what was written where.
	ExportPart(nodes []*model.Entry, part ExportPart, path string) (said string, err error)
	// ExportNodes writes what is known of nodes of a tree, as the JSON report says it, to the new file path: with all that
	// is below one, or a list of several.
	ExportNodes(t *model.Tree, ids []string, path string) (said string, err error)
	// ExportPack writes an evidence pack of the image to the new folder path, or file where it ends in ".tar".
	ExportPack(t *model.Tree, path string) (said string, err error)
}
