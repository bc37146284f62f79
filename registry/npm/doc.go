// Package npm asks an npm registry what it knows of one version of a package: its entry, its own signatures, and the
// attestations that were published with it. It turns the answers, or answers that somebody saved, into nodes of a tree.
//
// It knows the registry's interface and model. It must not judge: nothing here is verified but that the registry spoke of
// the package that it was asked about.
package npm
