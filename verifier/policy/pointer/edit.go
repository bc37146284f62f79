package pointer

import (
	"maps"
	"slices"
)

// Edit returns a copy of a document in which change was applied to everything that a path leads to. What change does not
// keep is left out. Nothing of the document itself is changed.
func Edit(root any, p Path, change func(any) (changed any, keep bool)) any {
	out, keep := edit(root, p, change)
	if !keep {
		return nil
	}
	return out
}

func edit(at any, p Path, change func(any) (any, bool)) (any, bool) {
	if len(p) == 0 {
		return change(at)
	}
	step := p[0]
	switch held := at.(type) {
	case map[string]any:
		out := maps.Clone(held)
		for name, value := range held {
			if !step.Every && (step.Elem || name != step.Key) {
				continue
			}
			if changed, keep := edit(value, p[1:], change); keep {
				out[name] = changed
			} else {
				delete(out, name)
			}
		}
		return out, true
	case []any:
		out := make([]any, 0, len(held))
		for i, value := range held {
			if !step.Every && (!step.Elem || i != step.Index) {
				out = append(out, value)
				continue
			}
			if changed, keep := edit(value, p[1:], change); keep {
				out = append(out, changed)
			}
		}
		return slices.Clip(out), true
	}
	return at, true
}
