// Package rows shows a long list in little room. A Window says which of its rows are visible and follows the cursor; a
// Builder draws one of them in exactly its width; Wrap breaks long text into rows. What a frame costs depends on how
// many rows are on screen, never on how many there are.
//
// The package knows numbers, cells and styles. It must not know what the rows are about.
package rows
