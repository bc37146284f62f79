package packages

import (
	"bytes"
	"hash/maphash"
	"slices"
	"sync"
)

// Source is one SBOM of a table.
type Source struct {
	Index *Index
	Scope Scope
	Node  string // ID of the node that the document comes from
}

// Place is where a row of a table comes from.
type Place struct {
	Source  int // number of the source
	Package int // number of the package in its index
}

// Table is the packages of one SBOM, or of several seen together, to be sorted and filtered. Rows are numbered from 0; a
// filtered or sorted view is a list of these numbers. A table does not change once it is made, and any number of
// goroutines may use it.
type Table struct {
	sources []Source
	rows    []Place  // of each row the first, which stands for it; nil where rows are the packages of the only source
	merged  []Place  // all places, row after row; nil where every row has one
	starts  []uint32 // where those of each row begin in merged
	of      []int32  // the row of each package, source after source; nil where every row has one place
	firsts  []int    // where those of each source begin in of

	names, versions column
	purls           purlColumn
	exposures       map[int32]Exposure
	orders          *orders
}

// NewTable makes a table of SBOMs. The rows of a single one are its packages in its order. Of several, those that name
// the same version of the same package are one row: by package URL without qualifiers, else by name, version and type.
func NewTable(sources ...Source) *Table {
	t := &Table{sources: sources, orders: &orders{}}
	if len(sources) != 1 {
		t.merge()
	}
	t.read()
	return t
}

// read reads names, versions and package URLs, which lie beside each other in large documents.
func (t *Table) read() {
	rows := t.Len()
	t.names.ends, t.versions.ends = make([]uint32, 0, rows), make([]uint32, 0, rows)
	purls := newPURLs(t, rows)
	for row := range rows {
		x, r := t.record(row)
		t.names.add(x.text.bytes(r.name()))
		t.versions.add(x.text.bytes(r.version()))
		purls.add(x.text.bytes(r.purl()), row)
	}
	t.names.text, t.versions.text = slices.Clip(t.names.text), slices.Clip(t.versions.text)
	t.purls = purls.purlColumn
}

// single reports whether rows are the packages of the only source.
func (t *Table) single() bool { return len(t.sources) == 1 }

// Len is how many rows there are.
func (t *Table) Len() int {
	if t.single() {
		return t.sources[0].Index.Len()
	}
	return len(t.rows)
}

// first is the place that stands for a row.
func (t *Table) first(row int) Place {
	if t.single() {
		return Place{0, row}
	}
	return t.rows[row]
}

// record is what stands for a row, with where it is from.
func (t *Table) record(row int) (*Index, *kept) {
	at := t.first(row)
	x := t.sources[at.Source].Index
	return x, &x.packages[at.Package]
}

// Sources are the SBOMs that the table is made of.
func (t *Table) Sources() []Source { return t.sources }

// Row is one row: of several packages that are the same the first, with a licence and supplier from the first that has
// one.
func (t *Table) Row(row int) Package {
	at := t.first(row)
	p := t.sources[at.Source].Index.Package(at.Package)
	p.Licence, p.Supplier = t.said(row)
	return p
}

// said is the licence and the supplier of a row, as the first of its packages has them that has any.
func (t *Table) said(row int) (licence, supplier string) {
	if t.single() {
		x, r := t.record(row)
		return x.licence(r), x.supplier(r)
	}
	for _, p := range t.Places(row) {
		x := t.sources[p.Source].Index
		r := &x.packages[p.Package]
		if licence == "" {
			licence = x.licence(r)
		}
		if supplier == "" {
			supplier = x.supplier(r)
		}
		if licence != "" && supplier != "" {
			break
		}
	}
	return licence, supplier
}

// Places are where a row comes from: at least one, in the order of the sources.
func (t *Table) Places(row int) []Place {
	if t.single() {
		return []Place{{0, row}}
	}
	return t.merged[t.starts[row]:t.starts[row+1]]
}

// Detail is everything that is said of the package at a place.
func (t *Table) Detail(p Place) Detail { return t.sources[p.Source].Index.Detail(p.Package) }

// merge makes rows of packages that are the same.
func (t *Table) merge() {
	seed := maphash.MakeSeed()
	numbers := map[uint64]int32{}
	var key []byte
	for s, source := range t.sources {
		t.firsts = append(t.firsts, len(t.of))
		for i := range source.Index.packages {
			key = source.Index.appendIdentity(key[:0], i)
			hash := maphash.Bytes(seed, key)
			row, known := numbers[hash]
			if !known {
				row = int32(len(t.rows))
				numbers[hash] = row
				t.rows = append(t.rows, Place{s, i})
			}
			t.of = append(t.of, row)
		}
	}
	t.group()
}

// group sorts the places of packages by their rows, in two passes and without comparing.
func (t *Table) group() {
	t.starts = make([]uint32, len(t.rows)+1)
	for _, row := range t.of {
		t.starts[row+1]++
	}
	for i := range t.rows {
		t.starts[i+1] += t.starts[i]
	}
	t.merged = make([]Place, len(t.of))
	next := slices.Clone(t.starts)
	n := 0
	for s, source := range t.sources {
		for i := range source.Index.packages {
			row := t.of[n]
			t.merged[next[row]] = Place{s, i}
			next[row]++
			n++
		}
	}
}

// appendIdentity appends what makes a package the same as another.
func (x *Index) appendIdentity(out []byte, i int) []byte {
	r := &x.packages[i]
	if purl := x.text.bytes(r.purl()); len(purl) > 0 {
		if key, ok := appendKey(out, purl); ok {
			return key
		}
		return append(out, purl...)
	}
	out = append(out, bytes.ToLower(x.text.bytes(r.name()))...)
	out = append(append(out, 0), x.text.bytes(r.version())...)
	return append(append(out, 0), x.words[x.said[r.said].kind]...)
}

// orders are the rows in the order of each column, each found out when it is first asked for.
type orders struct {
	mu  sync.Mutex
	all [columns][]int32
}
