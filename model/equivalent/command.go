package equivalent

import (
	"strings"

	"github.com/attestree/attestree/model"
)

// Purpose is what a command is for.
type Purpose string

// The purposes, in the order in which commands are shown. They are part of the JSON contract.
const (
	Show   Purpose = "show"   // the bytes, or what is attached
	Decode Purpose = "decode" // what the payload says
	Verify Purpose = "verify"
	Policy Purpose = "policy" // a rule that asks for it
)

// Command is one way to see the same elsewhere.
type Command struct {
	Tool    string
	Purpose Purpose
	Does    string // in a few words
	Line    string // to paste into a shell (or, of a policy, into a file); "" where there is none
	// Note says what to know of it, or, where there is no line, why the tool cannot do it.
	Note string
}

// Context is what commands depend on beside the image.
type Context struct {
	// PlainHTTP is set where the registry may be asked without TLS. How it was really spoken to is known of a tree that
	// comes from one, and counts then.
	PlainHTTP bool
	// AnyCertificate is set where the registry's certificate is not looked at.
	AnyCertificate bool
	TrustedRoot    string // file of the trusted root, "" for the public-good instance
	Key            string // file of the public key that signatures by key are verified with; "" for a placeholder
}

// placeholders stand where only the reader knows what to write.
const (
	somewhere = "REGISTRY/REPOSITORY"
	someKey   = "cosign.pub"
	someRoot  = "trusted_root.json"
)

// maker makes the commands of one node.
type maker struct {
	tree  *model.Tree
	entry *model.Entry
	ctx   Context
	repo  string
	out   []Command
}

// For lists the commands for one node, those that show it first.
func For(t *model.Tree, e *model.Entry, ctx Context) []Command {
	repo, _, _ := strings.Cut(t.Reference, "@")
	if repo == "" {
		repo = somewhere
	}
	if t.Scheme != "" {
		ctx.PlainHTTP = t.Scheme == "http"
	}
	m := &maker{tree: t, entry: e, ctx: ctx, repo: repo}
	switch e.Node.Kind {
	case model.KindIndex, model.KindImage:
		m.image()
		m.imageVerified()
	default:
		m.shown()
		m.verified()
	}
	return m.out
}

func (m *maker) add(tool string, p Purpose, does, note string, words ...word) {
	line, hidden := join(words)
	if hidden != "" {
		line, note = "", "left out: "+hidden
	}
	m.out = append(m.out, Command{Tool: tool, Purpose: p, Does: does, Line: line, Note: note})
}

// cannot says why a tool is no use here.
func (m *maker) cannot(tool string, p Purpose, does, why string) {
	m.out = append(m.out, Command{Tool: tool, Purpose: p, Does: does, Note: why})
}

// at is a digest in the image's repository.
func (m *maker) at(d model.Digest) word { return quoted(m.repo + "@" + string(d)) }
