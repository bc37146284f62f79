package ui

import (
	"fmt"
	"testing"

	"github.com/attestree/attestree/ui/uitest"
)

// everything are backends that have, between them, something to show in every view.
func everything() []uitest.Backend {
	return []uitest.Backend{
		uitest.Trusting(), uitest.Packaging(), uitest.Auditing(), uitest.Breakable(), uitest.Doctoring("policy.rego"), uitest.Handing(),
		{Events: uitest.Rich()}, {Events: uitest.Evil(), Trust: uitest.HostileTrust()},
	}
}

// openingKeys are the keys by which views are opened, and what they show is chosen.
const openingKeys = "?aPcbxdDspuTOytwe/f:6544jl\tJKLm"

// Whatever is typed in whatever view, over whichever image, what is on screen fits it, and nothing of the image acts on it.
func FuzzNoKeyBreaksAView(f *testing.F) {
	for i := range everything() {
		for j := range openingKeys {
			f.Add(uint8(i), uint8(j), "jj\r\tkG\x1b?", uint8(70+i), uint8(20+j%10))
		}
	}
	f.Add(uint8(0), uint8(1), "\x1bc\r\r\x1b\x1bd:\rdemo\r", uint8(40), uint8(10))
	f.Fuzz(func(t *testing.T, which, view uint8, keys string, w, h uint8) {
		all := everything()
		app := drive(t, fakeApp(all[int(which)%len(all)], fakeInfo, Options{}), fmt.Sprintf("%dx%d", w, h), "")
		keys = string(openingKeys[int(view)%len(openingKeys)]) + keys
		app = pressAll(t, app, keys)
		if w > 0 && h > 0 {
			fits(t, app, int(w), int(h))
		}
	})
}
