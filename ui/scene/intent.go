package scene

// Intent is what a pane wants done that is not its own affair. Only the explorer carries intents out.
//
//sumtype:decl
type Intent interface{ intent() }

type (
	// ShowNode puts the focus on what is known about the selected node.
	ShowNode struct{}
	// LeavePane gives the focus back to the tree.
	LeavePane struct{}
	// GoToNode selects another node, and leaves the focus where it is.
	GoToNode struct{ ID string }
	// JumpToDigest goes to the node whose digest is named where the focus is.
	JumpToDigest struct{}
	// QueryPayload opens the query line on the payload.
	QueryPayload struct{}
	// CopyText hands text to the terminal's clipboard; what names it for the message.
	CopyText struct{ What, Text string }
	// CopyLines is CopyText for several lines that we wrote ourselves: their breaks are copied too.
	CopyLines struct{ What, Text string }
	// VerifyAgain has nodes judged again, all of them when ids is nil.
	VerifyAgain struct{ IDs []string }
	// OpenScene shows a scene in place of the panes.
	OpenScene struct{ Scene Scene }
	// CloseScene goes back to what was there before.
	CloseScene struct{}
	// VisitNode leaves every scene for a node in the tree and, with detail, for one tab of what is known about it; of the
	// payload for the value that a path leads to.
	VisitNode struct {
		ID     string
		Detail bool
		Tab    Tab
		Path   string
	}
	// ExploreSource opens another source, over everything that is shown now.
	ExploreSource struct{ Source string }
	// TrustSigner proposes to trust the signer of a node, of the selected one when id is "". Also are nodes that the same signer
	// signed for other purposes.
	TrustSigner struct {
		ID   string
		Also []string
	}
)

func (ShowNode) intent()      {}
func (LeavePane) intent()     {}
func (GoToNode) intent()      {}
func (JumpToDigest) intent()  {}
func (QueryPayload) intent()  {}
func (CopyText) intent()      {}
func (CopyLines) intent()     {}
func (VerifyAgain) intent()   {}
func (OpenScene) intent()     {}
func (CloseScene) intent()    {}
func (VisitNode) intent()     {}
func (ExploreSource) intent() {}
func (TrustSigner) intent()   {}
