// Package survey is what can be asked about all nodes of a tree at once: its outline, facts to search and filter by, and
// which node a digest names.
//
// It reads a tree, a little at a time where that is large, and never changes one. It must not know what is asked, nor how
// the answer is drawn.
package survey
