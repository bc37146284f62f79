package packages

import (
	"bytes"
	"strings"

	"github.com/tidwall/gjson"
)

// Role is what the other end of a relationship is to a package, whichever end the document names first.
type Role int

// The roles, in the order in which they are shown.
const (
	RoleNeeds     Role = iota // the package depends on it
	RoleNeededBy              // it depends on the package
	RoleContains              // it lies in the package
	RoleWithin                // the package lies in it
	RoleEvidence              // a file that shows that the package is there
	RoleDescribes             // the document, which describes the package
	RoleOther
)

// Relation is one relationship of a package.
type Relation struct {
	Role  Role
	Kind  string // as written: "DEPENDENCY_OF"
	From  bool   // the document names the package first: "package DEPENDENCY_OF other"
	Note  string // that the document adds
	Other Element
	At    int // where the relationship is said, in Index.Text

	file int // number of the other end, where it is a file
}

// maxRelations is how many relationships of one package Relations lists of each direction. The root of an image has as
// many as there are packages.
const maxRelations = 2000

// Relations lists the relationships of package i in the order of the document, those that name it first before those
// that name it second, then what it lies in and what lies in it (CycloneDX). total is how many there are.
func (x *Index) Relations(i int) (list []Relation, total int) {
	out, in := x.out.of(i), x.in.of(i)
	var said remark
	for _, n := range out[:min(len(out), maxRelations)] {
		list = append(list, x.relation(x.edges[n], true, &said))
	}
	for _, n := range in[:min(len(in), maxRelations)] {
		list = append(list, x.relation(x.edges[n], false, &said))
	}
	nested, more := x.nested(i)
	return append(list, nested...), len(out) + len(in) + more
}

// relation is an edge seen from the package at its first end, or at its second.
func (x *Index) relation(e edge, first bool, said *remark) Relation {
	other := e.to
	if !first {
		other = e.from
	}
	note := said.of(x, e)
	return Relation{
		Role: x.role(e, first, note), Kind: x.words[e.kind], From: first, Note: note, Other: x.element(other), At: int(e.at), file: other.number(),
	}
}

// nested lists what package i lies in and what lies directly in it.
func (x *Index) nested(i int) (list []Relation, total int) {
	if parent := x.packages[i].parent; parent >= 0 {
		list = append(list, Relation{Role: RoleWithin, Kind: "components", Other: x.element(ref(parent)), At: int(x.packages[i].from)})
		total++
	}
	for j := i + 1; j < len(x.packages) && x.packages[j].from < x.packages[i].to; j++ {
		if x.packages[j].parent != int32(i) {
			continue
		}
		if total++; total <= maxRelations {
			list = append(list, Relation{Role: RoleContains, Kind: "components", From: true, Other: x.element(ref(j)), At: int(x.packages[j].from)})
		}
	}
	return list, total
}

// roles says what the second end of a relationship is to the first, by its kind in capitals and without separators
// (SPDX 2.3, clause 11.1; SPDX 3.0.1, Core/RelationshipType; ECMA-424, dependencies; syft).
var roles = map[string]Role{
	"DEPENDSON": RoleNeeds, "BUILDDEPENDENCYOF": RoleNeededBy, "DEVDEPENDENCYOF": RoleNeededBy, "OPTIONALDEPENDENCYOF": RoleNeededBy,
	"RUNTIMEDEPENDENCYOF": RoleNeededBy, "TESTDEPENDENCYOF": RoleNeededBy, "PROVIDEDDEPENDENCYOF": RoleNeededBy,
	"DEPENDENCYOF": RoleNeededBy, "PREREQUISITEFOR": RoleNeededBy, "HASPREREQUISITE": RoleNeeds,
	"DYNAMICLINK": RoleNeeds, "STATICLINK": RoleNeeds, "HASDYNAMICLINK": RoleNeeds, "HASSTATICLINK": RoleNeeds,
	"HASOPTIONALDEPENDENCY": RoleNeeds, "HASPROVIDEDDEPENDENCY": RoleNeeds,
	"CONTAINS": RoleContains, "CONTAINEDBY": RoleWithin, "OWNERSHIPBYFILEOVERLAP": RoleContains,
	"DESCRIBES": RoleOther, "DESCRIBEDBY": RoleDescribes, "EVIDENTBY": RoleEvidence, "HASEVIDENCE": RoleEvidence,
}

// opposite is what the first end is to the second, where the second is to the first what the role says.
func opposite(r Role) Role {
	switch r {
	case RoleNeeds:
		return RoleNeededBy
	case RoleNeededBy:
		return RoleNeeds
	case RoleContains:
		return RoleWithin
	case RoleWithin:
		return RoleContains
	case RoleEvidence, RoleDescribes, RoleOther:
	}
	return RoleOther
}

// role is what the other end of an edge is to a package, which is the first end or not.
func (x *Index) role(e edge, first bool, note string) Role {
	kind := strings.ToUpper(strings.NewReplacer("_", "", "-", "").Replace(x.words[e.kind]))
	role, known := roles[kind]
	switch {
	case kind == "OTHER" && first && e.to.kind() == refFile && strings.HasPrefix(note, "evident-by"):
		return RoleEvidence // syft writes it into the comment: SPDX 2 has no word for it
	case !known:
		return RoleOther
	case kind == "DESCRIBES" && !first:
		return RoleDescribes
	case first:
		return role
	}
	return opposite(role)
}

// remark is the comment of the relationship that was looked at last. One may be of thousands of edges, and long.
type remark struct {
	at   uint32
	note string
}

// of is the comment of an edge's relationship. CycloneDX has none.
func (r *remark) of(x *Index, e edge) string {
	if x.Format == "SPDX" && e.at != r.at {
		r.at, r.note = e.at, x.note(e)
	}
	return r.note
}

// note is the comment of a relationship (SPDX 2.3, clause 11.2).
func (x *Index) note(e edge) string {
	doc, at := x.text.doc, int(e.at)
	if at < len(doc) && doc[at] == '{' {
		for m := enter(doc, at); m.next(); {
			if string(m.key) == "comment" {
				return plain(gjson.ParseBytes(m.value()))
			}
		}
		return ""
	}
	next := min(lineEnd(doc, at)+1, len(doc)) // tag-value: on the next line
	if comment, found := bytes.CutPrefix(doc[next:lineEnd(doc, next)], []byte("RelationshipComment:")); found {
		return shorten(strings.ToValidUTF8(strings.TrimSpace(string(comment)), "\uFFFD"))
	}
	return ""
}
