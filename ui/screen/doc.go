// Package screen is what the screens of a shell share: how they look on their terminal, and by which messages they ask the
// shell for another one.
//
// It must not know which screens there are, nor how sources are opened.
package screen
