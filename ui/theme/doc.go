// Package theme is how things look: a palette of few hues becomes one set of semantic styles and glyphs. Code that
// draws asks for "the style of a warning" and never for a colour; this is the only package that names one.
//
// There are dark and light palettes in full colour, each also in high contrast (every colour is also one of the 256, so
// that it stays what it is on such terminals), one of the 16 colours that the terminal's owner chose, and one without
// colour. Three hues carry
// meaning (green: proven; amber: mind this; red: failed) and one leads the eye (blue). None of them is ever the only
// carrier: a verdict is a glyph and a word first.
//
// The package knows verdicts and terminals' abilities. It must not know what is on screen or where.
package theme
