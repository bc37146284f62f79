package fleet

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// ColumnID names a kind of evidence.
type ColumnID string

// The columns that every report has. A policy that requires something else adds a column whose ID is the family or the
// predicate type, as in the policy.
const (
	ColumnSignature  ColumnID = "signature"
	ColumnSBOM       ColumnID = "sbom"
	ColumnProvenance ColumnID = "slsa-provenance"
	ColumnScan       ColumnID = "scan"
	ColumnVEX        ColumnID = "vex"
)

// Column is one kind of evidence. Titles are short, for the head of a table; that of an exact predicate type is the type
// and may come from a policy file.
type Column struct {
	ID       ColumnID
	Title    string
	families []model.Family
	exact    string // predicate type
}

// Columns are the five that every report has, and one for each further family or predicate type that the policy
// requires.
func Columns(required []string) []Column {
	columns := []Column{
		{ID: ColumnSignature, Title: "signature", families: []model.Family{model.FamilySignature}},
		{ID: ColumnSBOM, Title: "SBOM", families: []model.Family{model.FamilySBOM}},
		{ID: ColumnProvenance, Title: "provenance", families: []model.Family{model.FamilyProvenance}},
		{ID: ColumnScan, Title: "scan", families: []model.Family{model.FamilySCAI, model.FamilyVuln}},
		{ID: ColumnVEX, Title: "VEX", families: []model.Family{model.FamilyVEX}},
	}
	for _, of := range required {
		family := model.Family(of)
		switch {
		case slices.ContainsFunc(columns, func(c Column) bool {
			return c.ID == ColumnID(of) || slices.Contains(c.families, family)
		}):
		case family == model.FamilyVSA:
			columns = append(columns, Column{ID: ColumnID(of), Title: "VSA", families: []model.Family{family}})
		default:
			columns = append(columns, Column{ID: ColumnID(of), Title: of, exact: of})
		}
	}
	return columns
}

// holds reports whether a node belongs to the column. What was signed decides, the type of the outer statement; of bytes
// that nobody signed it is what they look like.
func (c Column) holds(e *model.Entry) bool {
	if c.exact != "" {
		return signedType(e) == c.exact
	}
	return slices.Contains(c.families, familyOf(e))
}

func signedType(e *model.Entry) string {
	if e.Attestation == nil || e.Attestation.Statement == nil {
		return ""
	}
	return e.Attestation.Statement.PredicateType
}

// familyOf is model.EntryFamily without what is quoted in a signed statement or merely announced: a cell must not show
// more than a policy would accept.
func familyOf(e *model.Entry) model.Family {
	a := e.Attestation
	switch {
	case e.Node.Kind == model.KindSignature:
		return model.FamilySignature
	case a == nil && e.Node.Kind == model.KindSBOM:
		return model.FamilySBOM
	case a == nil:
		return model.FamilyOther
	case a.Statement != nil:
		return model.FamilyOf(a.Statement.PredicateType)
	case a.Document.SBOM(), e.Node.Kind == model.KindSBOM:
		return model.FamilySBOM
	case a.Predicate != nil:
		return a.Predicate.Family()
	}
	return model.FamilyOther
}
