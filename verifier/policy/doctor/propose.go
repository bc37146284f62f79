package doctor

import (
	"context"

	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/kyverno"
	"github.com/attestree/attestree/verifier/policy/rego"
)

func (e *examiner) proposeRego(_ context.Context, _ *rego.Policy, _ choice, _ []diagnosis.Rule) {}
func (e *examiner) proposeKyverno(_ File, _ kyverno.Image, _ []diagnosis.Rule)                  {}
