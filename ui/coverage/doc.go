// Package coverage is the grid of what is attached to what, and for a gap where was looked and how one is closed.
//
// It counts what a survey holds. It must not show as absent what may only not have been seen.
package coverage
