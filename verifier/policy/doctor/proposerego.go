package doctor

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/pointer"
	"github.com/attestree/attestree/verifier/policy/rego"
)

// mendable are the findings that a correction can be shown beside.
var mendable = []string{"nested-statement", "no-such-field", "other-version", "similar-field", "fails-open", "nobody-asks", "rego-v1",
	"kyverno-type", "not-an-issuer", "similar-type", "matches-nobody", "predicate-is-root"}

// attach shows a correction beside the first finding that it can be about.
func attach(rules []diagnosis.Rule, c *diagnosis.Correction) {
	for i := range rules {
		for k := range rules[i].Diagnosis {
			if f := &rules[i].Diagnosis[k]; slices.Contains(mendable, f.ID) {
				f.Correction = c
				return
			}
		}
	}
}

// proposeRego looks for a corrected text: paths that lead somewhere, the package that a tool asks for, and where deny
// would let pass what is not there, rules against that. It is shown only if it holds.
func (e *examiner) proposeRego(ctx context.Context, p *rego.Policy, chosen choice, rules []diagnosis.Rule) {
	if len(chosen.subjects) == 0 {
		return
	}
	text := mended(p, chosen.subjects[0])
	better, err := rego.Parse(ctx, p.Name, []byte(text))
	if text == string(p.Source) || err != nil {
		return
	}
	for _, candidate := range []string{text, text + guards(ctx, better, chosen.subjects[0], e)} {
		if c := e.tryRego(ctx, p, candidate, chosen.subjects); c != nil {
			attach(rules, c)
			return
		}
	}
}

// tryRego evaluates a candidate on every attestation and on tampered copies; nil if it does not hold.
func (e *examiner) tryRego(ctx context.Context, p *rego.Policy, text string, on []subject) *diagnosis.Correction {
	better, err := rego.Parse(ctx, p.Name, []byte(text))
	if err != nil || ctx.Err() != nil {
		return nil
	}
	c := &diagnosis.Correction{Result: diagnosis.Met, Text: text, Changes: changes(string(p.Source), text)}
	for _, s := range on {
		if s.problem != "" {
			return nil
		}
		statement := s.statement()
		result, paths := e.regoOn(ctx, better, statement)
		switch result {
		case diagnosis.Met:
		case diagnosis.NotMet: // it refuses every copy then: only one that it lets pass says anything
			c.Result = diagnosis.NotMet
			copied, says := e.passing(ctx, better, statement, paths)
			if copied == nil || c.Passing != "" {
				continue
			}
			statement, c.Passing = copied, says
			_, paths = e.regoOn(ctx, better, statement)
		case diagnosis.Undefined, diagnosis.Unsupported:
			return nil
		}
		for _, path := range paths {
			says, ok := refused(tamper(statement, path), func(copied copyOf) bool {
				return !e.passes(ctx, better, copied.statement)
			})
			if !ok {
				return nil
			}
			c.Tampered = append(c.Tampered, says...)
		}
	}
	if c.Result == diagnosis.Met && slices.ContainsFunc(on, func(s subject) bool { return !s.trusted }) {
		c.Result, c.WouldBe = diagnosis.NotMet, true
	}
	slices.Sort(c.Tampered)
	if c.Tampered = slices.Compact(c.Tampered); len(c.Tampered) == 0 && c.Result == diagnosis.Met {
		return nil
	}
	return c
}

// passing is a copy of a statement that a policy refuses which it lets pass, and what it says instead: one of the texts
// that the policy names, or that something was just now; nil where none is found.
func (e *examiner) passing(ctx context.Context, p *rego.Policy, statement map[string]any, paths []pointer.Path) (passes map[string]any, says string) {
	for _, path := range paths {
		for _, text := range append(p.Texts(), e.options.Now.UTC().Format(time.RFC3339)) {
			copied, ok := pointer.Edit(statement, path, func(any) (any, bool) { return text, true }).(map[string]any)
			if !ok || ctx.Err() != nil {
				continue
			}
			if result, _ := e.regoOn(ctx, p, copied); result == diagnosis.Met {
				return copied, path.Text("", "*") + " is " + pointer.Show([]any{text})
			}
		}
	}
	return nil, ""
}

// passes reports whether OPA lets a statement pass, also where the policy could not look.
func (e *examiner) passes(ctx context.Context, p *rego.Policy, statement map[string]any) bool {
	for _, d := range p.Decisions() {
		for _, o := range p.Judge(ctx, d, statement, e.options.Now) {
			if o.Result != diagnosis.Met && !o.FailsOpen {
				return false
			}
		}
	}
	return true
}

// regoOn is what a whole policy says of one statement: the worst of its decisions, and the places that decided.
func (e *examiner) regoOn(ctx context.Context, p *rego.Policy, statement map[string]any) (diagnosis.Result, []pointer.Path) {
	worst := diagnosis.Met
	var paths []pointer.Path
	for _, d := range p.Decisions() {
		for _, o := range p.Judge(ctx, d, statement, e.options.Now) {
			switch {
			case o.Result == diagnosis.Met:
			case o.FailsOpen:
				if worst == diagnosis.Met {
					worst = diagnosis.Undefined
				}
			case worst != diagnosis.Unsupported:
				worst = o.Result
			}
			for _, r := range o.Reads[:o.Decisive] {
				if r.Root == "input" && r.Missing == nil && len(r.Path) > 0 {
					paths = append(paths, r.Path)
				}
			}
		}
	}
	return worst, paths
}

// packageLine finds what names the package.
var packageLine = regexp.MustCompile(`(?m)^package[ \t]+sigstore[ \t]*$`)

// anyPackage finds what names the package, whichever it is.
var anyPackage = regexp.MustCompile(`(?m)^package[ \t]+[A-Za-z_][A-Za-z0-9_.]*[ \t]*$`)

// mended is the source with every path that leads nowhere in a statement replaced by one that leads somewhere.
func mended(p *rego.Policy, s subject) string {
	source, statement := string(p.Source), s.statement()
	var list []replacement
	if p.Package == "sigstore" && !slices.ContainsFunc(p.Decisions(), func(d rego.Decision) bool { return d.Rule == "isCompliant" }) {
		if at := packageLine.FindStringIndex(source); at != nil {
			list = append(list, replacement{at[0], at[1], "package signature" + forTools(p)})
		}
	}
	tool := slices.ContainsFunc(p.Decisions(), func(d rego.Decision) bool { return d.Tool != rego.ToolNone })
	if at := anyPackage.FindStringIndex(source); at != nil && tool {
		list = append(list, replacement{at[1], at[1], forTools(p)})
	}
	for _, place := range p.Places() {
		path, ok := betterPath(statement, s.nested, place.Path)
		if !ok {
			continue
		}
		if with, end, ok := rewritten(source, place, path); ok {
			list = append(list, replacement{place.Offset, end, with})
		}
	}
	slices.SortFunc(list, func(a, b replacement) int { return a.from - b.from })
	return apply(source, list)
}

// forTools is the line by which tools that parse v0 parse v1, "" where they do without it.
func forTools(p *rego.Policy) string {
	if p.Version != rego.V1 || p.Also {
		return ""
	}
	return "\nimport rego.v1"
}

func betterPath(statement map[string]any, nested bool, p pointer.Path) (pointer.Path, bool) {
	if nested && slices.Equal(p, pointer.Keys("predicate")) {
		return pointer.Keys("predicate", "predicate"), true // a name for the predicate, by which the rest is read
	}
	if _, missing := pointer.Find(statement, p); missing == nil {
		return nil, false
	}
	found, ok := suggest(statement, nested, p)
	return found.path, ok && len(found.path) > 0
}

// written finds one step of a reference as it is written.
var written = regexp.MustCompile(`^(?:\.[A-Za-z_][A-Za-z0-9_]*|\[[^\[\]\n]*\])`)

// rewritten is a reference with another path: steps at its end that stay are left as they are written.
func rewritten(source string, place rego.Place, path pointer.Path) (with string, end int, ok bool) {
	const input = "input"
	at := place.Offset
	if !strings.HasPrefix(source[min(at, len(source)):], input) {
		return "", 0, false
	}
	at += len(input)
	var steps []string
	for range place.Path {
		step := written.FindString(source[at:])
		if step == "" {
			return "", 0, false
		}
		steps = append(steps, step)
		at += len(step)
	}
	kept := 0
	for kept < len(path) && kept < len(steps) && path[len(path)-1-kept] == place.Path[len(steps)-1-kept] {
		kept++
	}
	return path[:len(path)-kept].Text(input, "_") + strings.Join(steps[len(steps)-kept:], ""), at, true
}

// guards are rules that deny what the others could not look at.
func guards(ctx context.Context, p *rego.Policy, s subject, e *examiner) string {
	var b strings.Builder
	done := map[string]bool{}
	for _, d := range p.Decisions() {
		if d.Asked != rego.AskEmpty {
			continue
		}
		for _, o := range p.Judge(ctx, d, s.statement(), e.options.Now) {
			for _, r := range o.Reads[:o.Decisive] {
				if key := d.Rule + r.Text(); r.Root == "input" && r.Missing == nil && !done[key] {
					done[key] = true
					b.WriteString(guard(p.Version, d, r.Path))
				}
			}
		}
	}
	return b.String()
}

// guard denies a place that is not there, a list that is empty, and an element without the field.
func guard(v rego.Version, d rego.Decision, p pointer.Path) string {
	list := p
	i := slices.Index(p, pointer.Every())
	if i >= 0 {
		list = p[:i]
	}
	ref := list.Text("input", "_")
	out := deny(v, d, "not "+ref, list.Text("", "*")+" is not there")
	if i < 0 {
		return out
	}
	out += deny(v, d, fmt.Sprintf("count(%s) == 0", ref), list.Text("", "*")+" is empty")
	if rest := p[i+1:]; len(rest) > 0 && !slices.Contains(rest, pointer.Every()) {
		out += deny(v, d, fmt.Sprintf("element := %s[_]\n  not %s", ref, rest.Text("element", "_")), p.Text("", "*")+" is not there")
	}
	return out
}

func deny(v rego.Version, d rego.Decision, body, message string) string {
	quoted := fmt.Sprintf("%q", message)
	switch {
	case v == rego.V0 && d.Set:
		return fmt.Sprintf("\n%s[msg] {\n  %s\n  msg := %s\n}\n", d.Rule, body, quoted)
	case v == rego.V0:
		return fmt.Sprintf("\n%s {\n  %s\n}\n", d.Rule, body)
	case d.Set:
		return fmt.Sprintf("\n%s contains %s if {\n  %s\n}\n", d.Rule, quoted, body)
	}
	return fmt.Sprintf("\n%s if {\n  %s\n}\n", d.Rule, body)
}
