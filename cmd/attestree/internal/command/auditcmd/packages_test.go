package auditcmd

import (
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/model/audit"
	"github.com/attestree/attestree/model/pkg"
)

func TestACatalogueIsNotGoodWhereAnyPackageIsNotAsWasAskedFor(t *testing.T) {
	good := pkg.Row{Package: "pkg:npm/a@1", Satisfied: true}
	bare, wrong := pkg.Row{Package: "pkg:npm/b@1"}, pkg.Row{Package: "pkg:npm/c@1", Wrong: true}
	unknown, skill := pkg.Row{Package: "pkg:npm/d@1", Problem: "no answer"}, pkg.Row{Name: "skill"}
	for name, c := range map[string]struct {
		rows     []pkg.Row
		problems []audit.Problem
		required bool
		want     int
	}{
		"all are good": {[]pkg.Row{good, skill}, nil, true, exit.OK},
		"nothing is signed, and nobody asked for it": {[]pkg.Row{good, bare}, nil, false, exit.OK},
		"nothing is signed where that was asked for": {[]pkg.Row{good, bare}, nil, true, exit.NotSatisfied},
		"one is wrong":                      {[]pkg.Row{good, wrong}, nil, false, exit.NotSatisfied},
		"one could not be looked at":        {[]pkg.Row{wrong, unknown}, nil, true, exit.Incomplete},
		"a specification could not be read": {[]pkg.Row{wrong}, []audit.Problem{{Message: "broken"}}, false, exit.Incomplete},
	} {
		t.Run(name, func(t *testing.T) {
			if got := exit.Code(coverageExit(c.rows, c.problems, c.required)); got != c.want {
				t.Errorf("exit code %d, want %d", got, c.want)
			}
		})
	}
}
