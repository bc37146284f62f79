package fleet

import (
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
	"github.com/attestree/attestree/ui/theme"
	"github.com/attestree/attestree/ui/widget"
)

// How much of the list's problems, and of what is to be known of the run, has a line of its own.
const (
	mostProblems = 2
	mostNotes    = 1
)

// notices are what concerns the whole list and no row of it.
func (f Screen) notices() []widget.Line {
	st := f.Styles
	out := notices(st, model.SeverityWarning, f.about.Problems, mostProblems, "not looked at: ", f.Width)
	out = append(out, notices(st, model.SeverityInfo, f.about.Notes, mostNotes, "", f.Width)...)
	if n := len(f.about.Removed); n > 0 {
		out = append(out, widget.Notice(st, model.SeverityInfo, phrase.Counted(n, "image", "images")+" of the earlier report not in this list: "+strings.Join(f.about.Removed[:min(n, 5)], ", "), f.Width))
	}
	return out
}

// notices are the first of several sentences, and how many there are beside them: they are printed when the screen is left.
func notices(st *theme.Styles, severity model.Severity, all []string, most int, lead string, width int) []widget.Line {
	var out []widget.Line
	for _, s := range all[:min(len(all), most)] {
		out = append(out, widget.Notice(st, severity, lead+s, width))
	}
	if more := len(all) - most; more > 0 {
		out = append(out, widget.Notice(st, severity, lead+"and "+safe.Int(more).String()+" more, said when you leave", width))
	}
	return out
}
