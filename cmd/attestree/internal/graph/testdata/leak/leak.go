// Package leak has one of each way in which text of others reaches a terminal past ui/safe. The test of the rule wants
// every one of them noticed; nothing imports it.
package leak

import (
	"fmt"
	"io"
	"os"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/ui/safe"
)

type app struct{ Stdout, Stderr io.Writer }

func leaks(a app, annotation string) tea.View {
	fmt.Println(annotation)
	fmt.Fprintln(os.Stderr, annotation)
	_, _ = io.WriteString(a.Stdout, annotation)
	println(annotation)
	_ = tea.SetClipboard(annotation)
	_ = tea.Println(annotation)
	return tea.View{WindowTitle: annotation}
}

func keeps(a app, annotation string) tea.View {
	_, _ = io.WriteString(safe.NewWriter(a.Stderr), annotation)
	return tea.View{WindowTitle: "attestree"}
}
