package screen

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// pagerFile is the name of the file that a pager reads. It is fixed: nothing attested is in the command line.
const pagerFile = "attestree.txt"

// errNoPager is where neither PAGER names one nor the usual ones are there.
var errNoPager = errors.New("there is none: set PAGER, or install less")

// Pager prepares the person's pager on a text: PAGER, else less, else more.
func (b backend) Pager(ctx context.Context, text []byte) (tea.ExecCommand, error) {
	words, err := pagerWords(b.auditor.app.Getenv("PAGER"), exec.LookPath)
	if err != nil {
		return nil, err
	}
	return &pager{ctx: ctx, words: words, environment: pagerEnvironment(os.Environ()), text: text}, nil
}

// pagerWords are the program and its options. No shell is asked: PAGER is words with blanks between, and nothing else.
func pagerWords(named string, find func(string) (string, error)) ([]string, error) {
	if words := strings.Fields(named); len(words) > 0 {
		program, err := find(words[0])
		if err != nil {
			return nil, fmt.Errorf("PAGER names %s, which is no program that could be found", words[0])
		}
		return append([]string{program}, words[1:]...), nil
	}
	for _, usual := range []string{"less", "more"} {
		if program, err := find(usual); err == nil {
			return []string{program}, nil
		}
	}
	return nil, errNoPager
}

// pagerEnvironment is the environment without what makes less run programs, write files or keep a history: its own
// variables, of which LESSOPEN is the best known. LESSSECURE forbids it what its keys could do (less(1), SECURITY).
func pagerEnvironment(all []string) []string {
	var out []string
	for _, v := range all {
		name, _, _ := strings.Cut(v, "=")
		if name = strings.ToUpper(name); strings.HasPrefix(name, "LESS") && name != "LESSCHARSET" && name != "LESSUTFCHARDEF" || name == "MORE" {
			continue
		}
		out = append(out, v)
	}
	return append(out, "LESSSECURE=1", "LESSHISTFILE=-")
}

// pager is a pager on a text, ready to be given the terminal.
type pager struct {
	ctx         context.Context
	words       []string
	environment []string
	text        []byte
	in          io.Reader
	out, err    io.Writer
}

// SetStdin, SetStdout and SetStderr are what the terminal is given by.
func (p *pager) SetStdin(r io.Reader)  { p.in = r }
func (p *pager) SetStdout(w io.Writer) { p.out = w }
func (p *pager) SetStderr(w io.Writer) { p.err = w }

// Run writes the text to a file that only its owner can read, in a folder of its own, and waits for the pager. Both are
// gone afterwards, however it ended.
func (p *pager) Run() (err error) {
	folder, err := os.MkdirTemp("", "attestree-")
	if err != nil {
		return fmt.Errorf("make a folder for the pager: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	file := filepath.Join(folder, pagerFile)
	if err := os.WriteFile(file, p.text, 0o600); err != nil {
		return fmt.Errorf("write for the pager: %w", err)
	}
	c := exec.CommandContext(p.ctx, p.words[0], append(p.words[1:], file)...)
	c.Env, c.Stdin, c.Stdout, c.Stderr = p.environment, p.in, p.out, p.err
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s ended with trouble: %s", filepath.Base(p.words[0]), ending(err))
	}
	return nil
}

// ending is how a program ended, in words of our own.
func ending(err error) string {
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return fmt.Sprintf("exit code %d", exit.ExitCode())
	case errors.As(err, &exit):
		return "it was stopped"
	}
	return "it could not be started"
}
