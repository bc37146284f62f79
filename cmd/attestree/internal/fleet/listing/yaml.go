package listing

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/model/fleet"
)

// readYAML takes the documents of a stream one by one, so that one that cannot be read costs no other, and no more than
// one is in memory.
func (l *List) readYAML(name string, in *bufio.Reader) error {
	var document bytes.Buffer
	first, number, long := 1, 0, false // line of the document's first, line now
	flush := func() error {
		defer document.Reset()
		source := fleet.Source{File: name, Line: first}
		if long {
			l.trouble(source, fmt.Sprintf("a document larger than %d MiB; kubectl's -o json is read item by item", maxPiece>>20))
			return nil
		}
		return l.readDocument(name, first, document.Bytes())
	}
	for {
		line, err := in.ReadSlice('\n')
		if begins := number == 0 || document.Len() == 0 || bytes.HasSuffix(document.Bytes(), []byte("\n")); begins && separator(line) {
			if err := flush(); err != nil {
				return err
			}
			first, long = number+2, false
		} else if document.Len()+len(line) > maxPiece {
			long = true
			document.Reset()
			document.WriteByte('\n') // what follows begins a line only after one has ended
		} else if !long {
			document.Write(line)
		}
		if bytes.HasSuffix(line, []byte("\n")) {
			number++
		}
		switch {
		case errors.Is(err, io.EOF):
			return flush()
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

// separator reports whether a line parts two documents (YAML 1.2.2, section 9.1.2).
func separator(line []byte) bool {
	rest, found := bytes.CutPrefix(line, []byte("---"))
	return found && (len(bytes.TrimSpace(rest)) == 0 || rest[0] == ' ' && bytes.HasPrefix(bytes.TrimSpace(rest), []byte("#")))
}

// notes is where Helm's output goes over into words for people.
var notes = regexp.MustCompile(`(?m)^NOTES:\s*$`)

// readDocument takes one document. first is its line in the file.
func (l *List) readDocument(name string, first int, raw []byte) error {
	if at := notes.FindIndex(raw); at != nil {
		raw = raw[:at[0]]
	}
	root, err := parseYAML(raw)
	source := fleet.Source{File: name, Line: first}
	switch {
	case err != nil && bytes.Contains(raw, []byte("{{")):
		l.trouble(source, noTemplate)
		return nil
	case err != nil:
		l.trouble(source, "a document that is not YAML: "+err.Error())
		return nil
	case root == nil:
		return nil
	}
	f := &finder{list: l, file: name, offset: first - 1}
	f.object(yamlNode{root})
	if f.template {
		l.trouble(source, noTemplate)
	}
	if f.tooDeep {
		l.trouble(source, "a document that is nested deeper than is looked")
	}
	return f.err
}

// parseYAML is nil for a document without content. The library is not ours: should it give up in a way that it ought not
// to, that must cost the document and not the program.
func parseYAML(raw []byte) (root *yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			root, err = nil, errors.New("it cannot be parsed")
		}
	}()
	var document yaml.Node
	if err := yaml.Unmarshal(raw, &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 0 {
		return nil, nil
	}
	return document.Content[0], nil
}

// yamlNode is a node of a YAML document.
type yamlNode struct{ *yaml.Node }

// mostAliases is how many aliases are followed from one node to the next.
const mostAliases = 8

func (n yamlNode) resolved() yamlNode {
	for range mostAliases {
		if n.Node == nil || n.Kind != yaml.AliasNode {
			return n
		}
		n = yamlNode{n.Alias}
	}
	return yamlNode{&yaml.Node{}}
}

func (n yamlNode) line() int { return n.Line }

// template reports whether it is a mapping with a mapping as a key, which is how YAML reads {{ .Values.image }}.
func (n yamlNode) template() bool {
	return n.Kind == yaml.MappingNode && len(n.Content) > 0 && n.Content[0].Kind == yaml.MappingNode
}

func (n yamlNode) text() string {
	if r := n.resolved(); r.Kind == yaml.ScalarNode && r.ShortTag() == "!!str" {
		return r.Value
	}
	return ""
}

func (n yamlNode) get(key string) node { return n.find(key, mostAliases) }

// find looks among the node's own members, then in what it merges (YAML 1.1, "Merge Key").
func (n yamlNode) find(key string, depth int) node {
	r := n.resolved()
	if r.Kind != yaml.MappingNode || depth == 0 {
		return nil
	}
	for i := 0; i+1 < len(r.Content); i += 2 {
		if r.Content[i].Value == key {
			return yamlNode{r.Content[i+1]}
		}
	}
	for i := 0; i+1 < len(r.Content); i += 2 {
		if r.Content[i].ShortTag() != "!!merge" {
			continue
		}
		merged := yamlNode{r.Content[i+1]}.resolved()
		from := []*yaml.Node{merged.Node}
		if merged.Kind == yaml.SequenceNode {
			from = merged.Content[:min(len(merged.Content), mostAliases)]
		}
		for _, m := range from {
			if found := (yamlNode{m}).find(key, depth-1); found != nil {
				return found
			}
		}
	}
	return nil
}

// members and items follow no alias: what it stands for is in the document already.
func (n yamlNode) members(visit func(key string, value node)) {
	if n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		visit(n.Content[i].Value, yamlNode{n.Content[i+1]})
	}
}

func (n yamlNode) items(visit func(node)) {
	if n.Kind != yaml.SequenceNode {
		return
	}
	for _, c := range n.Content {
		visit(yamlNode{c})
	}
}
