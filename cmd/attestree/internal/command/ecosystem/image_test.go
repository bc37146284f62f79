package ecosystem

import (
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/pkg"
)

func TestWhatIsWrongAboutThePackageIsAReasonInTheWordsOfItsRequirement(t *testing.T) {
	t.Parallel()
	wrong := pkg.Summary{Package: &model.Package{PURL: "pkg:npm/a@1.0.0"}, Answer: pkg.Answer{Wrong: true, Reasons: []string{"its signature is wrong"}}}
	for name, answer := range map[string]model.PolicyAnswer{
		"something wrong":  (&ImageFlags{}).Answer(model.PolicyAnswer{Satisfied: true}, []pkg.Summary{wrong}),
		"nothing found":    (&ImageFlags{Flags: Flags{Provenance: true}}).Answer(model.PolicyAnswer{Satisfied: true}, nil),
		"a policy said no": (&ImageFlags{}).Answer(model.PolicyAnswer{Reasons: []string{"the image is not signed"}}, []pkg.Summary{wrong}),
	} {
		reason, line := answer.Reasons[len(answer.Reasons)-1], answer.Requirements
		if answer.Satisfied || len(line) != 1 || line[0].Message != reason || line[0].Status != model.RequirementNotMet {
			t.Errorf("%s: %+v", name, answer)
		}
	}
}
