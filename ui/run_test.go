package ui

import (
	"context"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/uitest"
)

func TestSomethingThatHappensIsSaid(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	said := 0
	opts := Options{Stirred: func() { said++; cancel() }} // the first time is enough
	app := New(uitest.Backend{Events: uitest.Rich()}, fakeInfo, opts)
	err := Run(ctx, NewShell(nil, opts, app), tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutSignals(), tea.WithWindowSize(80, 24))
	if err != nil || said == 0 {
		t.Errorf("said %d times that something happened (%v)", said, err)
	}
}
