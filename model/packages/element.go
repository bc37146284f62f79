package packages

// ElementKind is what a relationship names.
type ElementKind int

// The kinds of element.
const (
	ElementPackage ElementKind = iota
	ElementFile
	ElementOther   // the document, what it describes, a licence, a person
	ElementOutside // in another document, or nowhere
)

// Element is one end of a relationship.
type Element struct {
	Kind    ElementKind
	Package int    // its number, -1 if it is none
	Name    string // else its identifier
	Version string
	ID      string
}

// element is what a ref names.
func (x *Index) element(r ref) Element {
	e := Element{Package: -1, ID: x.text.string(x.id(r))}
	switch r.kind() {
	case refPackage:
		p := &x.packages[r.number()]
		e.Kind, e.Package, e.Name, e.Version = ElementPackage, r.number(), x.text.string(p.name()), x.text.string(p.version())
	case refFile:
		e.Kind, e.Name = ElementFile, x.text.string(x.files[r.number()].name)
	case refOther:
		e.Kind, e.Name = ElementOther, x.text.string(x.others[r.number()].name)
	default:
		e.Kind = ElementOutside
	}
	if e.Name == "" {
		e.Name = e.ID
	}
	return e
}
