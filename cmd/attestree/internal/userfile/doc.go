// Package userfile reads and writes the files of the person who runs the program: policies, keys, reviews, what is remembered.
// Reading is bounded, and a file is replaced whole or not at all.
//
// It must not know what is in them.
package userfile
