package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// EncodeLine writes v as one line of JSON, with the same care as Encode.
func EncodeLine(w io.Writer, v any) error {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	if _, err := w.Write(escape(plain.Bytes())); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}
