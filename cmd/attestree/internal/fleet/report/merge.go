package report

import (
	"errors"
	"fmt"
	"io"

	"github.com/attestree/attestree/model/fleet"
)

// RefusedError says why reports cannot be read as one.
type RefusedError struct{ Reason string }

// Error is the reason.
func (e *RefusedError) Error() string { return e.Reason }

func refuse(format string, args ...any) error { return &RefusedError{fmt.Sprintf(format, args...)} }

// Check reads the headers of several reports and gives that of all together. They must have been made by the same
// version, under the same policy, signers, roots and options. Parts must be of one list, and none twice; missing are
// sentences about what is not there.
func Check(paths []string) (all fleet.Header, missing []string, err error) {
	seen := map[int]string{}
	for i, path := range paths {
		r, err := Open(path)
		if err != nil {
			return all, nil, err
		}
		h := r.Header
		r.Close()
		if i == 0 {
			all, all.Notes, all.Problems = h, nil, nil
		}
		if why := all.Differs(h); why != "" {
			return all, nil, refuse("%s and %s were made with different %s, and cannot be read as one", paths[0], path, why)
		}
		if why := parts(all.Shard, h.Shard); why != "" || all.Shard.Count > 1 && all.List != h.List {
			return all, nil, refuse("%s and %s are parts of different lists", paths[0], path)
		}
		if h.Shard.Count > 1 {
			if other, twice := seen[h.Shard.Index]; twice {
				return all, nil, refuse("%s and %s are the same part, %s", other, path, h.Shard)
			}
			seen[h.Shard.Index] = path
		} else if i > 0 {
			all.Images += h.Images
		}
		all.Notes, all.Problems = union(all.Notes, h.Notes), union(all.Problems, h.Problems)
	}
	for i := range all.Shard.Count {
		if all.Shard.Count > 1 && seen[i] == "" {
			missing = append(missing, fmt.Sprintf("part %s is missing", fleet.Shard{Index: i, Count: all.Shard.Count}))
		}
	}
	all.Shard = fleet.Shard{}
	return all, missing, nil
}

// parts says why two shards are not of one division.
func parts(a, b fleet.Shard) string {
	if max(a.Count, 1) != max(b.Count, 1) {
		return "divided differently"
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

// Rows hands on the rows of all reports, one after another. unfinished are sentences about those that have no end.
func Rows(paths []string, emit func(fleet.Row) error) (unfinished []string, err error) {
	for _, path := range paths {
		r, err := Open(path)
		if err != nil {
			return nil, err
		}
		rows, places := 0, map[int]bool{}
		err = r.each(func(row fleet.Row) error {
			if places[row.Index] || row.Index < 0 || row.Index >= r.Header.Images || !r.Header.Shard.Holds(row.Index) {
				return fmt.Errorf("%s has a row for place %d of the list twice, or the place is none of its own", path, row.Index)
			}
			places[row.Index] = true
			rows++
			return emit(row)
		})
		r.Close()
		wanted := r.Header.Shard.Size(r.Header.Images)
		switch {
		case err != nil:
			return nil, err
		case r.Footer == nil:
			unfinished = append(unfinished, path+" was not finished")
		case !r.Footer.Complete, rows != wanted:
			unfinished = append(unfinished, fmt.Sprintf("%s is not whole: it has %d of %d images", path, rows, wanted))
		}
	}
	return unfinished, nil
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
