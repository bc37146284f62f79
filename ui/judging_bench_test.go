package ui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

// What the longest message costs, with the frame after it, while a hundred thousand nodes arrive and are judged: as long
// as that, a key may have to wait. What commands do beside it holds no key up, and is not counted.
func BenchmarkLongestWaitWhileALargeTreeArrives(b *testing.B) {
	events := uitest.Many(100_000)[0]
	var longest, all time.Duration
	n := 0
	for b.Loop() {
		app := ticking(b)
		took := func(msg tea.Msg) tea.Cmd {
			began := time.Now()
			next, cmd := app.Update(msg)
			app = next.(App)
			_ = app.View().Content
			d := time.Since(began)
			longest, all, n = max(longest, d), all+d, n+1
			return cmd
		}
		var run func(cmd tea.Cmd)
		run = func(cmd tea.Cmd) {
			if cmd == nil {
				return
			}
			switch msg := cmd().(type) {
			case nil, streamEndedMsg:
			case tea.BatchMsg:
				for _, c := range msg {
					run(c)
				}
			default:
				run(took(msg))
			}
		}
		for at := 0; at < len(events); at += 3000 { // a batch of a thirtieth of a second, from a quick source
			from := make(chan []model.Event)
			close(from)
			run(took(eventsArrivedMsg{stream: 1, events: events[at:min(at+3000, len(events))], from: from}))
			run(took(spinnerTickedMsg{}))
			took(uitest.Press("j"))
		}
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms/longest")
	b.ReportMetric(float64(all.Microseconds())/1000/float64(n), "ms/message")
}
