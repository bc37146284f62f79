package packages

// ref names an element of a document: a package, a file, something else, or what is not in the document. The upper two
// bits say which.
type ref uint32

const (
	refKind    ref = 3 << 30
	refPackage ref = 0
	refFile    ref = 1 << 30
	refOther   ref = 2 << 30
	refOutside ref = 3 << 30 // number of an identifier that is not, or not yet, known
)

func (r ref) kind() ref   { return r & refKind }
func (r ref) number() int { return int(r &^ refKind) }

// edge is one relationship, from what the document names first.
type edge struct {
	from, to ref
	kind     uint32 // a word, as written
	at       uint32 // where it is in the document; for the list of what something depends on, that list
}

// adjacency lists the edges of each package: those of package i are edges[starts[i]:starts[i+1]].
type adjacency struct {
	starts []uint32
	edges  []uint32
}

// of is the numbers of the edges of package i.
func (a adjacency) of(i int) []uint32 {
	if len(a.starts) == 0 {
		return nil
	}
	return a.edges[a.starts[i]:a.starts[i+1]]
}

// adjacent sorts edges by the package at one of their ends, in two passes and without comparing.
func adjacent(packages int, edges []edge, end func(edge) ref) adjacency {
	starts := make([]uint32, packages+1)
	total := uint32(0)
	for _, e := range edges {
		if r := end(e); r.kind() == refPackage {
			starts[r.number()]++
			total++
		}
	}
	sum := uint32(0)
	for i, n := range starts {
		starts[i] = sum
		sum += n
	}
	out := make([]uint32, total)
	for n, e := range edges {
		if r := end(e); r.kind() == refPackage {
			out[starts[r.number()]] = uint32(n)
			starts[r.number()]++
		}
	}
	copy(starts[1:], starts[:packages]) // each start has moved to where the next one begins
	starts[0] = 0
	return adjacency{starts, out}
}
