// Package export is what is handed over in files, and what the screen needs from outside for that.
//
// It must not know how a file is written.
package export
