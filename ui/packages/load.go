package packages

import (
	"context"
	"maps"
	"runtime/debug"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/packages"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/scene"
)

// load is how far the SBOMs that are wanted have been read.
type load struct {
	number  int      // changes with what is wanted
	wanted  []string // IDs
	busy    bool     // a slice is being read
	next    int      // the SBOM that is being read, of the wanted ones
	builder *packages.Builder
	read    int // bytes of it so far
	size    int // all its bytes
	tabled  int // bytes that the table was made of
	done    bool
}

// What comes back from the background.
type (
	found struct {
		version int
		tree    *model.Tree
		sboms   []string
	}
	read struct {
		number  int
		id      string
		builder *packages.Builder
		index   *packages.Index // nil while there is more to read
		err     error
		odd     []model.Finding // what to know of the list, once it is read
		read    int
		table   *packages.Table // nil where it was not made again
	}
)

// The sizes of slices, in bytes: the first is small, so that something is seen at once.
const firstSlice, nextSlice = 256 << 10, 4 << 20

// largeSBOM is from how many bytes on an SBOM takes so much memory while it is read that it matters to others.
const largeSBOM = 8 << 20

// lookForSBOMs finds the SBOMs about the image, again whenever the tree has changed.
func (s View) lookForSBOMs(on scene.Stage) (View, tea.Cmd) {
	if s.asking || s.looked == on.Version {
		return s, nil
	}
	s.asking, s.looked = true, on.Version
	id, version := s.from, on.Version
	return s, on.ReportOn(func(_ context.Context, tree *model.Tree) any {
		return found{version, tree, packages.Related(tree, id)}
	})
}

// foundSBOMs takes what was found. Until the person chooses, the SBOM that they were on is shown, or all about the image.
func (s View) foundSBOMs(r found) View {
	first, showing := s.tree == nil, s.from
	if s.turned && s.at >= 0 && s.at < len(s.sboms) {
		showing = s.sboms[s.at]
	}
	s.asking, s.tree = false, r.tree
	if !first && sameSet(s.sboms, r.sboms) {
		return s // in the order that it has: whoever reads it keeps their place
	}
	s.sboms = bestFirst(r.tree, r.sboms)
	if s.turned && s.at < 0 {
		return s.show()
	}
	s.at = slices.Index(s.sboms, showing)
	if s.at < 0 && len(s.sboms) == 1 {
		s.at = 0
	}
	if s.load.number > 0 && slices.Equal(s.load.wanted, s.chosen()) {
		return s // there are others now, but what is shown is the same
	}
	return s.show()
}

// bestFirst is SBOMs with those first that are to be believed most: of several that describe the same package the first
// is shown in its row.
func bestFirst(t *model.Tree, ids []string) []string {
	ids = slices.Clone(ids)
	slices.SortStableFunc(ids, func(a, b string) int {
		return phrase.StandingRank(t.Entry(a).Standing) - phrase.StandingRank(t.Entry(b).Standing)
	})
	return ids
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// readOn reads the next slice of what is wanted.
func (s View) readOn(on scene.Stage) (View, tea.Cmd) {
	l := &s.load
	if l.busy || l.done || l.number == 0 || len(l.wanted) == 0 {
		return s, nil
	}
	for l.next < len(l.wanted) && l.builder == nil && s.known(l.wanted[l.next]) {
		l.next++
	}
	var before []packages.Source
	for _, id := range l.wanted[:min(l.next, len(l.wanted))] {
		if x := s.indexes[id]; x != nil {
			before = append(before, packages.SourceOf(s.tree, id, x))
		}
	}
	number, tree := l.number, s.tree
	l.busy = true
	if l.next >= len(l.wanted) { // all was read before
		large := l.size >= largeSBOM
		return s, on.Report(func(context.Context) any {
			r := read{number: number, table: packages.NewTable(before...)}
			if large {
				debug.FreeOSMemory() // what reading took goes back, rather than when somebody needs it
			}
			return r
		})
	}
	id, builder, tabled, size := l.wanted[l.next], l.builder, l.tabled, nextSlice
	if builder == nil {
		document := packages.Document(tree.Entry(id))
		l.size, l.read, size = len(document), 0, firstSlice
		builder = packages.NewBuilder(document)
	}
	return s, on.Report(func(context.Context) any {
		r := read{number: number, id: id, builder: builder}
		more := builder.Step(size)
		x := builder.Snapshot()
		if !more {
			x, r.err = builder.Index()
			r.index, r.odd = x, x.Findings()
		}
		// The table is made again when twice as much has been read: so all of that costs no more than making it twice. The
		// last one is made by itself, of everything.
		if r.read = builder.Read(); (more || r.err != nil) && r.read >= 2*tabled {
			r.table = packages.NewTable(append(before, packages.SourceOf(tree, id, x))...)
		}
		return r
	})
}

// known reports whether an SBOM has been read, well or not.
func (s View) known(id string) bool {
	return s.indexes[id] != nil || s.problems[id] != ""
}

// hasRead takes a slice, unless something else is wanted by now.
func (s View) hasRead(r read) View {
	l := &s.load
	if r.number != l.number {
		return s
	}
	l.busy = false
	if r.id == "" {
		l.done = true
		s.sift = s.sift.given(r.table)
		return s
	}
	l.builder, l.read = r.builder, r.read
	if r.index != nil {
		l.builder, l.tabled = nil, 0
		l.next++
		if r.err != nil {
			s.problems = kept(s.problems, r.id, r.err.Error())
		} else {
			s.indexes, s.odd = kept(s.indexes, r.id, r.index), kept(s.odd, r.id, r.odd)
		}
		l.done = l.next >= len(l.wanted) && r.err != nil
	}
	if r.table != nil && (r.err == nil || r.table.Len() > 0) {
		if l.builder != nil {
			l.tabled = r.read
		}
		s.sift = s.sift.given(r.table)
	}
	return s
}

// kept is a map with one more entry; the old one stays as it is.
func kept[V any](m map[string]V, key string, value V) map[string]V {
	m = maps.Clone(m)
	if m == nil {
		m = map[string]V{}
	}
	m[key] = value
	return m
}
