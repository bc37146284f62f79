package model

// Attached is a manifest that was found on a subject, with how it was found.
type Attached struct {
	Digest   Digest
	Raw      []byte
	Manifest Manifest
	Subject  Digest // under which it was looked up, or the platform that a BuildKit manifest describes
	Parent   string // ID of the node to hang it on
	Found    []Found
	Tag      string
	Within   []Digest // indexes that contain this manifest, nearest first
}

// Recognize says what an attached manifest is, by what the manifest says of itself: one node per layer for cosign's
// legacy manifests and BuildKit's attestation manifests, one node for everything else. It never believes an index
// entry. There is always at least one node.
func Recognize(a Attached) []Node {
	return nil
}

// Holder is the node of the attached manifest itself, for a manifest whose layers are nodes of their own (Recognize
// gave layered nodes): shown only when something is attached to it.
func Holder(a Attached) Node {
	return Node{}
}

// RefinedKind is the kind of a node once its bytes have been read.
func RefinedKind(n Node, a *Attestation) Kind {
	return n.Kind
}
