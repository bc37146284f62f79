// Package uitest is what tests of the screen and of its views share: made-up images with every verdict and with hostile text, a
// backend that plays them, a view without the screen around it, goldens of text and of colours.
//
// No program links it. It must not know package ui, whose tests use it too.
package uitest
