package doctor

import (
	"bytes"
	"encoding/json"
)

// twice is the first key that an object of a document has twice, "" for none. Policy engines take the last of them, other
// programs the first.
func twice(document []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var open []map[string]bool // the keys of each object that is not closed yet; nil for a list
	key := false               // what comes next is a key, in the innermost object
	for {
		token, err := decoder.Token()
		if err != nil {
			return ""
		}
		name, isText := token.(string)
		delimiter, _ := token.(json.Delim)
		switch {
		case delimiter == '{':
			open = append(open, map[string]bool{})
		case delimiter == '[':
			open = append(open, nil)
		case delimiter != 0:
			open = open[:len(open)-1]
		case isText && key:
			keys := open[len(open)-1]
			if keys[name] {
				return name
			}
			keys[name], key = true, false
			continue
		}
		key = len(open) > 0 && open[len(open)-1] != nil
	}
}
