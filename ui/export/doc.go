// Package export hands over: evidence to files, chosen and named on an overlay, and a text to the reader's own pager.
//
// It must not know how a file is written.
package export
