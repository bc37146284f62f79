package detail

import (
	"strings"

	"github.com/attestree/attestree/ui/scene"
	"github.com/attestree/attestree/ui/survey"
)

// Naming is the text on screen that may name digests: of the selected check or value where there is one, else all.
func (p Pane) Naming() string {
	switch p.tab {
	case scene.TabPayload:
		return p.payload.naming()
	case scene.TabRaw:
		from, to := p.raw.shownBytes()
		return string(p.raw.content.Bytes[from:to])
	case scene.TabChecks:
		if r := p.entry.Report; r != nil && p.check >= 0 && p.check < len(r.Checks) {
			c := r.Checks[p.check]
			return strings.Join([]string{c.Expected, c.Actual, c.Detail}, "\n")
		}
	case scene.TabSummary, scene.TabSigner, scene.TabLearn, scene.TabCount:
	}
	return p.said
}

// Named reports whether the text on screen names other nodes by their digests.
func (p Pane) Named() bool { return p.said != "" }

// naming is the value under the cursor.
func (t payloadTab) naming() string {
	if i := t.at(); i >= 0 {
		return head(t.payload.view.Document().Value(i), survey.MostNaming/16)
	}
	return ""
}

// shownBytes is the range of bytes that is in sight, and a row more.
func (t rawTab) shownBytes() (from, to int) {
	size := len(t.content.Bytes)
	first, last := t.window.Visible()
	if t.hex {
		return min(first*t.perRow(), size), min(last*t.perRow(), size)
	}
	if first >= len(t.starts) {
		return 0, 0
	}
	to = size
	if last < len(t.starts) {
		to = int(t.starts[last])
	}
	return int(t.starts[first]), to
}
