// Package pack writes evidence packs: an OCI layout (image-spec, image-layout.md) with an image's manifests and everything
// attached to it, and beside them the trusted roots, the policy and the report that they were judged by. A pack can be
// opened like any layout, without a network, and cosign reads it as what `cosign save` writes.
//
// What lies beside the layout is the sender's word. It is never loaded when a pack is opened: the reader's own trust
// judges, and Sender says what the report claims so that both can be seen.
package pack
