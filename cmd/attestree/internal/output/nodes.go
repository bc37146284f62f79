package output

import (
	"errors"
	"io"

	"github.com/attestree/attestree/model"
)

// Nodes writes what is known of nodes of a judged tree, as the report says it of them: one with all that is below it, of
// several a list of them.
func Nodes(w io.Writer, t *model.Tree, ids []string) error {
	nodes := make([]*node, 0, len(ids))
	for _, id := range ids {
		e := t.Entry(id)
		if e == nil {
			return errors.New("export a node: there is none with the ID " + id)
		}
		nodes = append(nodes, newNode(t, e, true))
	}
	if len(nodes) == 1 {
		return Encode(w, nodes[0])
	}
	return Encode(w, nodes)
}
