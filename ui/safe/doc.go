// Package safe is the one door through which outside text reaches a terminal. Manifests, annotations, certificate
// fields, payloads, tag names and the words of registries are written by whoever wanted to: they may hold escape
// sequences, direction overrides, invisible letters and bytes that are no text at all. Line and its sisters turn any
// string into a Text, which is printable by construction: nothing in it moves the cursor, changes a colour, reaches the
// clipboard, hides, or takes another number of cells than Width says, whatever way the terminal measures.
//
// What cannot be printed is replaced by something that can be seen, never dropped: a reader must notice that it was
// there. C0 controls become control pictures (ESC is ␛), bytes that are not UTF-8 become ⟨xFF⟩, all else ⟨U+202E⟩.
//
// The package knows characters and cells. It must not know styles, layout or where a text came from.
package safe
