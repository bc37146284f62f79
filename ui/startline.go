package ui

import "strings"

// entryLine is the line in which a source is typed, with those that were opened before as its history.
type entryLine struct {
	edit
	at    int    // how far back in the history; 0 for what is typed itself
	draft string // what was typed before going back
}

func (e entryLine) insert(text string) entryLine { return entryLine{edit: e.edit.insert(text)} }

// older goes one further back.
func (e entryLine) older(past []string) entryLine {
	if e.at >= len(past) {
		return e
	}
	if e.at == 0 {
		e.draft = e.text
	}
	e.at++
	e.text = past[e.at-1]
	return e
}

// newer goes one on, at last to what was being typed.
func (e entryLine) newer(past []string) entryLine {
	switch {
	case e.at == 0:
		return e
	case e.at == 1 || e.at-2 >= len(past):
		return entryLine{edit: edit{e.draft}}
	}
	e.at--
	e.text = past[e.at-1]
	return e
}

// past is the history of the line, the newest first.
func (s Start) past() []string {
	out := make([]string, 0, len(s.opened))
	for _, o := range s.opened {
		out = append(out, o.Source)
	}
	return out
}

// completion is how what is typed could go on: as what was opened last and begins so, else as what lies here.
func (s Start) completion() string {
	if s.entry.text == "" {
		return ""
	}
	for _, o := range s.opened {
		if rest, found := strings.CutPrefix(o.Source, s.entry.text); found && rest != "" {
			return typable(rest)
		}
	}
	for _, o := range s.offers {
		if rest, found := strings.CutPrefix(o.Source, s.entry.text); found && rest != "" {
			return typable(rest)
		}
	}
	return ""
}
