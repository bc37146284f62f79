package ui

import (
	"testing"

	"github.com/attestree/attestree/ui/survey"
	"github.com/attestree/attestree/ui/uitest"
)

// What a key costs, with the frame after it, in a tree of a hundred thousand nodes. Whatever takes longer is done by
// commands or in stretches between the keys, which these measure too, as each holds up the next key.
func BenchmarkKeysOnALargeTree(b *testing.B) {
	start := drive(b, fakeApp(uitest.Backend{Events: uitest.Many(100_000)}, fakeInfo, Options{}), "200x60", "")
	for _, c := range []struct{ name, before, keys string }{
		{"search typed", "/ a", "r backspace"},
		{"search next", "/ 9 9 enter", "n N"},
		{"filter typed", "f 9", "9 backspace"},
		{"filter moves", "f 9 9 enter", "j k"},
		{"filter folds", "f 9 9 enter g", "h l"},
		{"palette typed", ": a", "r backspace"},
		{"palette moves", ": a", "down up"},
		{"coverage opened", "", "c esc"},
		{"coverage moves", "c", "l h"},
		{"by signer opened", "", "b esc"},
		{"by signer moves", "b", "j k"},
		{"by signer folds", "b", "enter enter"},
		{"tree folds the root", "", "h l"},
		{"tree folds a branch", "j", "h l"},
		{"tree closes and opens all", "", "- ="},
		{"marks", "j", "space k"},
		{"summary of the image", "j", "k j"},
		{"copy menu", "j", "y esc"},
		{"export menu", "j", "e esc"},
		{"audit opened", "", "a esc"},
		{"packages opened", "", "P esc"},
		{"comparison opened", "", "d esc"},
		{"back and forward", "/ 9 9 enter / 8 8 enter", "[ ]"},
	} {
		b.Run(c.name, func(b *testing.B) {
			app := feed(b, start, nil)
			for _, k := range uitest.KeysOf(c.before) {
				app = feed(b, app, k)
			}
			keys := uitest.KeysOf(c.keys)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				next, cmd := app.Update(keys[i%len(keys)])
				app = next.(App)
				_ = app.View().Content
				b.StopTimer() // what a command does holds no key up
				app = obey(b, app, cmd)
				b.StartTimer()
			}
		})
	}
}

// What the messages cost that come between the keys: a stretch of a survey, an answer to a filter, found nodes.
func BenchmarkMessagesOfALargeTree(b *testing.B) {
	app := drive(b, fakeApp(uitest.Backend{Events: uitest.Many(100_000)}, fakeInfo, Options{}), "200x60", "f 9 enter")
	done := app.survey.Done
	b.Run("a stretch of a survey", func(b *testing.B) {
		s := survey.Maker{}
		for b.Loop() {
			s.Waiting = false
			s, _ = s.GoOn(app.nodes.all, 1)
			s.Done = nil
		}
	})
	answer := sift("9", app.nodes.sieve.query, done)
	b.Run("an answer to a filter", func(b *testing.B) {
		for b.Loop() {
			next, _ := app.Update(siftedMsg{answer})
			_ = next.View()
		}
	})
	b.Run("asking a filter, in a command", func(b *testing.B) {
		for b.Loop() {
			sift("9", app.nodes.sieve.query, done)
		}
	})
	b.Run("choosing nodes, in a command", func(b *testing.B) {
		for b.Loop() {
			chooseNodes(done, "art 9")
		}
	})
	b.Run("searching facts, in a command", func(b *testing.B) {
		for b.Loop() {
			findFacts(done, "artifact 99")
		}
	})
}
