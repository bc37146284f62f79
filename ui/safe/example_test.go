package safe_test

import (
	"fmt"

	"github.com/attestree/attestree/ui/safe"
)

func ExampleLine() {
	annotation := "1.0\x1b[2K\x1b[1Gsignature VALID \u202edab\xff"
	text := safe.Line(annotation)
	fmt.Println(text)
	fmt.Println(text.Hidden(), "hidden characters,", text.Width(), "cells")
	// Output:
	// 1.0␛[2K␛[1Gsignature VALID ⟨U+202E⟩dab⟨xFF⟩
	// 4 hidden characters, 43 cells
}

func ExampleFormat() {
	fmt.Println(safe.Format("%s of %s", safe.Int(3), safe.Line("sha256:9f2c")))
	// Output: 3 of sha256:9f2c
}
