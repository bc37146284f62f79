package screen

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/state"
	"github.com/attestree/attestree/ui"
	"github.com/attestree/attestree/ui/screen"
)

// NewDemo is "attestree demo".
func NewDemo(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "demo",
		Short: "Explore an embedded image with every verdict on it; needs no network",
		Long: `Open the explorer on an image that is part of the program: signed, attested, altered and mistaken in every way
that the program tells apart. Its trust is its own and valid for nothing else. No socket is opened.

As a source, "demo" works with every command: attestree verify demo -o json.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return exit.Usage(errors.New("demo takes no source; attestree SOURCE opens one"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.Touring && !a.Terminal {
				return exit.Usage(errNoTour)
			}
			return Explore(cmd.Context(), a, run.DemoSource)
		},
	}
	c.Flags().BoolVar(&a.Touring, "tour", false, "be led through it, in ten steps")
	a.Flags.RegisterScreen(c)
	return c
}

// Explore opens the screen; where there is none it prints the tree.
func Explore(ctx context.Context, a *run.App, source string) error {
	switch {
	case a.Plain() && a.Lines:
		return converse(ctx, a, source)
	case !a.Terminal:
		return imagecmd.List(ctx, a, source)
	}
	screen, err := explorer(ctx, a, source)
	if err != nil {
		return err
	}
	return Show(ctx, a, screen)
}

// explorer is the explorer on a source that nobody has opened yet.
func explorer(ctx context.Context, a *run.App, source string) (ui.App, error) {
	j, err := a.PrepareJudging(ctx, source)
	if err != nil {
		return ui.App{}, err
	}
	j.Discover = remembering(a, source, j.Discover)
	b, err := newBackend(ctx, a, j)
	if err != nil {
		return ui.App{}, err
	}
	info := ui.Info{
		Tool: a.Tool(), Source: source,
		Offline: a.Flags.Offline || j.Demo, Demo: j.Demo, Sender: shownSender(j.Sender), TrustNote: strings.Join(j.Notes, "; "), Commands: imagecmd.Equivalents(a),
	}
	if !j.Demo { // whose root belongs to it, however old it is
		info.Now = a.Now()
	}
	drawing := Drawing(a)
	drawing.Tour = tourOf(a)
	return ui.New(b, info, drawing), nil
}

// Drawing is how screens are drawn.
func Drawing(a *run.App) ui.Options {
	kept := state.Open(a.StateFolder)
	sizes, _ := kept.Sizes() // without them the screen is as it was made
	return ui.Options{
		Drawing: screen.Drawing{
			ASCII: a.ASCII(), NoColor: a.NoColor(), NoAnimation: a.Flags.NoAnimated, NoMouse: a.Flags.NoMouse, Theme: a.Flags.Theme,
			Keys: a.Keys,
		},
		Sizes: ui.Sizes(sizes), KeepSizes: func(s ui.Sizes) error { return kept.KeepSizes(state.Sizes(s)) },
		Stirred: a.Stirred,
	}
}

// Demo is the explorer on the demo image without anything that moves by itself, for pictures of it.
func Demo(theme string) (ui.App, error) {
	a := &run.App{
		Environment: run.Environment{Getenv: func(string) string { return "" }, Now: time.Now},
		Flags:       run.Flags{Theme: theme, NoAnimated: true},
	}
	return explorer(context.Background(), a, run.DemoSource)
}
