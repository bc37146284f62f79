// Package fleet is the matrix of many images: a row for each, a column for each kind of evidence, while they are being looked
// at.
//
// It knows the rows of model/fleet as they come from its Feed. It must not know how an image is looked at, and asks the shell
// to open one.
package fleet
