package policy

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// The bounds of a policy file. Real ones are a hundredth of them.
const (
	maxFile    = 256 << 10 // bytes
	maxNesting = 12        // of lists and mappings
	maxSigners = 1000
	maxItems   = 200 // of any other list
)

// syntaxLine finds the line in the YAML library's message.
var syntaxLine = regexp.MustCompile(`^yaml: (?:line ([0-9]+): )?`)

// strangeBreak finds what YAML takes for the end of a line, and with it of a comment, but most editors do not: a carriage
// return alone, NEL, LS and PS (YAML 1.1 section 5.4).
var strangeBreak = regexp.MustCompile(`\r(?:[^\n]|\z)|[\x{85}\x{2028}\x{2029}]`)

// readDocument parses the YAML of a policy file: its one mapping, nil for a file without content. What YAML allows and a
// policy has no use for is refused, since it can only hide what the file says: aliases, tags, several documents.
func readDocument(data []byte) (*yaml.Node, []Problem) {
	if len(data) > maxFile {
		return nil, []Problem{{1, 1, fmt.Sprintf("the file is larger than %d KiB, which no policy is", maxFile>>10)}}
	}
	if !utf8.Valid(data) {
		return nil, []Problem{{1, 1, "the file is not UTF-8 text"}}
	}
	if at := strangeBreak.FindIndex(data); at != nil {
		return nil, []Problem{{bytes.Count(data[:at[0]], []byte("\n")) + 1, 1,
			"there is a line break in this line that editors do not show as one, so that the file is not what it looks like"}}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	document, err := next(decoder)
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, []Problem{notYAML(err)}
	}
	if more, err := next(decoder); !errors.Is(err, io.EOF) {
		if err != nil {
			return nil, []Problem{notYAML(err)}
		}
		return nil, []Problem{{more.Line, max(more.Column, 1), "there is a second document; a policy is one"}}
	}
	content := document.Content[0]
	if content.Kind == yaml.ScalarNode && content.ShortTag() == "!!null" {
		return nil, nil
	}
	var problems []Problem
	inspect(content, 0, &problems)
	return content, problems
}

// next decodes one document. The library is not ours: should it give up in a way that it ought not to, that must cost
// the file and not the program.
func next(decoder *yaml.Decoder) (document *yaml.Node, err error) {
	defer func() {
		if recover() != nil {
			document, err = nil, errors.New("it cannot be parsed")
		}
	}()
	document = &yaml.Node{}
	if err := decoder.Decode(document); err != nil {
		return nil, err
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, errors.New("it holds no document")
	}
	return document, nil
}

func notYAML(err error) Problem {
	line, message := 1, err.Error()
	if at := syntaxLine.FindStringSubmatch(message); at != nil {
		message = message[len(at[0]):]
		if n, err := strconv.Atoi(at[1]); err == nil {
			line = n
		}
	}
	return Problem{line, 1, "this is not YAML: " + message}
}

// inspect refuses what a policy has no use for, in every node.
func inspect(n *yaml.Node, depth int, problems *[]Problem) {
	say := func(message string) {
		*problems = append(*problems, Problem{max(n.Line, 1), max(n.Column, 1), message})
	}
	switch {
	case len(*problems) > maxProblems:
		return
	case depth > maxNesting:
		say("it is nested too deep")
		return
	case n.Kind == yaml.AliasNode:
		say("aliases are not supported: write the value out")
		return
	case n.Anchor != "":
		say("anchors are not supported: write the value out where it is used")
	case n.Style&yaml.TaggedStyle != 0:
		say("tags are not supported: leave " + n.Tag + " out")
	}
	for _, child := range n.Content {
		inspect(child, depth+1, problems)
	}
}
