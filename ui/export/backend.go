package export

import "github.com/attestree/attestree/model"

// Part names a part of a node that can be written to a file.
type Part string

// The parts, with the names that the command line has for them, and the whole image.
const (
	Payload     Part = "payload"
	Raw         Part = "raw"
	Manifest    Part = "manifest"
	Certificate Part = "certificate"
	Bundle      Part = "bundle" // of what is stored in cosign's older way
	Node        Part = "node"   // what is known of it, as JSON
	Pack        Part = "pack"
)

// Backend is what the screen needs from outside to hand evidence over in files. Nothing is ever overwritten. It is safe
// for concurrent use.
type Backend interface {
	// ExportPart writes a part of nodes that nobody changes meanwhile: of one to the new file path, of several to files in
	// the new folder path. It says in a sentence what was written where.
	ExportPart(nodes []*model.Entry, part Part, path string) (said string, err error)
	// ExportNodes writes what is known of nodes of a tree, as the JSON report says it, to the new file path: with all that
	// is below one, or a list of several.
	ExportNodes(t *model.Tree, ids []string, path string) (said string, err error)
	// ExportPack writes an evidence pack of the image to the new folder path, or file where it ends in ".tar".
	ExportPack(t *model.Tree, path string) (said string, err error)
}
