package screen

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// Screen is what a shell can show: the explorer of one source, the start screen, the matrix of a fleet. It is a
// tea.Model whose Update returns a Screen again. It changes to another one by asking the shell, with one of these
// commands; outside of a shell nothing comes of them:
//
//	Explore(source)  the explorer on a source, over this screen, to which esc comes back
//	Begin()          the start screen, over this one
//	Leave()          back to the screen below, where there is one
type Screen interface {
	tea.Model
	// Under has everything that the screen does in the background end with ctx.
	Under(ctx context.Context) Screen
}
