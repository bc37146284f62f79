// Package lesson teaches: for every kind of node and for every check it says what it is, what it proves and what it does
// not, how it is stored, and where that is specified. It draws this for one node with the node's own values, and follows
// the bytes from a tag to the predicate, computing every hash again.
//
// It knows the model. It must not judge: what is proven stands in a report, and a hash that is as it was named proves
// nothing about who wrote the bytes. Values from nodes are attested text, hence untrusted.
package lesson
