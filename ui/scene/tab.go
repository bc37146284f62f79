package scene

import "github.com/attestree/attestree/ui/safe"

// Tab is one side of what is known about a node.
type Tab int

// The tabs in their order, and how many there are.
const (
	TabSummary Tab = iota
	TabChecks
	TabSigner
	TabPayload
	TabRaw
	TabLearn
	TabCount
)

// TabNames are what the tabs are called.
var TabNames = [TabCount]safe.Text{
	safe.Const("Summary"), safe.Const("Checks"), safe.Const("Signer"), safe.Const("Payload"), safe.Const("Raw"),
	safe.Const("Learn"),
}
