package command

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/state"
	"github.com/attestree/attestree/ui"
)

func newDemo(a *app) *cobra.Command {
	c := &cobra.Command{
		Use:   "demo",
		Short: "Explore an embedded image with every verdict on it; needs no network",
		Long: `Open the explorer on an image that is part of the program: signed, attested, altered and mistaken in every way
that the program tells apart. Its trust is its own and valid for nothing else. No socket is opened.

As a source, "demo" works with every command: attestree verify demo -o json.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage(errors.New("demo takes no source; attestree SOURCE opens one"))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.touring && !a.Terminal {
				return usage(errNoTour)
			}
			return a.explore(cmd.Context(), demoSource)
		},
	}
	c.Flags().BoolVar(&a.touring, "tour", false, "be led through it, in ten steps")
	a.flags.registerScreen(c)
	return c
}

// explore opens the screen; where there is none it prints the tree.
func (a *app) explore(ctx context.Context, source string) error {
	switch {
	case a.plain() && a.Lines:
		return a.converse(ctx, source)
	case !a.Terminal:
		return a.list(ctx, source)
	}
	screen, err := a.screen(ctx, source)
	if err != nil {
		return err
	}
	return a.show(ctx, screen)
}

// screen is the explorer on a source that nobody has opened yet.
func (a *app) screen(ctx context.Context, source string) (ui.App, error) {
	j, err := a.prepareJudging(ctx, source)
	if err != nil {
		return ui.App{}, err
	}
	j.discover = a.remembering(source, j.discover)
	audits, err := a.auditor(j)
	if err != nil {
		return ui.App{}, err
	}
	backend := backend{Session: j.session(), List: j.trust, auditor: audits, differ: a.differ(j), examiner: a.examiner(j), changed: j.trust.Watch(ctx), now: j.at}
	info := ui.Info{
		Tool: "attestree " + a.version, Source: source,
		Offline: a.flags.offline || j.demo, Demo: j.demo, Sender: shownSender(j.sender), TrustNote: strings.Join(j.notes, "; "), Commands: a.equivalents(),
	}
	if !j.demo { // whose root belongs to it, however old it is
		info.Now = a.Now()
	}
	drawing := a.drawing()
	drawing.Tour = a.tour()
	return ui.New(backend, info, drawing), nil
}

// drawing is how screens are drawn.
func (a *app) drawing() ui.Options {
	kept := state.Open(a.StateFolder)
	sizes, _ := kept.Sizes() // without them the screen is as it was made
	return ui.Options{
		Keys:  a.keys,
		Sizes: ui.Sizes(sizes), KeepSizes: func(s ui.Sizes) error { return kept.KeepSizes(state.Sizes(s)) },
		ASCII: a.ascii(), NoColor: a.noColor(), NoAnimation: a.flags.noAnimated, NoMouse: a.flags.noMouse, Theme: a.flags.theme,
	}
}

// DemoScreen is the explorer on the demo image without anything that moves by itself, for pictures of it.
func DemoScreen(theme string) (ui.App, error) {
	a := &app{
		Environment: Environment{Getenv: func(string) string { return "" }, Now: time.Now},
		flags:       flags{theme: theme, noAnimated: true},
	}
	return a.screen(context.Background(), demoSource)
}
