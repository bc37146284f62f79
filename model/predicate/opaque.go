package predicate

import (
	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// Opaque is a predicate of a type that is not known, or not of the shape that its type promises: raw JSON.
type Opaque struct {
	Type     string // predicate type, "" for a document
	fields   fields
	findings []model.Finding
}

// maxOpaque is how many members of an unknown predicate are shown as fields.
const maxOpaque = 12

func opaque(predicateType string, raw []byte, findings ...model.Finding) Opaque {
	o := Opaque{Type: predicateType, findings: findings}
	value := parse(raw)
	if value.IsObject() {
		value.ForEach(func(key, member gjson.Result) bool {
			if member.Type != gjson.JSON {
				o.fields.add(clip(key.String(), maxTitle), str(member))
			}
			return len(o.fields) < maxOpaque
		})
	}
	return o
}

// Family is what the type means by its name, although its content could not be read.
func (o Opaque) Family() model.Family { return model.FamilyOf(o.Type) }

// Title names the type.
func (o Opaque) Title() string {
	if o.Type == "" {
		return "document"
	}
	return title(model.TypeName(o.Type))
}

// Fields are the first plain members.
func (o Opaque) Fields() []model.Field { return o.fields }

// Summary is empty: nothing is known of the shape.
func (o Opaque) Summary() map[string]any { return map[string]any{} }

// Findings says where the content is not what its type promises.
func (o Opaque) Findings() []model.Finding { return o.findings }
