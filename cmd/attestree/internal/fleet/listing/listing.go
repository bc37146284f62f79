// Package listing finds image references in what people have at hand: a list with one reference a line, Kubernetes
// manifests and what kubectl prints of them, Helm's output, compose files, and folders of all that. It remembers where
// each reference stands.
//
// It knows these formats and how to read them without harm: streams are read piece by piece, every piece has a limit,
// aliases are followed a few steps and never expanded. It must not know registries' answers, nor what becomes of a
// reference.
package listing

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// Limits of what is read.
const (
	MaxImages = 1_000_000 // references in one list
	MaxBytes  = 1 << 30   // of one input
	maxPiece  = 8 << 20   // bytes of one YAML document, or of one item of a JSON list
	maxLine   = 4096      // bytes of one line of a list
	maxPlaces = 100       // places that are remembered of one reference
	maxTrials = 1000      // problems that are remembered
)

// Problem is something in the input that could not be read, so that references may be missing.
type Problem struct {
	Source  fleet.Source
	Message string
}

// String is the problem in a line; it may quote the input.
func (p Problem) String() string { return p.Source.String() + ": " + p.Message }

// List is what was found, in the order in which it was found first.
type List struct {
	Images   []fleet.Image
	Problems []Problem

	known map[string]int // index in Images, by reference
}

// New returns an empty list.
func New() *List { return &List{known: map[string]int{}} }

var errTooMany = fmt.Errorf("it holds more than %d references, which is as many as one list may have", MaxImages)

// Add adds one reference, or one more place where it stands.
func (l *List) Add(reference string, source fleet.Source) error {
	if at, again := l.known[reference]; again {
		image := &l.Images[at]
		if len(image.Sources) < maxPlaces {
			image.Sources = append(image.Sources, source)
		}
		return nil
	}
	if len(l.Images) == MaxImages {
		return errTooMany
	}
	l.known[reference] = len(l.Images)
	l.Images = append(l.Images, fleet.Image{Reference: reference, Sources: []fleet.Source{source}, Problem: problemOf(reference)})
	return nil
}

func (l *List) trouble(source fleet.Source, message string) {
	if len(l.Problems) < maxTrials {
		l.Problems = append(l.Problems, Problem{source, message})
	}
}

// prefixed is a source that is not in a registry.
var prefixed = regexp.MustCompile(`^(oci|archive|file|docker-archive|containers-storage):[^0-9]`)

// problemOf says why a reference cannot be looked at as it is written.
func problemOf(reference string) string {
	control := func(r rune) bool { return r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' }
	switch {
	case strings.ContainsFunc(reference, control):
		return "it holds a control character"
	case strings.ContainsAny(reference, " \t"):
		return "it holds a space; a list has one reference a line"
	case strings.HasPrefix(reference, "/"), strings.HasPrefix(reference, "."), strings.HasPrefix(reference, "~"), prefixed.MatchString(reference):
		return "it is a path; a fleet is of images in registries"
	case strings.Contains(reference, "{{"):
		return "it holds a template that nobody filled in; give what helm template prints"
	case strings.Contains(reference, "$"):
		return "it holds a variable that nobody filled in; give what docker compose config prints"
	case len(reference) > maxLine:
		return "it is longer than any reference"
	}
	return ""
}

// bounded reads at most limit bytes, and fails where there are more: half a list must not look like a whole one.
type bounded struct {
	r    io.Reader
	left int64
}

var errTooLarge = errors.New("it is larger than 1 GiB, which is as much as is read")

// Read is io.Reader.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}
