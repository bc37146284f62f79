package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Bounds of a file. Real ones have some hundred lines.
const (
	MaxSpec       = 1 << 20 // bytes
	maxAllowances = 2000
)

// ParseSpec reads a spec.yaml. Keys that are not known are ignored, as the catalogue's own tools do. The error is a
// *Problem with file and line: what is not as expected is never half read.
func ParseSpec(path string, data []byte) (Spec, error) {
	root, err := document(path, data)
	if err != nil {
		return Spec{}, err
	}
	s, err := readSpec(path, root)
	if err != nil {
		return Spec{}, located(path, err)
	}
	return s, nil
}

// ParseGlobal reads a list that holds for every server or skill (global_allowed_issues.yaml). An empty file is an empty
// list.
func ParseGlobal(path string, data []byte) ([]Allowance, error) {
	root, err := document(path, data)
	if err != nil {
		return nil, err
	}
	list, err := readGlobal(path, root)
	if err != nil {
		return nil, located(path, err)
	}
	return list, nil
}

func readGlobal(path string, root node) ([]Allowance, error) {
	if root.empty() {
		return nil, nil
	}
	top, err := root.mapping("the list")
	if err != nil {
		return nil, err
	}
	list, err := readAllowances(path, top["allowed_issues"])
	if err != nil {
		return nil, err
	}
	if len(list) == 0 && !top["security"].empty() {
		security, err := top["security"].mapping("security")
		if err != nil {
			return nil, err
		}
		if list, err = readAllowances(path, security["allowed_issues"]); err != nil {
			return nil, err
		}
	}
	for i := range list {
		list[i].Global = true
	}
	return list, nil
}

func readSpec(path string, root node) (Spec, error) {
	s := Spec{Path: path}
	top, err := root.mapping("a spec")
	if err != nil {
		return s, err
	}
	metadata, err := top["metadata"].mapping("metadata")
	if err != nil {
		return s, err
	}
	read := texts{}
	s.Name, s.Protocol = read.text(metadata, "name"), read.text(metadata, "protocol")
	spec, err := top["spec"].mapping("spec")
	if err != nil {
		return s, err
	}
	s.Version = read.text(spec, "version")
	pack, repository := read.text(spec, "package"), read.text(spec, "repository")
	if ref := read.text(spec, "ref"); commit.MatchString(ref) {
		s.Pinned = ref
	}
	provenance, err := top["provenance"].optional("provenance")
	if err != nil {
		return s, err
	}
	s.Ref, s.Package = read.text(provenance, "repository_ref"), pack
	if s.Claim, err = readPackageClaim(path, provenance, &read); err != nil {
		return s, err
	}
	switch {
	case read.err != nil:
		return s, read.err
	case s.Name == "":
		return s, top["metadata"].unexpected("metadata has no name")
	case pack == "" && repository == "":
		return s, top["spec"].unexpected("spec names neither a package (MCP server) nor a repository (skill)")
	}
	s.Skill = pack == ""
	return s, s.readSecurity(top["security"])
}

func (s *Spec) readSecurity(n node) error {
	security, err := n.optional("security")
	if err != nil {
		return err
	}
	if s.InsecureIgnore, err = security["insecure_ignore"].boolean("insecure_ignore"); err != nil {
		return err
	}
	mocks, err := security["mock_env"].list("mock_env")
	if err != nil {
		return err
	}
	for _, m := range mocks {
		mock, err := m.mapping("an entry of mock_env")
		if err != nil {
			return err
		}
		read := texts{}
		s.MockEnv = append(s.MockEnv, read.text(mock, "name"))
		if read.err != nil {
			return read.err
		}
	}
	s.Allowances, err = readAllowances(s.Path, security["allowed_issues"])
	return err
}

func readAllowances(path string, n node) ([]Allowance, error) {
	items, err := n.list("allowed_issues")
	if err != nil {
		return nil, err
	}
	if len(items) > maxAllowances {
		return nil, n.unexpected("more than %d allowed issues", maxAllowances)
	}
	var out []Allowance
	for _, item := range items {
		fields, err := item.mapping("an allowed issue")
		if err != nil {
			return nil, err
		}
		read := texts{}
		a := Allowance{
			Code: read.text(fields, "code"), RuleID: read.text(fields, "rule_id"), Category: read.text(fields, "category"),
			Tool: read.tool(fields["tool"]), Reason: read.text(fields, "reason"), Line: item.Line, Path: path,
		}
		if read.err != nil {
			return nil, read.err
		}
		if a.Key() == "" {
			return nil, item.unexpected("an allowed issue has neither code nor rule_id nor category")
		}
		out = append(out, a)
	}
	return out, nil
}

// located makes a Problem of what went wrong while reading path.
func located(path string, err error) error {
	var p *Problem
	if errors.As(err, &p) {
		p.Path = path
		return p
	}
	return &Problem{Path: path, Message: err.Error()}
}

// document is the one YAML document in data.
func document(path string, data []byte) (node, error) {
	if len(data) > MaxSpec {
		return node{}, &Problem{Path: path, Message: fmt.Sprintf("larger than %d bytes, which no specification is", MaxSpec)}
	}
	var root, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(&root); err != nil && !errors.Is(err, io.EOF) {
		return node{}, syntax(path, err)
	}
	// Some readers take the first of several documents, and others refuse the file.
	switch err := decoder.Decode(&second); {
	case err == nil:
		return node{}, &Problem{Path: path, Line: second.Line, Message: "a second YAML document begins here, and only one can count"}
	case !errors.Is(err, io.EOF):
		return node{}, syntax(path, err)
	}
	if len(root.Content) == 0 {
		return node{}, nil
	}
	return node{root.Content[0]}, nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// syntax is an error of the YAML parser, which has the line in its words.
func syntax(path string, err error) error {
	p := &Problem{Path: path, Line: 1, Message: "not YAML: " + yamlLine.ReplaceAllString(err.Error(), "")}
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil && m[1] != "" {
		if line, err := strconv.Atoi(m[1]); err == nil {
			p.Line = line
		}
	}
	p.Message = strings.ReplaceAll(p.Message, "\n", " ")
	return p
}
