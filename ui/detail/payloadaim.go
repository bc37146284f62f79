package detail

// aim is a value of a payload that somebody was sent to, before the payload is there to show it.
type aim struct{ node, path string }

// arrive goes to where the cursor was sent, as soon as the outline is there. A question that stands there ends, and
// being sent to the payload of another node is forgotten.
func (t payloadTab) arrive(node string) payloadTab {
	switch {
	case t.aimed.node != node:
		t.aimed = aim{}
	case t.ready && t.aimed.path != "":
		path := t.aimed.path
		t = t.endQuery()
		t.aimed = aim{}
		if doc := t.payload.view.Document(); doc != nil {
			return t.reveal(doc.Lookup(path))
		}
	}
	return t
}
