package state

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Opened is a source that was opened on the screen.
type Opened struct {
	Source string    `json:"source"` // means the same in every folder
	At     time.Time `json:"at"`     // when that was, the last time
}

// mostOpened is how many sources are remembered; mostSource how long one may be, in bytes.
const (
	mostOpened = 50
	mostSource = 4096
)

const openedFile = "opened.json"

type openedList struct {
	Opened []Opened `json:"opened"`
}

// Opened are the sources that were opened, the newest first.
func (s Store) Opened() ([]Opened, error) {
	var list openedList
	if err := s.read(openedFile, &list); err != nil {
		return nil, err
	}
	list.Opened = slices.DeleteFunc(list.Opened, func(o Opened) bool { return !rememberable(o.Source) })
	slices.SortStableFunc(list.Opened, func(a, b Opened) int { return b.At.Compare(a.At) })
	return list.Opened[:min(len(list.Opened), mostOpened)], nil
}

// Remember puts a source first. What is too long, or no text, is not remembered.
func (s Store) Remember(source string, at time.Time) error {
	if !rememberable(source) {
		return nil
	}
	list, err := s.Opened()
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(o Opened) bool { return o.Source == source })
	list = slices.Insert(list, 0, Opened{source, at.UTC().Truncate(time.Second)})
	return s.write(openedFile, openedList{list[:min(len(list), mostOpened)]})
}

// Forget removes a source.
func (s Store) Forget(source string) error {
	list, err := s.Opened()
	if err != nil {
		return err
	}
	return s.write(openedFile, openedList{slices.DeleteFunc(list, func(o Opened) bool { return o.Source == source })})
}

func rememberable(source string) bool {
	return source != "" && len(source) <= mostSource && utf8.ValidString(source)
}
