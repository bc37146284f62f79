package policyreport

import (
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
)

func TestTheContractNamesEveryFieldAndNoOther(t *testing.T) {
	page := contract.Read(t, "../../../../../docs/json.md")
	page.Describes(t, document{}, "`policy -o json`")
}
