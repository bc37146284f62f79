// Gendemo writes the image that `attestree demo` shows: an OCI layout with everything that can be attached to an
// image, each thing once, among them one of every way in which a check can fail.
//
//	go run ./cmd/attestree/internal/gendemo
//
// writes testdata/demo and, for tests, testdata/packages: what package registries answer about what it wraps; and
// testdata/hostile: an image of which every text attacks the terminal. The program is a whole Sigstore in small
// (certificate authority, certificate transparency log, signature log, timestamp authority) with keys derived from a
// constant and a clock that stands still, so that it writes the same bytes whenever it is run; a test compares them with
// what is committed. It follows that everybody has these keys. They are trusted for the demo alone and protect nothing.
//
// It knows formats from the writing side only. It must not import the packages whose work the demo is meant to show:
// a mistake made on both sides would not be seen.
package main

import (
	"flag"
	"fmt"
	"os"
)

//go:generate go run . -out ../../../../testdata/demo -packages ../../../../testdata/packages -hostile ../../../../testdata/hostile

func main() {
	out := flag.String("out", "testdata/demo", "folder to write; what it holds is replaced")
	packages := flag.String("packages", "testdata/packages", "folder to write what package registries answer; what it holds is replaced")
	bad := flag.String("hostile", "testdata/hostile", "folder to write the hostile image to; what it holds is replaced")
	flag.Parse()
	for folder, files := range map[string]map[string][]byte{*out: generate(), *packages: generatePackages(), *bad: generateHostile()} {
		if err := write(folder, files); err != nil {
			fmt.Fprintln(os.Stderr, "gendemo:", err)
			os.Exit(1)
		}
	}
}

// must returns v. This program has no input, so an error is a mistake in the program.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
