// Package run is one run of the program, for all commands: what the world and the flags say becomes a job, the rooms are put
// together for it, and what comes of it is printed as the terminal can show it.
//
// It knows every flag that commands share. It must not know a command: what one alone asks for and answers is in its own
// package.
package run

import (
	"io"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/ecosystem"
	"github.com/attestree/attestree/ui/keymap"
)

// Environment is what the program takes from the world, so that tests can give it another one.
type Environment struct {
	Args     []string // without the program's name
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Getenv   func(string) string
	Now      func() time.Time
	Terminal bool // stdin and stdout are a terminal that can show a screen
	Lines    bool // stdin and stdout are a terminal, perhaps one that can show lines only
	Progress bool // stderr is a terminal
	Color    bool // stdout is a terminal
	// CacheFolder is where what registries sent is kept, "" for nowhere.
	CacheFolder string
	// StateFolder is where what was opened is remembered, "" for nowhere.
	StateFolder string
}

// App is what every command works with.
type App struct {
	Environment
	Version string
	Flags   Flags
	Keys    keymap.Choice // of the screen, as the settings choose them
	Keeping keeping
	Touring bool // the tour was asked for
	// Meant is the command whose name is nearly that of the source, "" for none.
	Meant string
}

// Tool is the program with its version, as a report names it.
func (a *App) Tool() string { return "attestree " + a.Version }

// Agent is the same for an HTTP header.
func (a *App) Agent() string { return "attestree/" + a.Version }

// Another is the program for another source: with the trust and the settings of this run, without what the flags say of
// the one that was named with them. A name, a file or a digest that belongs to one image would make another one look
// better or worse than it is.
func (a *App) Another() *App {
	next := *a
	next.Meant = ""
	f := &next.Flags
	f.As, f.Artifact, f.Digest, f.Platform = "", "", "", ""
	f.GitHub, f.Wraps = githubFlags{}, ecosystem.ImageFlags{}
	f.Audit.Spec, f.Audit.Evidence = "", ""
	return &next
}
