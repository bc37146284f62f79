// Package page writes on sheets what there is to say of a node, of a trusted signer and of the policy: the texts of the
// detail pane and of the overlays. A page is a function of what it is told; the same again writes the same.
//
// It must not know where a sheet is shown, nor what is selected beyond what it is told.
package page
