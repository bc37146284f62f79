package ui

import (
	"slices"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

// Commands look through a large tree while its nodes go on changing, in a whole program: with the race detector this tests
// that they read nothing that changes.
func TestALargeTreeIsAskedWhileItComes(t *testing.T) {
	events := uitest.Many(2*survey.Many + 500)[0]
	var again []model.Event
	for _, e := range events {
		if found, is := e.(model.NodeFound); is {
			found.Node.Found = []model.Found{model.FoundReferrersAPI}
			again = append(again, found, model.VerifyStarted{ID: found.Node.ID}, model.Judged{ID: found.Node.ID, Report: model.Report{Verdict: model.Unsigned}})
		}
	}
	end := len(events) - 2
	all := slices.Concat(events[:end], again, events[end:])
	var batches [][]model.Event
	for batch := range slices.Chunk(all, 400) {
		batches = append(batches, batch)
	}
	term, quit := runs(t, uitest.Backend{Events: batches})
	term.await(t, "Attached (")
	term.screen.SendText("f\"artifact 40\"\r")
	term.await(t, "111 matches, ")
	term.screen.SendText("/artifact 401")
	term.await(t, "/artifact 401")
	term.screen.SendText("\rb")
	term.await(t, "no signature of its own")
	term.screen.SendText("bc")
	term.await(t, "○4400 unsigned")
	term.screen.SendText("c:artifact 4011")
	term.await(t, "> ○ artifact · artifact 4011")
	term.screen.SendText("\r")
	term.await(t, "Name         artifact 4011")
	quit()
}
