package kyverno

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// The bounds of a file. Real ones are a hundredth of them.
const (
	maxFile    = 256 << 10 // bytes
	maxNesting = 40
	maxPolicy  = 50 // documents
	maxItems   = 200
)

// documents parses a stream of YAML. Aliases, anchors, merges and tags are refused: they can hide what the file says, and
// make much of little.
func documents(data []byte) ([]*yaml.Node, error) {
	if len(data) > maxFile {
		return nil, fmt.Errorf("the file is larger than %d KiB, which no policy is", maxFile>>10)
	}
	if !utf8.Valid(data) {
		return nil, errors.New("the file is not UTF-8 text")
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var list []*yaml.Node
	for {
		document, err := next(decoder)
		switch {
		case errors.Is(err, io.EOF):
			return list, nil
		case err != nil:
			return nil, fmt.Errorf("this is not YAML: %w", err)
		case len(list) == maxPolicy:
			return nil, fmt.Errorf("more than %d documents are too many", maxPolicy)
		case document.Kind != yaml.DocumentNode || len(document.Content) != 1:
			continue
		}
		if err := plain(document.Content[0], 0); err != nil {
			return nil, err
		}
		list = append(list, document.Content[0])
	}
}

// next decodes one document. The library is not ours: it must cost the file and not the program.
func next(decoder *yaml.Decoder) (document *yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			document, err = nil, errors.New("it cannot be parsed")
		}
	}()
	document = &yaml.Node{}
	return document, decoder.Decode(document)
}

func plain(n *yaml.Node, depth int) error {
	switch {
	case depth > maxNesting:
		return fmt.Errorf("line %d: it is nested too deep", n.Line)
	case n.Kind == yaml.AliasNode, n.Anchor != "":
		return fmt.Errorf("line %d: aliases and anchors are not supported: write the value out", n.Line)
	case n.Style&yaml.TaggedStyle != 0:
		return fmt.Errorf("line %d: tags are not supported: leave %s out", n.Line, n.Tag)
	}
	for _, child := range n.Content {
		if err := plain(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// value is a piece of YAML as JSON would have it.
func value(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.ScalarNode:
		return scalar(n)
	case yaml.SequenceNode:
		list := make([]any, 0, len(n.Content))
		for _, child := range n.Content {
			v, err := value(child)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		return list, nil
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			name := n.Content[i]
			if _, twice := object[name.Value]; twice || name.Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("line %d: the key %q cannot be read, or is there twice", name.Line, name.Value)
			}
			v, err := value(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			object[name.Value] = v
		}
		return object, nil
	case yaml.DocumentNode, yaml.AliasNode:
	}
	return nil, fmt.Errorf("line %d: it cannot be read", n.Line)
}

// disputed are plain words and numbers that Kubernetes' YAML reads in another way than this library: yes is true there,
// and 010 is eight.
var disputed = regexp.MustCompile(`^(?:[yYnN]|[yY]es|YES|[nN]o|NO|[oO]n|ON|[oO]ff|OFF|[-+]?0[0-9_]+|[-+]?0[bBoOxX].*|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+|.*[0-9]_.*)$`)

func scalar(n *yaml.Node) (any, error) {
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 && disputed.MatchString(n.Value) {
		return nil, fmt.Errorf("line %d: %s is read in several ways: put it in quotes, or write true, false or a plain number", n.Line, n.Value)
	}
	switch n.ShortTag() {
	case "!!str":
		return n.Value, nil
	case "!!null":
		return nil, nil
	case "!!bool":
		var b bool
		err := n.Decode(&b)
		return b, err
	case "!!int", "!!float":
		var f float64
		err := n.Decode(&f)
		return f, err
	}
	return nil, fmt.Errorf("line %d: a text, a number, true or false is needed here", n.Line)
}
