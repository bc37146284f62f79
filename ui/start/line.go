package start

import (
	"strings"

	"github.com/attestree/attestree/ui/widget"
)

// entryLine is the line in which a source is typed, with those that were opened before as its history.
type entryLine struct {
	widget.Edit
	at    int    // how far back in the history; 0 for what is typed itself
	draft string // what was typed before going back
}

func (e entryLine) insert(text string) entryLine { return entryLine{Edit: e.Insert(text)} }

// older goes one further back.
func (e entryLine) older(past []string) entryLine {
	if e.at >= len(past) {
		return e
	}
	if e.at == 0 {
		e.draft = e.Text
	}
	e.at++
	e.Text = past[e.at-1]
	return e
}

// newer goes one on, at last to what was being typed.
func (e entryLine) newer(past []string) entryLine {
	switch {
	case e.at == 0:
		return e
	case e.at == 1 || e.at-2 >= len(past):
		return entryLine{Edit: widget.Edit{Text: e.draft}}
	}
	e.at--
	e.Text = past[e.at-1]
	return e
}

// past is the history of the line, the newest first.
func (s Screen) past() []string {
	out := make([]string, 0, len(s.opened))
	for _, o := range s.opened {
		out = append(out, o.Source)
	}
	return out
}

// completion is how what is typed could go on: as what was opened last and begins so, else as what lies here.
func (s Screen) completion() string {
	if s.entry.Text == "" {
		return ""
	}
	for _, o := range s.opened {
		if rest, found := strings.CutPrefix(o.Source, s.entry.Text); found && rest != "" {
			return widget.Typable(rest)
		}
	}
	for _, o := range s.offers {
		if rest, found := strings.CutPrefix(o.Source, s.entry.Text); found && rest != "" {
			return widget.Typable(rest)
		}
	}
	return ""
}
