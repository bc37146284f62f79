package ui

import (
	"bytes"
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/uitest"
)

// What a key and the frame after it cost must not depend on how many nodes there are.
func BenchmarkFrame(b *testing.B) {
	for _, n := range []int{100, 10_000, 100_000} {
		b.Run(fmt.Sprintf("%d nodes", n), func(b *testing.B) {
			app := drive(b, fakeApp(uitest.Backend{Events: uitest.Many(n)}, fakeInfo, Options{}), "200x60", "")
			down := uitest.Press("j")
			for b.Loop() {
				next, _ := app.Update(down)
				app = next.(App)
				_ = app.View().Content
			}
		})
	}
}

// What a batch costs while a large tree is discovered: keys wait for it.
func BenchmarkBatch(b *testing.B) {
	for _, n := range []int{100, 10_000} {
		b.Run(fmt.Sprintf("%d nodes", n), func(b *testing.B) {
			app := feed(b, readAll(ticking(b), uitest.Many(n)[0]), spinnerTickedMsg{})
			batch := []model.Event{model.VerifyStarted{ID: string(uitest.Digest("node 1"))}}
			for b.Loop() {
				next, _ := app.Update(eventsArrivedMsg{stream: 1, events: batch})
				app = next.(App)
				_ = app.View().Content
			}
		})
	}
}

func BenchmarkFrameOfEachTab(b *testing.B) {
	for t, name := range []string{"summary", "checks", "signer", "payload", "raw", "learn"} {
		b.Run(name, func(b *testing.B) {
			app := drive(b, fakeApp(uitest.Backend{Events: uitest.Rich()}, fakeInfo, Options{}), "200x60", fmt.Sprint("/ S L S A enter ", t+1))
			keys := []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("k")}
			for i := 0; b.Loop(); i++ {
				next, _ := app.Update(keys[i%2])
				app = next.(App)
				_ = app.View().Content
			}
		})
	}
}

// An overlay is drawn over the panes, with whatever moves on it.
func BenchmarkFrameWithOverlay(b *testing.B) {
	for _, keys := range []string{"?", "s", "p", "u", "/ V S A enter t"} {
		b.Run(keys[len(keys)-1:], func(b *testing.B) {
			app := drive(b, fakeApp(uitest.Trusting(), fakeInfo, Options{}), "200x60", keys)
			moves := []tea.KeyPressMsg{uitest.Press("j"), uitest.Press("k")}
			for i := 0; b.Loop(); i++ {
				next, _ := app.Update(moves[i%2])
				app = next.(App)
				_ = app.View().Content
			}
		})
	}
}

// A payload on one line of a megabyte, and one with a hundred thousand values.
func BenchmarkFrameOfLargePayload(b *testing.B) {
	payloads := map[string][]byte{
		"one line": append(append([]byte(`{"a":"`), bytes.Repeat([]byte("x"), 1<<20)...), `"}`...),
		"values":   append(append([]byte(`[0`), bytes.Repeat([]byte(`,{"name":"package"}`), 100_000)...), ']'),
	}
	for _, name := range []string{"one line", "values"} {
		for _, tab := range []string{"4", "5"} {
			b.Run(name+" tab "+tab, func(b *testing.B) {
				s := &uitest.Story{}
				root := uitest.Digest("root")
				raw := payloads[name]
				s.Add(model.NodeFound{Node: model.Node{ID: string(root), Kind: model.KindArtifact, Digest: root, Raw: raw}})
				s.Add(model.DiscoveryDone{}, model.Done{})
				app := drive(b, fakeApp(uitest.Backend{Events: [][]model.Event{s.Events}}, fakeInfo, Options{}), "200x60", tab+" = ctrl+d G")
				keys := []tea.KeyPressMsg{uitest.Press("k"), uitest.Press("j")}
				for i := 0; b.Loop(); i++ {
					next, _ := app.Update(keys[i%2])
					app = next.(App)
					_ = app.View().Content
				}
			})
		}
	}
}
