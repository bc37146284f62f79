// Package ui is the screen: one Bubble Tea program that draws a model.Tree while it fills in, and lets a person walk
// through it.
//
// The package knows the values of package model, keys, sizes and styles. It must not know where events come from, how
// anything is verified, what the time is or which files exist: what it needs from outside is the Backend that it is
// given. Everything that comes from an image passes through package safe before it is drawn.
//
// A Shell is the program that runs: it holds screens and switches between them. The explorer of one source is App, the
// others are packages start and fleet. Panes are values with key and view, the one beside the tree in package detail; what a
// pane wants done is a scene.Intent, which only App turns into state or a command. What is written of a node or a signer is
// written by package page. Views that take the place of the panes live in packages of their own, over package
// scene, and know no App. Update prepares all that is drawn, so View joins prepared rows and writes nothing.
package ui
