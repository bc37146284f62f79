package ui

import (
	"context"
	"strings"
	"testing"

	images "github.com/attestree/attestree/model/fleet"
	"github.com/attestree/attestree/ui/fleet"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/uitest"
)

func TestEnterOpensTheImageAndEscComesBackToTheMatrix(t *testing.T) {
	rows := []images.Row{{Reference: "ghcr.io/acme/web:1.4.2"}, {Index: 1, Reference: "registry.example/team/billing:2019-04"}}
	about := fleet.About{Source: "images.txt", Images: 2, Columns: images.Columns(nil)}
	s, _ := shellOn(t, fleet.New(listed{rows}, about, screen.Drawing{}))
	for _, k := range []string{"j", "enter"} {
		s = run(t, s, uitest.Press(k))
	}
	if got := sources(s); got != "registry:registry.example/team/billing:2019-04" {
		t.Fatalf("the shell shows %q", got)
	}
	s = run(t, s, uitest.Press("esc"))
	if _, back := s.top().screen.(fleet.Screen); !back || strings.Contains(text(s), "opening") {
		t.Fatalf("esc does not come back to the matrix: %T", s.top().screen)
	}
	if !strings.Contains(text(s), "─ registry.example/team/billing:2019-04 ") {
		t.Errorf("the selection moved:\n%s", text(s))
	}
}

// listed is a feed that has all rows at once.
type listed struct{ rows []images.Row }

func (f listed) Run(context.Context) <-chan fleet.Batch {
	out := make(chan fleet.Batch, 1)
	out <- fleet.Batch{Rows: f.rows}
	close(out)
	return out
}
