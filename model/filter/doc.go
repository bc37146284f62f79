// Package filter is the language in which a person says which nodes of a tree to show: words for verdicts, kinds and
// predicate families (":invalid"), values of named fields ("signer:dockyard"), and plain text.
//
// The package knows what a node can be asked for. It must not know how nodes are shown, and it decides nothing: what it
// reads of a signer, for example, is proven or claimed as the report says, and never both under one name.
package filter
