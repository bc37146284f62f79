package listing

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// readJSON takes objects one after another. The items of a list, as kubectl prints it, are taken one by one, so that no
// more than one is in memory.
func (l *List) readJSON(name string, in *bufio.Reader) error {
	limited := &piece{r: in, left: maxPiece}
	decoder := json.NewDecoder(limited)
	for number := 1; ; number++ {
		limited.left = maxPiece
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return notJSON(err)
		case token == json.Delim('['):
			err = l.readItems(name, decoder, limited)
		case token == json.Delim('{'):
			err = l.readObject(name, decoder, limited)
		default:
			err = errors.New("neither a list nor a JSON object")
		}
		if err != nil {
			return err
		}
	}
}

func notJSON(err error) error {
	if errors.Is(err, errPiece) || errors.Is(err, errTooLarge) || errors.Is(err, errTooMany) {
		return err
	}
	return fmt.Errorf("not JSON: %w", err)
}

// piece fails when one item takes more bytes than an item may have.
type piece struct {
	r    io.Reader
	left int
}

var errPiece = fmt.Errorf("one item is larger than %d MiB, which no object of a cluster is", maxPiece>>20)

// Read is io.Reader.
func (p *piece) Read(b []byte) (int, error) {
	if p.left <= 0 {
		return 0, errPiece
	}
	n, err := p.r.Read(b[:min(len(b), p.left)])
	p.left -= n
	return n, err
}

// readItems takes the elements of a list whose bracket has been read.
func (l *List) readItems(name string, decoder *json.Decoder, limited *piece) error {
	for decoder.More() {
		limited.left = maxPiece
		var item any
		if err := decoder.Decode(&item); err != nil {
			return notJSON(err)
		}
		if err := l.take(name, item); err != nil {
			return err
		}
	}
	_, err := decoder.Token()
	return notEnded(err)
}

// readObject takes an object whose brace has been read: a list of Kubernetes' with its items, or one object.
func (l *List) readObject(name string, decoder *json.Decoder, limited *piece) error {
	object := map[string]any{}
	for decoder.More() {
		limited.left = maxPiece
		key, err := decoder.Token()
		if err != nil {
			return notJSON(err)
		}
		if key == "items" {
			token, err := decoder.Token()
			if err != nil {
				return notJSON(err)
			}
			if token == json.Delim('[') {
				if err := l.readItems(name, decoder, limited); err != nil {
					return err
				}
				continue
			}
			if _, opens := token.(json.Delim); opens {
				return errors.New(`"items" is not a list`)
			}
			continue
		}
		var value any
		if err := decoder.Decode(&value); err != nil {
			return notJSON(err)
		}
		if text, ok := key.(string); ok {
			object[text] = value
		}
	}
	if _, err := decoder.Token(); err != nil {
		return notEnded(err)
	}
	return l.take(name, object)
}

func notEnded(err error) error {
	if err == nil {
		return nil
	}
	return notJSON(err)
}

func (l *List) take(name string, item any) error {
	f := &finder{list: l, file: name}
	switch item := item.(type) {
	case string:
		if reference := strings.TrimSpace(item); reference != "" {
			return l.Add(reference, fleet.Source{File: name})
		}
		l.trouble(fleet.Source{File: name}, "an item that is empty")
		return nil
	case nil, bool, float64:
		l.trouble(fleet.Source{File: name}, "an item that is neither a reference nor an object")
		return nil
	}
	f.object(jsonNode{item})
	if f.tooDeep {
		l.trouble(fleet.Source{File: name, Object: f.where}, "an object that is nested deeper than is looked")
	}
	return f.err
}

// jsonNode is a decoded JSON value.
type jsonNode struct{ value any }

func (n jsonNode) line() int { return 0 }

func (n jsonNode) template() bool { return false }

func (n jsonNode) text() string {
	text, _ := n.value.(string)
	return text
}

func (n jsonNode) get(key string) node {
	object, _ := n.value.(map[string]any)
	if value, found := object[key]; found {
		return jsonNode{value}
	}
	return nil
}

func (n jsonNode) members(visit func(key string, value node)) {
	object, _ := n.value.(map[string]any)
	for _, key := range slices.Sorted(maps.Keys(object)) {
		visit(key, jsonNode{object[key]})
	}
}

func (n jsonNode) items(visit func(node)) {
	list, _ := n.value.([]any)
	for _, item := range list {
		visit(jsonNode{item})
	}
}
