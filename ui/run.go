package ui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// Run shows the screen until the person quits or ctx ends, which is no error. Everything that the screen started in
// the background ends with it.
func Run(ctx context.Context, app App, opts ...tea.ProgramOption) error {
	app = app.within(ctx)
	defer app.cancel()
	if app.options.NoColor {
		// Bubble Tea reads NO_COLOR as a boolean; any value that is not empty counts (no-color.org).
		opts = append([]tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}, opts...)
	}
	opts = append([]tea.ProgramOption{tea.WithContext(ctx)}, opts...)
	if _, err := tea.NewProgram(app, opts...).Run(); err != nil && !quietEnd(ctx, err) {
		return fmt.Errorf("run the screen: %w", err)
	}
	return nil
}

// quietEnd reports whether the program ended because it was told to from outside.
func quietEnd(ctx context.Context, err error) bool {
	return errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled)
}
