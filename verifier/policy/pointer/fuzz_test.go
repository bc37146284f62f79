package pointer

import (
	"encoding/json"
	"reflect"
	"testing"
)

// steps makes a path of bytes: what a policy reads is a policy's author's choice.
func steps(raw []byte) (p Path) {
	for _, b := range raw[:min(len(raw), 32)] {
		switch b % 4 {
		case 0:
			p = append(p, Index(int(b)/4-8))
		case 1:
			p = append(p, Every())
		default:
			p = append(p, Key([]string{"a", "b", "c", "d", "e-f", ""}[b/4%6]))
		}
	}
	return p
}

// What is missing is a beginning of the path, and a copy that nothing was changed in is the document.
func FuzzAPathIsFollowedToItsEndOrToWhatIsMissing(f *testing.F) {
	f.Add([]byte(document), []byte{2, 6, 1, 10})
	f.Add([]byte(`[[1,{"a":null}],"x"]`), []byte{1, 0, 32, 2})
	f.Fuzz(func(t *testing.T, raw, path []byte) {
		var root any
		if json.Unmarshal(raw, &root) != nil {
			return
		}
		p := steps(path)
		values, missing := Find(root, p)
		if missing == nil && len(p) == 0 && len(values) != 1 || len(missing) > len(p) {
			t.Errorf("%v finds %v, and misses %v", p, values, missing)
		}
		if same := Edit(root, p, func(v any) (any, bool) { return v, true }); !reflect.DeepEqual(same, root) {
			t.Errorf("a copy along %v is %v of %v", p, same, root)
		}
		_ = Show(values)
	})
}
