package survey

import (
	"sync"

	"github.com/attestree/attestree/model"
)

// Shared lets commands read a tree that only Update changes, and only while none of them does: what it cannot do at once
// it does when the tree is free. To read the tree, Update and View need to ask nobody.
type Shared struct{ sync.RWMutex }

// Snapshot is the tree as it is when a command asks for it, judged. Both take longer for a large tree than a key may
// wait.
func (s *Shared) Snapshot(t *model.Tree) *model.Tree {
	out := s.copy(t)
	out.Judge() // that of the tree itself may be half written
	return out
}

func (s *Shared) copy(t *model.Tree) *model.Tree {
	s.RLock()
	defer s.RUnlock()
	return t.Snapshot()
}
