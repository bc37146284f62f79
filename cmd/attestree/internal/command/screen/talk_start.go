package screen

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/ui/safe"
)

// StartPlain is the start screen in lines: what could be opened, by number, and a question.
func StartPlain(ctx context.Context, a *run.App) error {
	offered, names, problem := offered(ctx, a)
	out := safe.NewWriter(a.Stdout)
	var b strings.Builder
	if problem != nil {
		fmt.Fprintf(&b, "Note: %s\n", safe.Line(problem.Error()))
	}
	fmt.Fprintf(&b, "Sources: %d.\n", len(offered))
	for i, name := range names {
		fmt.Fprintf(&b, "%d. %s\n", i+1, safe.Line(name))
	}
	b.WriteString("Number, or another source: ")
	if _, err := io.WriteString(out, b.String()); err != nil {
		return err
	}
	// One reader for all questions: it may hold more than the first line.
	in := bufio.NewReaderSize(a.Stdin, mostTalk)
	asked, err := in.ReadString('\n')
	if asked = strings.TrimSpace(asked); err != nil || asked == "" || asked == "q" || asked == "quit" {
		return nil
	}
	if n, err := strconv.Atoi(asked); err == nil && n > 0 && n <= len(offered) {
		asked = offered[n-1]
	}
	a.Stdin = in
	return converse(ctx, a, asked)
}

// offered is what the start screen offers: sources, and what a person would call them.
func offered(ctx context.Context, a *run.App) (sources, names []string, problem error) {
	add := func(source, name string) { sources, names = append(sources, source), append(names, name) }
	s := shelf{remembered(a)}
	opened, problem := s.Opened()
	for _, o := range opened {
		add(o.Source, o.Source+", opened before")
	}
	offers, _ := s.Nearby(ctx)
	for _, o := range offers {
		add(o.Source, o.Name+", "+o.What+" in this folder")
	}
	add(run.DemoSource, "demo, an image with every verdict")
	return sources, names, problem
}
