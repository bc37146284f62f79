package packages

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"slices"
)

// Finder finds the rows of a table by what others call their packages.
type Finder struct {
	t     *Table
	seed  maphash.Seed
	purls []keyed // by package URL without qualifiers
	wider []keyed // by package URL without version either
	names []keyed // by name and version
}

// Finder prepares to find rows. It costs as much as a sort or two; any number of goroutines may use the result.
func (t *Table) Finder() *Finder {
	n := t.Len()
	f := &Finder{t: t, seed: maphash.MakeSeed(), purls: make([]keyed, 0, n), wider: make([]keyed, 0, n), names: make([]keyed, 0, n)}
	var key []byte
	for row := range n {
		x, r := t.record(row)
		var ok bool
		if key, ok = appendKey(key[:0], x.text.bytes(r.purl())); ok {
			f.purls = append(f.purls, keyed{maphash.Bytes(f.seed, key), int32(row)})
			f.wider = append(f.wider, keyed{maphash.Bytes(f.seed, key[:bytes.LastIndexByte(key, '@')]), int32(row)})
		}
		if r.name().size > 0 {
			key = appendNamed(key[:0], t.names.at(row), t.versions.at(row))
			f.names = append(f.names, keyed{maphash.Bytes(f.seed, key), int32(row)})
		}
	}
	scratch := make([]keyed, n)
	for _, list := range [][]keyed{f.purls, f.wider, f.names} {
		byKey(list, scratch[:len(list)])
	}
	return f
}

// appendNamed appends what a package without a package URL is compared by. Maven's group and artifact have a colon
// between them in some reports.
func appendNamed(out, name, version []byte) []byte {
	from := len(out)
	out = appendLower(out, name)
	for i, c := range out[from:] {
		if c == ':' {
			out[from+i] = '/'
		}
	}
	return appendLower(append(out, 0), version)
}

// Covered is the rows that p says something of, see PURL.Covers.
func (f *Finder) Covered(p PURL) []int32 {
	return f.find(f.wider, []byte(p.Package), func(row int) bool {
		own, ok := f.t.PURL(row)
		return ok && p.Covers(own)
	})
}

// ByPURL is the rows with the same version of the same package, see PURL.Same.
func (f *Finder) ByPURL(p PURL) []int32 {
	if p.Version == "" {
		return nil
	}
	return f.find(f.purls, []byte(p.Package+"@"+p.Version), func(row int) bool {
		own, ok := f.t.PURL(row)
		return ok && own.same(p)
	})
}

// ByName is the rows with a name and version, in any case of letters, as far as they may be of a type of package URLs;
// "" is any type.
func (f *Finder) ByName(name, version, purlType string) []int32 {
	if name == "" || version == "" {
		return nil
	}
	want := appendNamed(nil, []byte(name), []byte(version))
	var own []byte
	return f.find(f.names, want, func(row int) bool {
		x, r := f.t.record(row)
		own = appendNamed(own[:0], x.text.bytes(r.name()), x.text.bytes(r.version()))
		if !bytes.Equal(own, want) {
			return false
		}
		p, ok := f.t.PURL(row)
		return !ok || purlType == "" || p.Type == purlType
	})
}

// find is the rows with a hash that are what is looked for.
func (f *Finder) find(list []keyed, key []byte, is func(row int) bool) (rows []int32) {
	hash := maphash.Bytes(f.seed, key)
	at, _ := slices.BinarySearchFunc(list, hash, func(h keyed, want uint64) int { return cmp.Compare(h.key, want) })
	for ; at < len(list) && list[at].key == hash; at++ {
		if is(int(list[at].row)) {
			rows = append(rows, list[at].row)
		}
	}
	return rows
}

// ByID is the row of the package that has an identifier in the SBOM of a node.
func (f *Finder) ByID(node, id string) (int32, bool) {
	for s, source := range f.t.sources {
		if source.Node != node {
			continue
		}
		if i, found := source.Index.ByID(id); found {
			return int32(f.t.RowOf(Place{s, i})), true
		}
	}
	return 0, false
}

// PURL is the package URL of a row, ok is false if it has none that can be read.
func (t *Table) PURL(row int) (p PURL, ok bool) {
	x, r := t.record(row)
	return ParsePURL(x.text.string(r.purl()))
}
