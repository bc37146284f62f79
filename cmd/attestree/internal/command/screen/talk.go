package screen

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output/plain"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/safe"
)

// converse is the explorer in lines: it prints what there is and answers until the person leaves or input ends.
func converse(ctx context.Context, a *run.App, source string) error {
	job, err := a.PrepareJudging(ctx, source)
	if err != nil {
		return err
	}
	job.Discover = remembering(a, source, job.Discover)
	b, err := newBackend(ctx, a, job)
	if err != nil {
		return err
	}
	t := talk{app: a, job: job, backend: b, tree: model.NewTree(), out: safe.NewWriter(a.Stdout)}
	if err := t.look(ctx); err != nil {
		return err
	}
	if err := t.plain.Tree(t.out); err != nil {
		return err
	}
	return t.loop(ctx, a.Stdin)
}

// look opens the source and waits until all is judged.
func (t *talk) look(ctx context.Context) error {
	if err := t.app.Fold(ctx, t.backend.Session, t.tree); err != nil {
		return err
	}
	t.read()
	return nil
}

// read judges the tree as it is, and numbers its nodes. The node that is open stays open.
func (t *talk) read() {
	t.tree.Judge()
	packages := t.app.Flags.Wraps.Summaries(t.tree, t.job.Trust.Pinned())
	facts := t.app.Facts(t.job, t.app.Flags.Wraps.Answer(t.job.Trust.Policy(t.tree), packages), true)
	facts.Packages = packages
	t.plain = plain.New(t.tree, facts)
}

// talk is a conversation about one image.
type talk struct {
	app     *run.App
	job     run.Job
	backend backend
	tree    *model.Tree
	plain   *plain.Reading
	out     io.Writer
	at      []string // IDs of the nodes that were opened, the one that is open last
}

// mostTalk bounds a line that is typed, in bytes.
const mostTalk = 4096

// loop answers line by line.
func (t *talk) loop(ctx context.Context, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, mostTalk), mostTalk)
	for {
		if _, err := io.WriteString(t.out, "Number, list, find, checks, help or quit: "); err != nil {
			return err
		}
		if ctx.Err() != nil || !lines.Scan() {
			_, err := io.WriteString(t.out, "\n")
			return err
		}
		if err := t.keepUp(ctx); err != nil {
			return err
		}
		done, err := t.answer(ctx, strings.TrimSpace(lines.Text()))
		if done || err != nil {
			return err
		}
	}
}

// keepUp judges again where the policy file has changed meanwhile: what is said must be by what is trusted.
func (t *talk) keepUp(ctx context.Context) error {
	select {
	case err := <-t.backend.changed:
		if err != nil {
			return t.say("The policy file changed and could not be read: " + err.Error())
		}
		if err := t.say("The policy file changed."); err != nil {
			return err
		}
		return t.again(ctx)
	default:
		return nil
	}
}

// answer carries out one line. done is whether it was the last. What a word cannot do is said, and the conversation goes
// on; err is that nothing can be said any more.
func (t *talk) answer(ctx context.Context, asked string) (done bool, err error) {
	name, rest, _ := strings.Cut(asked, " ")
	rest = strings.TrimSpace(rest)
	switch strings.ToLower(name) {
	case "":
		return false, nil
	case "q", "quit", "exit":
		return true, nil
	}
	if w, known := t.word(strings.ToLower(name)); known {
		if w.of != nil {
			e := t.open()
			if e == nil {
				return false, t.say("No node is open. Open one by its number.")
			}
			return false, t.tell(w.of(ctx, e, rest))
		}
		return false, t.tell(w.do(ctx, rest))
	}
	e, problem := t.find(asked)
	if e == nil {
		return false, t.say(problem)
	}
	t.at = append(t.at, e.Node.ID)
	return false, t.plain.Node(t.out, e)
}

// refused is a problem that is said, and after which the conversation goes on.
type refused struct{ error }

// tell says why something could not be done.
func (t *talk) tell(err error) error {
	if r := (refused{}); errors.As(err, &r) {
		return t.say("That cannot be done: " + r.Error())
	}
	return err
}

// say writes a sentence of our own, which may quote what was typed.
func (t *talk) say(text string) error {
	_, err := fmt.Fprintf(t.out, "%s\n", safe.Line(text))
	return err
}

// open is the node that is open, nil where there is none.
func (t *talk) open() *model.Entry {
	if len(t.at) == 0 {
		return nil
	}
	return t.tree.Entry(t.at[len(t.at)-1])
}

// find is the node of a number, or of an ID by how it begins; else it says why there is none.
func (t *talk) find(asked string) (*model.Entry, string) {
	nodes := t.plain.Nodes()
	if n, err := strconv.Atoi(asked); err == nil && n > 0 && n <= len(nodes) {
		return nodes[n-1], ""
	}
	var found []*model.Entry
	for _, e := range nodes {
		if id := e.Node.ID; id == asked || strings.HasPrefix(id, asked) || strings.HasPrefix(strings.TrimPrefix(id, "sha256:"), asked) {
			found = append(found, e)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Sprintf("There is no node and no word %q. Numbers go from 1 to %d; help says what else there is.", asked, len(nodes))
	case 1:
		return found[0], ""
	}
	return nil, fmt.Sprintf("%d nodes have an ID that begins so.", len(found))
}
