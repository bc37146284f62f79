package ui

import "github.com/attestree/attestree/ui/safe"

// tab is one side of what is known about a node.
type tab int

const (
	tabSummary tab = iota
	tabChecks
	tabSigner
	tabPayload
	tabRaw
	tabLearn
	tabCount
)

var tabNames = [tabCount]safe.Text{
	safe.Const("Summary"), safe.Const("Checks"), safe.Const("Signer"), safe.Const("Payload"), safe.Const("Raw"),
	safe.Const("Learn"),
}
