package ui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// framesPerSecond is how often Bubble Tea looks whether there is something new to draw, with or without anybody doing
// anything: at its own 60 that alone takes more than a hundredth of a slow core. A key is seen 31 ms after it at the latest.
const framesPerSecond = 32

// Run shows a shell's screens until the person quits or ctx ends, which is no error. Everything that they started in the
// background ends with it.
func Run(ctx context.Context, shell Shell, opts ...tea.ProgramOption) error {
	ctx, end := context.WithCancel(ctx)
	defer end()
	shell = shell.within(ctx)
	if shell.options.NoColor {
		// Bubble Tea reads NO_COLOR as a boolean; any value that is not empty counts (no-color.org).
		opts = append([]tea.ProgramOption{tea.WithColorProfile(colorprofile.ASCII)}, opts...)
	}
	// Whoever calls turns signals into the end of ctx. Bubble Tea's own handler, told at the same time, would wait for ever for
	// a loop that has ended by then, and the terminal would not be given back.
	opts = append([]tea.ProgramOption{tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithFPS(framesPerSecond)}, opts...)
	if stirred := shell.options.Stirred; stirred != nil {
		opts = append(opts, tea.WithFilter(func(_ tea.Model, msg tea.Msg) tea.Msg {
			stirred()
			return msg
		}))
	}
	screen := guard(shell)
	last, err := tea.NewProgram(screen, opts...).Run()
	unkept := keepSizes(last, shell)
	switch {
	case err != nil && !quietEnd(ctx, err):
		return fmt.Errorf("run the screen: %w", err)
	case screen.crash.err != nil:
		return screen.crash.err
	}
	return unkept
}

// quietEnd reports whether the program ended because it was told to from outside.
func quietEnd(ctx context.Context, err error) bool {
	return errors.Is(err, tea.ErrInterrupted) || ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled)
}
