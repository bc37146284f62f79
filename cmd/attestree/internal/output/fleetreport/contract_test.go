package fleetreport

import (
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
	"github.com/attestree/attestree/model/fleet"
)

func TestTheContractNamesEveryFieldAndNoOther(t *testing.T) {
	page := contract.Read(t, "../../../../../docs/json.md")
	page.Describes(t, struct {
		Header fleet.Header
		Row    fleet.Row
		Footer fleet.Footer
	}{}, "`fleet -o json`")
}
