package command

import (
	"strings"

	"github.com/spf13/cobra"
)

// unfold joins the lines of each paragraph of what commands say of themselves, so that help breaks them where the
// terminal ends and not where our source does. A line that begins with a space stays a line.
func unfold(c *cobra.Command) {
	lines := strings.Split(c.Long, "\n")
	var text strings.Builder
	for i, line := range lines {
		if i > 0 {
			before := lines[i-1]
			if before == "" || line == "" || strings.HasPrefix(before, " ") || strings.HasPrefix(line, " ") {
				text.WriteByte('\n')
			} else {
				text.WriteByte(' ')
			}
		}
		text.WriteString(line)
	}
	c.Long = text.String()
	for _, child := range c.Commands() {
		unfold(child)
	}
}
