package packages

import "math"

// record is what is read of one package.
type record struct {
	name, version, purl, id span
	from, to                uint32 // of all that is said of it in one place
	declared, concluded     uint32 // licences: words
	supplier, kind          uint32 // words
	ordinal                 uint32 // place in its list
	parent                  int32  // the package that it lies in, -1 if in none
	list                    list
}

// kept is what an index keeps of a record, in 44 bytes: there may be a million.
type kept struct {
	offs     [4]uint32 // of name, version, package URL and identifier
	sizes    [4]uint16
	from, to uint32
	said     uint32 // number of its attributes
	place    uint32 // its list, and behind that its place there
	parent   int32
}

// attributes are the words of a package, which few others have not got too.
type attributes struct{ declared, concluded, supplier, kind uint32 }

func (k *kept) span(i int) span { return span{k.offs[i], uint32(k.sizes[i])} }
func (k *kept) name() span      { return k.span(0) }
func (k *kept) version() span   { return k.span(1) }
func (k *kept) purl() span      { return k.span(2) }
func (k *kept) id() span        { return k.span(3) }

// ordinalBits is how many bits of a kept place are the place in its list: more than a document has room for.
const ordinalBits = 28

func (k *kept) list() list   { return list(k.place >> ordinalBits) }
func (k *kept) ordinal() int { return int(k.place & (1<<ordinalBits - 1)) }

// keep is a record as it is kept. Its kind is that of the package URL, where there is one.
func (b *Builder) keep(r *record) kept {
	if t := purlType(b.x.text.bytes(r.purl)); t != "" {
		r.kind = b.words.add([]byte(t))
	}
	k := kept{
		from: r.from, to: r.to, parent: r.parent, said: b.attributed(attributes{r.declared, r.concluded, r.supplier, r.kind}),
		place: uint32(r.list)<<ordinalBits | min(r.ordinal, 1<<ordinalBits-1),
	}
	for i, s := range [...]span{r.name, r.version, r.purl, r.id} {
		if s.size > math.MaxUint16 { // put together from two
			s.size = math.MaxUint16
			b.x.counts.Cut++
		}
		k.offs[i], k.sizes[i] = s.off, uint16(s.size)
	}
	return k
}

// attributed is the number of attributes.
func (b *Builder) attributed(a attributes) uint32 {
	n, known := b.numbers[a]
	if !known {
		n = uint32(len(b.said))
		b.said = append(b.said, a)
		b.numbers[a] = n
	}
	return n
}
