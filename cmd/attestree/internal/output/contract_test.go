package output

import (
	"testing"

	"github.com/attestree/attestree/cmd/attestree/internal/contract"
)

func TestTheContractNamesEveryFieldAndNoOther(t *testing.T) {
	page := contract.Read(t, "../../../../docs/json.md")
	page.Describes(t, document{}, "The document", "policy", "card", "trusted roots", "discovery", "Nodes", "signer", "checks", "findings", "SLSA levels", "Packages")
	page.Describes(t, commandsDocument{}, "`commands -o json`")
}
