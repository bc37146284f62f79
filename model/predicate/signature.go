package predicate

import "github.com/attestree/attestree/model"

// Signature is the predicate of a cosign v3 signature. It is empty: that it was signed is all that it says.
type Signature struct{}

func decodeSignature([]byte, string) model.Predicate { return Signature{} }

// Family is that of signatures.
func (Signature) Family() model.Family { return model.FamilySignature }

// Title is the same for all.
func (Signature) Title() string { return "signature" }

// Fields are none.
func (Signature) Fields() []model.Field { return nil }

// Summary is empty.
func (Signature) Summary() map[string]any { return map[string]any{} }

// Findings are none.
func (Signature) Findings() []model.Finding { return nil }
