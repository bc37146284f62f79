// Package breaking is the breaking bench: ways to break evidence on purpose, and which check notices each.
//
// How evidence is broken and judged is its Backend's. Nothing of it may reach the tree, and no row of it may be taken for the
// image.
package breaking
