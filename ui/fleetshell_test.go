package ui

import (
	"context"
	"strings"
	"testing"

	"github.com/attestree/attestree/model/fleet"
)

func TestEnterOpensTheImageAndEscComesBackToTheMatrix(t *testing.T) {
	rows := []fleet.Row{{Reference: "ghcr.io/acme/web:1.4.2"}, {Index: 1, Reference: "registry.example/team/billing:2019-04"}}
	about := FleetAbout{Source: "images.txt", Images: 2, Columns: fleet.Columns(nil)}
	s, _ := shellOn(t, NewFleet(listed{rows}, about, Options{}))
	for _, k := range []string{"j", "enter"} {
		s = run(t, s, press(k))
	}
	if got := sources(s); got != "registry:registry.example/team/billing:2019-04" {
		t.Fatalf("the shell shows %q", got)
	}
	s = run(t, s, press("esc"))
	if _, back := s.top().screen.(Fleet); !back || strings.Contains(text(s), "opening") {
		t.Fatalf("esc does not come back to the matrix: %T", s.top().screen)
	}
	if !strings.Contains(text(s), "─ registry.example/team/billing:2019-04 ") {
		t.Errorf("the selection moved:\n%s", text(s))
	}
}

// listed is a feed that has all rows at once.
type listed struct{ rows []fleet.Row }

func (f listed) Run(context.Context) <-chan FleetBatch {
	out := make(chan FleetBatch, 1)
	out <- FleetBatch{Rows: f.rows}
	close(out)
	return out
}
