package fleet

import "fmt"

// Image is one reference of a list, with every place that names it.
type Image struct {
	Reference string
	Sources   []Source
	// Problem says why the reference cannot be looked at as it is written, "" if it can.
	Problem string
}

// Source is a place where a reference was found. All of it is external text.
type Source struct {
	File   string `json:"file,omitempty"`   // "-" for standard input
	Line   int    `json:"line,omitempty"`   // from 1, 0 where it is not known
	Object string `json:"object,omitempty"` // "Deployment shop/web, container app", "service db"
}

// String is the place in a line.
func (s Source) String() string {
	where := s.File
	if s.Line > 0 {
		where = fmt.Sprintf("%s:%d", where, s.Line)
	}
	switch {
	case s.Object == "":
		return where
	case where == "":
		return s.Object
	}
	return where + " (" + s.Object + ")"
}
