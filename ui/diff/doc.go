// Package diff is the comparison with another image: what to compare with, and what is different, worse first.
//
// What is different is decided by model/diff, how the other side is read by its Backend. The view must not judge either
// side.
package diff
