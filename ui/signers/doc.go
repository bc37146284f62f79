// Package signers is every node by who signed it: proven, claimed, not checked and nobody apart.
//
// It sorts what a survey holds. A claim must never stand among what is proven.
package signers
