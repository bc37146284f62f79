package content_test

import (
	"bytes"
	"testing"

	"github.com/attestree/attestree/ui/content"
)

func BenchmarkWrapOneLine(b *testing.B) {
	line := bytes.Repeat([]byte("x"), 1<<20)
	for b.Loop() {
		content.Wrap(line, 100)
	}
}
