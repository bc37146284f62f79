// Package gosum asks a checksum database of Go modules what it knows of a module's version, and proves the answer with
// the database's key: its signed tree, and that the record is in that (Go modules reference, "Checksum database").
//
// Such a record says that everybody is given the same content. It is no attestation: it does not say who made it, nor
// from which source. The package must not judge more than that.
package gosum
