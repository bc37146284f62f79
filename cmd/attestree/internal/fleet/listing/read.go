package listing

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// Read adds what r holds. name is for the places of references. An error says that not everything was read.
func (l *List) Read(name string, r io.Reader) error {
	in, start, err := begin(r)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	switch formOf(start) {
	case formJSON:
		err = l.readJSON(name, in)
	case formYAML:
		err = l.readYAML(name, in)
	case formDockerfile:
		err = errDockerfile
	case formLines:
		err = l.readLines(name, in)
	}
	l.knows(wasRead(name))
	l.settle()
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// begin is what is read, within bounds and in UTF-8, with its beginning.
func begin(r io.Reader) (in *bufio.Reader, start []byte, err error) {
	text, err := plain(&bounded{r: r, left: maxBytes + 1})
	if err != nil {
		return nil, nil, err
	}
	in = bufio.NewReaderSize(text, 64<<10)
	start, err = in.Peek(32 << 10)
	if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return in, start, err
}

type form int

const (
	formLines form = iota
	formYAML
	formJSON
	formDockerfile
)

// instruction is how a Dockerfile begins (Dockerfile reference, "Format"). No reference holds a space.
var instruction = regexp.MustCompile(`(?i)^(FROM|ARG)\s+\S`)

var errDockerfile = errors.New("it is a Dockerfile: what is built from it has no name there; give the references of what was pushed")

// yamlKey is a first line that only YAML has: a document's begin, or a key with a space or nothing behind its colon. A
// reference has neither.
var yamlKey = regexp.MustCompile(`^(---|%YAML|["']?[A-Za-z_][A-Za-z0-9_. /-]*["']?:)(\s|$)`)

// formOf tells by the first line that is neither empty nor a comment.
func formOf(start []byte) form {
	for line := range bytes.Lines(start) {
		line = bytes.TrimRight(line, "\r\n")
		trimmed := bytes.TrimSpace(line)
		switch {
		case len(trimmed) == 0 || trimmed[0] == '#':
		case trimmed[0] == '{' || trimmed[0] == '[':
			return formJSON
		case yamlKey.Match(line):
			return formYAML
		case instruction.Match(trimmed):
			return formDockerfile
		default:
			return formLines
		}
	}
	return formLines
}

// readLines reads one reference a line. Empty lines and what follows a # are left out.
func (l *List) readLines(name string, in *bufio.Reader) error {
	for number := 1; ; number++ {
		line, long, err := cutLine(in)
		text := strings.TrimSpace(line)
		if at := strings.Index(" "+text, " #"); at >= 0 {
			text = strings.TrimSpace(text[:max(at-1, 0)])
		}
		source := fleet.Source{File: name, Line: number}
		switch {
		case long:
			l.trouble(source, "the line is longer than any reference")
		case text != "":
			if err := l.Add(text, source); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// cutLine reads to the end of a line, and keeps as much of it as a reference may have.
func cutLine(in *bufio.Reader) (line string, long bool, err error) {
	var kept []byte
	for {
		part, err := in.ReadSlice('\n')
		if room := maxLine - len(kept); len(bytes.TrimRight(part, "\r\n")) > room {
			long = true
		} else {
			kept = append(kept, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(kept), long, err
		}
	}
}

// readDocuments is Read for what can only be documents.
func (l *List) readDocuments(name string, r io.Reader) error {
	in, start, err := begin(r)
	if err != nil {
		return err
	}
	if formOf(start) == formJSON {
		return l.readJSON(name, in)
	}
	return l.readYAML(name, in)
}
