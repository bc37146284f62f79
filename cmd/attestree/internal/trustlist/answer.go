package trustlist

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/policy"
)

// PolicyOf is Policy for one of many sources: name is what the answer calls it.
func (l *List) PolicyOf(t *model.Tree, name string) model.PolicyAnswer {
	l.mu.Lock()
	file := l.file
	l.mu.Unlock()
	if file == nil {
		return policy.Default(t, name)
	}
	answer := file.Judge(t, name, l.config.Now())
	answer.Path = l.config.PolicyPath
	return answer
}

// Scoped reports whether a verdict depends on the repository that the image is in, because somebody is trusted for some
// images only.
func (l *List) Scoped() bool {
	if l.config.Notation.Policy != nil {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range l.entries() {
		if len(e.signer.Images) > 0 || e.signer.RequireName {
			return true
		}
	}
	return false
}
