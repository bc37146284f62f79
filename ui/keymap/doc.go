// Package keymap is every key of the screen, once: which action it is for, where it works, what help and settings call it,
// and what it does to a list or a text.
//
// It knows key presses and words. It must not know what an action does, nor which view there is.
package keymap
