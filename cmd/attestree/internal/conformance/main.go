// Command conformance holds attestree against a checkout of sigstore-conformance: every case of its bundle corpus is given
// to `attestree verify`, once with the artifact as a file and once with its digest, and the answer compared with the one
// that the case wants.
//
// It runs the program's own command line, so that what is measured is what people use. It must know nothing of how a
// verdict is made.
package main

import (
	"context"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: conformance DIR, a checkout of github.com/sigstore/sigstore-conformance")
		os.Exit(2)
	}
	cases, err := readCases(os.Args[1])
	if err != nil {
		fmt.Fprintf(os.Stderr, "conformance: %v\n", err)
		os.Exit(1)
	}
	if wrong := report(os.Stdout, runAll(context.Background(), cases)); wrong > 0 {
		os.Exit(1)
	}
}
