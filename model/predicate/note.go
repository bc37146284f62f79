package predicate

import (
	"strconv"
	"strings"

	"github.com/attestree/attestree/model"
)

// Note is a predicate that needs no type of its own: a title, fields and their machine form. Which keys its summary has
// is said where it is decoded.
type Note struct {
	family   model.Family
	title    string
	fields   fields
	summary  map[string]any
	findings []model.Finding
	moments  []model.Moment
}

// newNote is an empty note of no family.
func newNote(titles ...string) Note {
	return Note{family: model.FamilyOther, title: title(titles...), summary: map[string]any{}}
}

// say adds a text as a field and to the summary.
func (n *Note) say(label, key, value string) {
	n.fields.add(label, value)
	n.summary[key] = value
}

// tell adds a number as a field and to the summary.
func (n *Note) tell(label, key string, number int) {
	n.fields.add(label, strconv.Itoa(number))
	n.summary[key] = number
}

// tellSaid is tell where the number is said. Where it is not, there is no field, and null in the summary: that is not none.
func (n *Note) tellSaid(said bool, label, key string, number int) {
	if !said {
		n.summary[key] = nil
		return
	}
	n.tell(label, key, number)
}

// list adds texts as the lines of one field and as a list to the summary.
func (n *Note) list(label, key string, values []string) {
	if values == nil {
		values = []string{}
	}
	n.fields.add(label, strings.Join(values, "\n"))
	n.summary[key] = values
}

// date adds a time that the predicate names, and says so where it is none that anybody set.
func (n *Note) date(field, written string) {
	n.moments = append(n.moments, moment(field, written)...)
	n.findings = append(n.findings, unset(written)...)
}

// span adds a beginning and an end, and says where they cannot be.
func (n *Note) span(field, started, finished string) {
	n.moments = append(append(n.moments, moment(field+"'s start", started)...), moment(field+"'s end", finished)...)
	n.findings = append(n.findings, times(started, finished)...)
}

// warn adds what a reader ought to look at.
func (n *Note) warn(id, message string) {
	n.findings = append(n.findings, finding(id, model.SeverityWarning, message))
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
