// Package detail is the pane that shows what is known about the selected node, one side of it at a time: its summary, its
// checks, who signed it, its payload as a tree, its exact bytes, and what there is to learn from it.
//
// It is told which node that is and by whose trust it is judged. It must not know the tree pane, the views or the line that
// searches and queries are typed on.
package detail
