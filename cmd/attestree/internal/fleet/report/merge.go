package report

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/attestree/attestree/model/fleet"
)

// RefusedError says why reports cannot be read as one.
type RefusedError struct{ Reason string }

// Error is the reason.
func (e *RefusedError) Error() string { return e.Reason }

func refuse(format string, args ...any) error { return &RefusedError{fmt.Sprintf(format, args...)} }

// Whole is several reports that are read as one.
type Whole struct {
	Header  fleet.Header
	Missing []string // sentences about parts that are not there
	Again   int      // rows that are left out, because another list has a newer one of the same reference

	paths  []string
	newest map[mark]judgement // of references that several lists may hold; nil for parts of one list
}

// Merge reads the headers of several reports. They must have been made by the same version, under the same policy, signers,
// roots and options. Parts must be of one list, and none twice, and no list may be there twice. A reference that several
// lists hold counts once, as it was judged last.
func Merge(paths []string) (*Whole, error) {
	w := &Whole{paths: paths}
	if err := w.headers(); err != nil {
		return nil, err
	}
	if w.Header.Shard.Count < 2 && len(paths) > 1 {
		var err error
		if w.newest, w.Again, err = overlaps(paths); err != nil {
			return nil, err
		}
		w.Header.Images -= w.Again
	}
	w.Header.Shard = fleet.Shard{}
	return w, nil
}

// headers reads them and finds out what keeps the reports from being one.
func (w *Whole) headers() error {
	seen, lists, all := map[int]string{}, map[string]string{}, &w.Header
	for i, path := range w.paths {
		r, err := Open(path)
		if err != nil {
			return err
		}
		h := r.Header
		r.Close()
		if i == 0 {
			*all = h
			all.Notes, all.Problems = nil, nil
		}
		if why := all.Differs(h); why != "" {
			return refuse("%s and %s were made with different %s, and cannot be read as one", w.paths[0], path, why)
		}
		if why := parts(*all, h); why != "" {
			return refuse("%s and %s are %s", w.paths[0], path, why)
		}
		other, twice := lists[h.List]
		if h.Shard.Count > 1 {
			other, twice = seen[h.Shard.Index]
		}
		switch {
		case twice && h.Shard.Count > 1:
			return refuse("%s and %s are the same part, %s", other, path, h.Shard)
		case twice:
			return refuse("%s and %s are reports of the same list", other, path)
		case h.Shard.Count < 2 && i > 0:
			all.Images += h.Images
		}
		seen[h.Shard.Index], lists[h.List] = path, path
		all.Notes, all.Problems = union(all.Notes, h.Notes), union(all.Problems, h.Problems)
	}
	for i := range all.Shard.Count {
		if all.Shard.Count > 1 && seen[i] == "" {
			w.Missing = append(w.Missing, fmt.Sprintf("part %s is missing", fleet.Shard{Index: i, Count: all.Shard.Count}))
		}
	}
	return nil
}

// parts says why two reports are not of one division, or not of the same things.
func parts(a, b fleet.Header) string {
	switch {
	case max(a.Shard.Count, 1) != max(b.Shard.Count, 1):
		return "parts of different lists: those were divided differently"
	case a.Shard.Count > 1 && (a.List != b.List || a.Images != b.Images):
		return "parts of different lists"
	case !slices.Equal(a.Columns, b.Columns):
		return "reports of different columns, although their policies are the same"
	}
	return ""
}

func union(into, more []string) []string {
	known := map[string]bool{}
	for _, s := range into {
		known[s] = true
	}
	for _, s := range more {
		if !known[s] {
			known[s] = true
			into = append(into, s)
		}
	}
	return into
}

// Rows hands on the rows of all reports, one after another; those of several lists are numbered anew. problems are sentences
// about reports that have no end or are not whole.
func (w *Whole) Rows(emit func(fleet.Row) error) (problems []string, err error) {
	place := 0
	for at, path := range w.paths {
		problem, err := rows(path, func(row fleet.Row) error {
			if w.newest != nil {
				if w.newest[markOf(row.Reference)].report != at {
					return nil
				}
				row.Index = place
				place++
			}
			return emit(row)
		})
		if err != nil {
			return nil, err
		}
		if problem != "" {
			problems = append(problems, problem)
		}
	}
	return problems, nil
}

// rows hands on those of one report, each in a place of its own. problem is why it is not whole.
func rows(path string, emit func(fleet.Row) error) (problem string, err error) {
	r, err := Open(path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	count, places := 0, map[int]bool{}
	err = r.each(func(row fleet.Row) error {
		if places[row.Index] || row.Index < 0 || row.Index >= r.Header.Images || !r.Header.Shard.Holds(row.Index) {
			return fmt.Errorf("%s has a row for place %d of the list twice, or the place is none of its own", path, row.Index)
		}
		places[row.Index] = true
		count++
		return emit(row)
	})
	wanted := r.Header.Shard.Size(r.Header.Images)
	switch {
	case err != nil:
		return "", err
	case r.Footer == nil:
		return path + " was not finished", nil
	case !r.Footer.Complete, count != wanted:
		return fmt.Sprintf("%s is not whole: it has %d of %d images", path, count, wanted), nil
	}
	return "", nil
}

func (r *Reader) each(emit func(fleet.Row) error) error {
	for {
		row, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if err := emit(row); err != nil {
			return err
		}
	}
}
