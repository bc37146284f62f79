// Command attestree shows everything attached to a container image and what to believe of it.
package main

import (
	"context"
	"os"

	"github.com/attestree/attestree/cmd/attestree/internal/command"
)

// version is set by the release build.
var version = "0.1.0-dev"

func main() {
	os.Exit(command.Main(context.Background(), version, command.System()))
}
