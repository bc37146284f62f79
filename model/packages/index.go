package packages

// The limits of an index. What lies beyond them is not read, and Index.Counts says so.
const (
	// maxDocument is how large a document may be, in bytes.
	maxDocument = 1<<30 - 1
	// maxElements is how many packages, files and relationships are read of each.
	maxElements = 1_000_000
	// maxDepth is how deep components lie in components.
	maxDepth = 32
)

// Index is what one document says of packages, or what has been read of it so far. It does not change once it is made,
// and any number of goroutines may use it.
type Index struct {
	// Format is "SPDX", "CycloneDX", "syft" or "Docker Scout", "" if the document has not said so.
	Format string
	// SpecVersion is the version of the format, as written.
	SpecVersion string
	// Name is that of the document, or of what it describes.
	Name string
	// Namespace names the document in the world: SPDX's documentNamespace, CycloneDX's serialNumber.
	Namespace string
	// Creators are who and what made an SPDX 2 document, as written: "Tool: syft-1.52". At most a few.
	Creators []string
	// Embedded says that the document was a JSON string that held another document. Offsets are those of Text then,
	// which is not part of what was handed in.
	Embedded bool
	// Complete says that all of it was read, and that relationships are known.
	Complete bool

	text     text
	packages []kept
	said     []attributes
	files    []part // files of SPDX
	others   []part // whatever else relationships may name: the document, what it describes, licences, people
	words    []string
	edges    []edge
	outside  []span // identifiers that nothing in the document has
	out, in  adjacency
	ids      found // when it is complete
	counts   Counts
}

// Package is one package as it is shown in a row. Licence and the rest are "" where the document does not say, or says
// that it does not ("NOASSERTION").
type Package struct {
	Name     string // with its group, where CycloneDX has one apart: "group/name"
	Version  string
	PURL     string
	Licence  string // declared, else concluded
	Type     string // of the package URL: "npm", "deb"; else what the document calls it: "library", "FILE"
	Supplier string
	ID       string // within the document: SPDXID, bom-ref
}

// part is what an index keeps of a file, or of something else that has an identifier.
type part struct {
	name, id span
	from, to uint32
}

// Len is how many packages there are.
func (x *Index) Len() int { return len(x.packages) }

// Files is how many files the document lists apart from packages (SPDX).
func (x *Index) Files() int { return len(x.files) }

// Package is package i, from 0, in the order of the document.
func (x *Index) Package(i int) Package {
	r := &x.packages[i]
	return Package{
		Name: x.text.string(r.name()), Version: x.text.string(r.version()), PURL: x.text.string(r.purl()),
		Licence: x.licence(r), Type: x.kind(r), Supplier: x.supplier(r), ID: x.text.string(r.id()),
	}
}

// ByID is the number of the package with an identifier: its SPDXID or bom-ref. Of an index that is not Complete nothing
// is found.
func (x *Index) ByID(id string) (int, bool) {
	r, found := x.ids.find([]byte(id), func(r ref) []byte { return x.text.bytes(x.id(r)) })
	return r.number(), found && r.kind() == refPackage
}

// Describes reports whether an identifier is that of what a CycloneDX document is about: the image itself.
func (x *Index) Describes(id string) bool {
	return x.Format == "CycloneDX" && len(x.others) > 0 && x.text.string(x.others[0].id) == id && id != ""
}

// Text is what offsets are about: the document that was handed in, or the one in it if it is Embedded. It must not be
// changed.
func (x *Index) Text() []byte { return x.text.doc }

func (x *Index) licence(r *kept) string {
	said := &x.said[r.said]
	if declared := asserted(x.words[said.declared]); declared != "" {
		return declared
	}
	return asserted(x.words[said.concluded])
}

func (x *Index) supplier(r *kept) string { return asserted(x.words[x.said[r.said].supplier]) }

func (x *Index) kind(r *kept) string { return asserted(x.words[x.said[r.said].kind]) }

// asserted is a word unless it says that nothing is said (SPDX 2.3, clause 7).
func asserted(word string) string {
	if word == "NOASSERTION" || word == "NONE" {
		return ""
	}
	return word
}
