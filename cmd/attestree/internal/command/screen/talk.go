package screen

import (
	"bufio"
	"context"
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
	tree, err := a.Look(ctx, job)
	if err != nil {
		return err
	}
	facts := a.Facts(job, job.Trust.Policy(tree), true)
	t := talk{plain: plain.New(tree, facts), out: safe.NewWriter(a.Stdout)}
	if err := t.plain.Tree(t.out); err != nil {
		return err
	}
	return t.loop(ctx, a.Stdin)
}

// talk is a conversation about one image.
type talk struct {
	plain *plain.Reading
	out   io.Writer
	at    []*model.Entry // the nodes that were opened, the one that is open last
}

const talkHelp = `A number or the beginning of an ID opens a node. Of the node that is open:
checks: what was checked
payload: what was signed
back: the node before
list: all nodes
quit: leave
`

// mostTalk bounds a line that is typed, in bytes.
const mostTalk = 4096

// loop answers line by line.
func (t *talk) loop(ctx context.Context, in io.Reader) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, mostTalk), mostTalk)
	for {
		if _, err := io.WriteString(t.out, "Number, checks, payload, back, list, help or quit: "); err != nil {
			return err
		}
		if ctx.Err() != nil || !lines.Scan() {
			_, err := io.WriteString(t.out, "\n")
			return err
		}
		done, err := t.answer(strings.TrimSpace(lines.Text()))
		if done || err != nil {
			return err
		}
	}
}

// answer carries out one line. done is whether it was the last.
func (t *talk) answer(asked string) (done bool, err error) {
	switch asked {
	case "":
		return false, nil
	case "q", "quit", "exit":
		return true, nil
	case "h", "help", "?":
		_, err = io.WriteString(t.out, talkHelp)
	case "list":
		err = t.plain.Tree(t.out)
	case "back":
		if len(t.at) > 0 {
			t.at = t.at[:len(t.at)-1]
		}
		if len(t.at) == 0 {
			_, err = io.WriteString(t.out, "No node is open.\n")
			return false, err
		}
		err = t.plain.Node(t.out, t.at[len(t.at)-1])
	case "checks", "payload":
		if len(t.at) == 0 {
			_, err = io.WriteString(t.out, "No node is open. Open one by its number.\n")
			return false, err
		}
		write := t.plain.Checks
		if asked == "payload" {
			write = t.plain.Payload
		}
		err = write(t.out, t.at[len(t.at)-1])
	default:
		e, problem := t.find(asked)
		if e == nil {
			_, err = fmt.Fprintf(t.out, "%s\n", problem)
			return false, err
		}
		t.at = append(t.at, e)
		err = t.plain.Node(t.out, e)
	}
	return false, err
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
		return nil, fmt.Sprintf("There is no node %q. Numbers go from 1 to %d; help says what else there is.", asked, len(nodes))
	case 1:
		return found[0], ""
	}
	return nil, fmt.Sprintf("%d nodes have an ID that begins so.", len(found))
}
