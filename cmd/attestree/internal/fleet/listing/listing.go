// Package listing finds image references in what people have at hand: a list with one reference a line, Kubernetes
// manifests and what kubectl prints of them, Helm's output, compose files, and folders of all that. It remembers where
// each reference stands.
//
// It knows these formats and how to read them without harm: streams are read piece by piece, every piece has a limit,
// aliases are followed a few steps and never expanded. It must not know registries' answers, nor what becomes of a
// reference.
package listing

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"regexp"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// Limits of what is read.
const (
	MaxImages = 1_000_000 // references in one list
	maxBytes  = 1 << 30   // of one input
	maxPiece  = 8 << 20   // bytes of one YAML document, or of one item of a JSON list
	maxLine   = 4096      // bytes of one line of a list
	maxPlaces = 100       // places that are remembered of one reference
	maxTrials = 1000      // problems, and gaps, that are remembered
)

// Problem is something in the input that could not be read, so that references may be missing.
type Problem struct {
	Source  fleet.Source
	Message string
}

// String is the problem in a line; it may quote the input.
func (p Problem) String() string { return p.Source.String() + ": " + p.Message }

// List is what was found, in the order in which it was found first. Of a list that is divided, the references of one part
// are kept, and of all others no more than tells whether they come again.
type List struct {
	Images   []fleet.Image
	Places   []int // of each of Images in the whole list, from 0
	Total    int   // references in the whole list
	Problems []Problem

	part  fleet.Shard
	gaps  []gap
	facts map[string]bool
	known map[mark]int32 // index in Images, elsewhere for those of other parts
	sum   hash.Hash
}

// mark tells references apart: the first half of a SHA-256, so that nobody can make two that are taken for one.
type mark [16]byte

const elsewhere = -1

func markOf(reference string) mark {
	sum := sha256.Sum256([]byte(reference))
	return mark(sum[:16])
}

// New returns an empty list.
func New() *List { return Part(fleet.Shard{}) }

// Part returns an empty list that keeps one part of what will be added.
func Part(part fleet.Shard) *List {
	return &List{part: part, known: map[mark]int32{}, sum: sha256.New()}
}

// Sum is the SHA-256 in hex of all references of the whole list.
func (l *List) Sum() string { return hex.EncodeToString(l.sum.Sum(nil)) }

// Holds reports whether a reference is in the whole list.
func (l *List) Holds(reference string) bool {
	_, is := l.known[markOf(reference)]
	return is
}

var errTooMany = fmt.Errorf("it holds more than %d references, which is as many as one list may have", MaxImages)

// Add adds one reference, or one more place where it stands.
func (l *List) Add(reference string, source fleet.Source) error {
	m := markOf(reference)
	if at, again := l.known[m]; again {
		if at == elsewhere {
			return nil
		}
		if image := &l.Images[at]; len(image.Sources) < maxPlaces {
			image.Sources = append(image.Sources, source)
		}
		return nil
	}
	if l.Total == MaxImages {
		return errTooMany
	}
	_, _ = io.WriteString(l.sum, reference+"\n")
	place := l.Total
	l.Total++
	if !l.part.Holds(place) {
		l.known[m] = elsewhere
		return nil
	}
	l.known[m] = int32(len(l.Images))
	l.Places = append(l.Places, place)
	l.Images = append(l.Images, fleet.Image{
		Reference: strings.Clone(reference), Sources: []fleet.Source{source}, Problem: problemOf(reference),
	})
	return nil
}

func (l *List) trouble(source fleet.Source, message string) {
	switch {
	case len(l.Problems) < maxTrials:
		l.Problems = append(l.Problems, Problem{source, message})
	case len(l.Problems) == maxTrials:
		l.Problems = append(l.Problems, Problem{fleet.Source{Object: "the list"}, "there are more problems, which are not said one by one"})
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
	case strings.Contains(reference, "{{"):
		return "it holds a template that nobody filled in; give what helm template prints"
	case strings.ContainsAny(reference, " \t"):
		return "it holds a space; a list has one reference a line"
	case strings.HasPrefix(reference, "/"), strings.HasPrefix(reference, "."), strings.HasPrefix(reference, "~"), prefixed.MatchString(reference):
		return "it is a path; a fleet is of images in registries"
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
