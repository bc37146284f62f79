package coveragereport

import (
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
)

func TestTheContractNamesEveryField(t *testing.T) {
	page := contract.Read(t, "../../../../../docs/json.md")
	page.NamesAll(t, contract.Fields(document{}), "The document", "findings", "Packages")
}
