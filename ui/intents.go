package ui

// intent is what a pane wants done that is not its own affair. Only App carries intents out.
//
//sumtype:decl
type intent interface{ intent() }

type (
	// showNode puts the focus on what is known about the selected node.
	showNode struct{}
	// leavePane gives the focus back to the tree.
	leavePane struct{}
	// goToNode selects another node, and leaves the focus where it is.
	goToNode struct{ id string }
	// jumpToDigest goes to the node whose digest is named where the focus is.
	jumpToDigest struct{}
	// queryPayload opens the query line on the payload.
	queryPayload struct{}
	// copyText hands text to the terminal's clipboard; what names it for the message.
	copyText struct{ what, text string }
	// copyLines is copyText for several lines that we wrote ourselves: their breaks are copied too.
	copyLines struct{ what, text string }
	// verifyAgain has nodes judged again, all of them when ids is nil.
	verifyAgain struct{ ids []string }
	// openScene shows a scene in place of the panes, closeScene goes back to what was there before.
	openScene  struct{ scene scene }
	closeScene struct{}
	// visitNode leaves every scene for a node in the tree and, with detail, for one tab of what is known about it; of the
	// payload for the value that a path leads to.
	visitNode struct {
		id     string
		detail bool
		tab    tab
		path   string
	}
	// exploreSource opens another source, over everything that is shown now.
	exploreSource struct{ source string }
	// trustSigner proposes to trust the signer of a node, of the selected one when id is "".
	trustSigner struct{ id string }
)

func (showNode) intent()      {}
func (leavePane) intent()     {}
func (goToNode) intent()      {}
func (jumpToDigest) intent()  {}
func (queryPayload) intent()  {}
func (copyText) intent()      {}
func (copyLines) intent()     {}
func (verifyAgain) intent()   {}
func (openScene) intent()     {}
func (closeScene) intent()    {}
func (visitNode) intent()     {}
func (exploreSource) intent() {}
func (trustSigner) intent()   {}
