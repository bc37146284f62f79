// Package pkg says what is to be believed of a package in a judged tree: how far it is attested, by whom it was published
// as far as that is proven, what that proves and what it does not, and whether it is good enough.
//
// It knows model only. It must not ask anybody, nor judge signatures: verdicts come from the tree.
package pkg
