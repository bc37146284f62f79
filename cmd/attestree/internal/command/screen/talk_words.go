package screen

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/attestree/attestree/model"
)

// word is something that can be asked for in lines. do is about the image, of about the node that is open; the rest of the
// line is handed to either.
type word struct {
	names string // the first is said in the help
	args  string
	does  string
	do    func(ctx context.Context, rest string) error
	of    func(ctx context.Context, e *model.Entry, rest string) error
}

// words are all of them, in the order of the help: of the image, of the node that is open, of trust, and what hands over.
func (t *talk) words() []word {
	p := t.plain
	return []word{
		{names: "list", does: "the answer, and all nodes", do: t.whole(p.Tree)},
		{names: "find /", args: "TEXT", does: "the nodes that have a text, also in the payload", do: t.asked(p.Find)},
		{names: "filter", args: "FILTER", does: "only some nodes, such as :invalid, :sbom or signer:dockyard", do: t.asked(p.Filter)},
		{names: "coverage", does: "what the image and each platform have, and what is not there", do: t.whole(p.Coverage)},
		{names: "signers", does: "all nodes by who signed them", do: t.whole(p.Signers)},
		{names: "audit", does: "what scans were told to overlook, and why", do: t.audit},
		{names: "packages", args: "[FILTER]", does: "the packages of the SBOM that is open, or of all", do: t.packages},
		{names: "diff compare", args: "SOURCE", does: "what is different from another image, file or saved report", do: t.diff},
		{names: "policy", does: "what the policy asks, and what is met", do: t.whole(p.Policy)},
		{names: "node", does: "the node that is open, once more", of: t.about(p.Node)},
		{names: "checks", does: "what was checked of it", of: t.about(p.Checks)},
		{names: "signer", does: "who signed it, with all that the certificate says", of: t.about(p.Signer)},
		{names: "payload", does: "what was signed", of: t.about(p.Payload)},
		{names: "learn", args: "[CHECK]", does: "what it is, what it proves and what not, the bytes followed; or a check", of: t.learn},
		{names: "commands", does: "the commands of other programs for the same, to be copied", of: t.commands},
		{names: "lookups", does: "where was looked for what is attached, and how that ended", of: t.about(p.Lookups)},
		{names: "break", args: "[WAY]", does: "break it on purpose, in memory, and hear which check notices", of: t.breaks},
		{names: "back", does: "the node before", do: t.back},
		{names: "trusted", does: "whom this run trusts", do: t.trusted},
		{names: "trust", does: "trust the signer of the node that is open, for this run", of: t.trust},
		{names: "untrust", args: "NAME", does: "trust somebody no longer, for this run", do: t.untrust},
		{names: "save", args: "NAME", does: "write somebody who is trusted to your policy file", do: t.save},
		{names: "export", args: "PART FILE", does: "write payload, raw, manifest, certificate, bundle or node of it to a new file", of: t.export},
		{names: "pack", args: "PATH", does: "write all of it as an evidence pack, to a new folder or a file that ends in .tar", do: t.pack},
		{names: "help h ?", does: "these words", do: t.help},
	}
}

// whole is a word that writes something of the image.
func (t *talk) whole(write func(io.Writer) error) func(context.Context, string) error {
	return func(context.Context, string) error { return write(t.out) }
}

// asked is a word that writes what answers a text.
func (t *talk) asked(write func(io.Writer, string) error) func(context.Context, string) error {
	return func(_ context.Context, rest string) error { return write(t.out, rest) }
}

// about is a word that writes something of the node that is open.
func (t *talk) about(write func(io.Writer, *model.Entry) error) func(context.Context, *model.Entry, string) error {
	return func(_ context.Context, e *model.Entry, _ string) error { return write(t.out, e) }
}

// word is that of a name.
func (t *talk) word(name string) (word, bool) {
	for _, w := range t.words() {
		for n := range strings.FieldsSeq(w.names) {
			if n == name {
				return w, true
			}
		}
	}
	return word{}, false
}

// help says all words, one a line.
func (t *talk) help(context.Context, string) error {
	var b strings.Builder
	b.WriteString("A number or the beginning of an ID opens a node.\n")
	for _, w := range t.words() {
		name, _, _ := strings.Cut(w.names, " ")
		fmt.Fprintf(&b, "%s: %s\n", strings.TrimSpace(name+" "+w.args), w.does)
	}
	b.WriteString("quit: leave\n")
	_, err := io.WriteString(t.out, b.String())
	return err
}

// back opens the node before.
func (t *talk) back(context.Context, string) error {
	if len(t.at) > 0 {
		t.at = t.at[:len(t.at)-1]
	}
	if e := t.open(); e != nil {
		return t.plain.Node(t.out, e)
	}
	return t.say("No node is open.")
}
