package predicate

import "github.com/attestree/attestree/model"

// Note is a predicate that needs no type of its own: a title, fields and their machine form.
type Note struct {
	family   model.Family
	title    string
	fields   fields
	summary  map[string]any
	findings []model.Finding
}

// Family is what the predicate type means.
func (n Note) Family() model.Family { return n.family }

// Title names it in a row.
func (n Note) Title() string { return n.title }

// Fields are what a person reads first.
func (n Note) Fields() []model.Field { return n.fields }

// Summary is the machine's version of Fields.
func (n Note) Summary() map[string]any { return n.summary }

// Findings are what a reader ought to notice.
func (n Note) Findings() []model.Finding { return n.findings }
