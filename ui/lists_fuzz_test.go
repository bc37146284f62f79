package ui

import (
	"fmt"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
)

// Whatever is typed in the audit or among packages, what is on screen fits it, and there is a screen.
func FuzzNoKeyBreaksAList(f *testing.F) {
	f.Add("arjjnote\t\t\tfile\r\r\x1b", uint8(80), uint8(24), true)
	f.Add("afflag:no-reason\rssSS\tjkGg\x1b\x1be", uint8(44), uint8(12), true)
	f.Add("Pfvuln:open\rsssSjj\r\rjj\r\x1bhl,.", uint8(100), uint8(30), false)
	f.Add("P\rjjjj\rGgkk\x1b\x1b\x1ba", uint8(40), uint8(10), false)
	f.Fuzz(func(t *testing.T, keys string, w, h uint8, audit bool) {
		backend := uitest.Packaging()
		if audit {
			backend = uitest.Auditing()
		}
		app := drive(t, fakeApp(backend, fakeInfo, Options{}), fmt.Sprintf("%dx%d", w, h), "")
		app = pressAll(t, app, keys)
		if w > 0 && h > 0 {
			fits(t, app, int(w), int(h))
		}
	})
}
