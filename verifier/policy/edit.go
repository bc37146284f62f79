package policy

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/verifier/trust"
)

// errNoSigner says that a file has no trusted key of that name.
var errNoSigner = errors.New("there is no trusted key of that name")

// Add writes a further trusted key into a policy file and returns the new file; of an empty one it makes a new one. The
// rest of the file stays byte for byte as it was. A file that cannot be parsed is refused (*SyntaxError), as is an entry
// that would not be read back as it is. data is never changed.
func Add(data []byte, s trust.Signer) ([]byte, error) {
	out, err := edit(data, func(t text, c contents) ([]byte, trust.Signers, error) {
		fit, err := writable(s)
		if err != nil {
			return nil, nil, err
		}
		if index(c.signers, s.Name) >= 0 {
			return nil, nil, errors.New("there is a trusted key of that name already")
		}
		out, err := t.insert(c, fit)
		return out, append(slices.Clone(c.signers), fit), err
	})
	if err != nil {
		return nil, fmt.Errorf("add trusted key %q: %w", s.Name, err)
	}
	return out, nil
}

// Remove takes the trusted key of that name out of a policy file, with its lines. Comments around it stay.
func Remove(data []byte, name string) ([]byte, error) {
	out, err := edit(data, func(t text, c contents) ([]byte, trust.Signers, error) {
		i := index(c.signers, name)
		if i < 0 {
			return nil, nil, errNoSigner
		}
		out, err := t.remove(c, i)
		return out, slices.Delete(slices.Clone(c.signers), i, i+1), err
	})
	if err != nil {
		return nil, fmt.Errorf("remove trusted key %q: %w", name, err)
	}
	return out, nil
}

// SetEnabled switches the trusted key of that name on or off.
func SetEnabled(data []byte, name string, enabled bool) ([]byte, error) {
	return change(data, name, "enabled", fmt.Sprint(enabled), func(s *trust.Signer) { s.Enabled = enabled })
}

// SetExpires makes the trusted key of that name expire then; the zero time makes it not expire.
func SetExpires(data []byte, name string, when time.Time) ([]byte, error) {
	value := ""
	if !when.IsZero() {
		value = moment(when)
	}
	return change(data, name, "expires", value, func(s *trust.Signer) { s.Expires = when })
}

// change sets one field of an entry, or takes it out if value is "".
func change(data []byte, name, field, value string, apply func(*trust.Signer)) ([]byte, error) {
	out, err := edit(data, func(t text, c contents) ([]byte, trust.Signers, error) {
		i := index(c.signers, name)
		if i < 0 {
			return nil, nil, errNoSigner
		}
		want := slices.Clone(c.signers)
		apply(&want[i])
		out, err := t.set(c.entries[i], field, value)
		return out, want, err
	})
	if err != nil {
		return nil, fmt.Errorf("change trusted key %q: %w", name, err)
	}
	return out, nil
}

func index(signers trust.Signers, name string) int {
	return slices.IndexFunc(signers, func(s trust.Signer) bool { return s.Name == name })
}

// edit changes a file and reads it again: only what says exactly what was meant, and everything else as before, is
// returned.
func edit(data []byte, change func(text, contents) ([]byte, trust.Signers, error)) ([]byte, error) {
	before, problems := (&reader{unknown: true}).read(data)
	if len(problems) > 0 {
		return nil, newSyntaxError("the policy", problems)
	}
	out, want, err := change(newText(data), before)
	if err != nil {
		return nil, err
	}
	after, problems := (&reader{unknown: true}).read(out)
	switch {
	case len(problems) > 0:
		return nil, fmt.Errorf("the file would not be sound: %s", problems[0].Message)
	case !reflect.DeepEqual(before.rules, after.rules) || !same(want, after.signers):
		return nil, errForm
	}
	return out, nil
}

// same compares entries by what would be written of them.
func same(a, b trust.Signers) bool {
	return slices.EqualFunc(a, b, func(x, y trust.Signer) bool { return inline(x) == inline(y) })
}

// insert adds an entry at the end of trusted_keys.
func (t text) insert(c contents, s trust.Signer) ([]byte, error) {
	switch {
	case c.policy == nil && len(strings.TrimSpace(string(t.data))) == 0:
		return []byte(strings.ReplaceAll(skeleton(s), "\n", t.eol)), nil
	case c.policy == nil:
		return t.addBlock(len(t.data), append([]string{"signing_policy:", "  trusted_keys:"}, lines(s, 4)...)), nil
	case isNull(c.policy):
		return t.fill(c.policy, append([]string{"  trusted_keys:"}, lines(s, 4)...))
	case c.keys == nil && c.policy.Style&yaml.FlowStyle != 0:
		return t.addInline(c.policy, "trusted_keys: ["+inline(s)+"]")
	case c.keys == nil:
		pad := strings.Repeat(" ", c.policy.Column-1)
		return t.addAfter(c.policy, append([]string{pad + "trusted_keys:"}, lines(s, c.policy.Column+1)...))
	case len(c.keys.Content) == 0 && c.policy.Style&yaml.FlowStyle == 0:
		return t.fill(c.keys, lines(s, c.policy.Column+1))
	case isNull(c.keys):
		return nil, errForm
	case c.keys.Style&yaml.FlowStyle != 0:
		return t.addInline(c.keys, inline(s))
	}
	return t.addAfter(c.keys, lines(s, c.keys.Column-1))
}

// addBlock adds lines after the line that at is in.
func (t text) addBlock(at int, lines []string) []byte {
	at = t.lineEnd(at)
	block := strings.Join(lines, t.eol)
	if at > 0 && t.lineStart(at) == at {
		return t.splice(at, at, block+t.eol) // the line is empty
	}
	return t.splice(at, at, t.eol+block)
}

// addAfter adds lines after a list or mapping that is written as a block.
func (t text) addAfter(n *yaml.Node, lines []string) ([]byte, error) {
	end, err := t.end(n)
	if err != nil {
		return nil, err
	}
	return t.addBlock(end, lines), nil
}

// fill gives a field that is empty ("[]", "null" or nothing) a block of lines.
func (t text) fill(n *yaml.Node, lines []string) ([]byte, error) {
	from, err := t.start(n)
	if err != nil {
		return nil, err
	}
	to := from
	if n.Value != "" || n.Kind != yaml.ScalarNode {
		if to, err = t.end(n); err != nil {
			return nil, err
		}
	}
	for from > 0 && t.data[from-1] == ' ' {
		from--
	}
	cut := newText(t.splice(from, to, ""))
	cut.eol = t.eol
	return cut.addBlock(from, lines), nil
}

// addInline adds an element before the bracket that closes a list or mapping in one line.
func (t text) addInline(n *yaml.Node, element string) ([]byte, error) {
	if len(n.Content) == 0 {
		end, err := t.end(n)
		if err != nil {
			return nil, err
		}
		return t.splice(end-1, end-1, element), nil
	}
	end, err := t.end(n.Content[len(n.Content)-1])
	if err != nil {
		return nil, err
	}
	return t.splice(end, end, ", "+element), nil
}
