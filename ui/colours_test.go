package ui

import (
	"fmt"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/uitest"
)

func TestColoursOfEveryView(t *testing.T) {
	for i, s := range shots() {
		if s.opts.NoColor {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			uitest.GoldenInks(t, s.name, func(theme string, w, h int) string {
				s := shots()[i] // a backend of its own: some keys change it
				s.opts.Theme = theme
				return drive(t, fakeApp(s.backend, s.info, s.opts), fmt.Sprintf("%dx%d", w, h), s.keys).View().Content
			})
		})
	}
}

func TestColoursOfTheStartScreen(t *testing.T) {
	for _, shot := range startShots {
		uitest.GoldenInks(t, shot.name, func(theme string, w, h int) string {
			shot.opts.Theme = theme
			return starting(t, shot.shelf, shot.opts, [2]int{w, h}, shot.keys).View().Content
		})
	}
}

// What cannot be told without colour cannot be told by many: in every view, at every size, no colour takes no word away.
func TestNothingIsToldByColourAlone(t *testing.T) {
	for i := range shots() {
		s, bare := shots()[i], shots()[i]
		bare.opts.NoColor = true
		with := drive(t, fakeApp(s.backend, s.info, s.opts), "120x40", s.keys)
		without := drive(t, fakeApp(bare.backend, bare.info, bare.opts), "120x40", bare.keys)
		for _, size := range uitest.InkSizes {
			msg := tea.WindowSizeMsg{Width: size[0], Height: size[1]}
			if a, b := plain(feed(t, with, msg)), plain(feed(t, without, msg)); a != b {
				t.Errorf("%s at %dx%d says something else without colours", s.name, size[0], size[1])
			}
		}
	}
}
