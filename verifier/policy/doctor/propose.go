package doctor

import (
	"regexp"
	"slices"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/kyverno"
	"github.com/attestree/attestree/verifier/policy/pointer"
)

// maxMends bounds how many mistakes of one file are mended one after the other.
const maxMends = 20

// proposeKyverno looks for a corrected text, one mistake after the other: each may hide the next. It is shown only if it
// holds.
func (e *examiner) proposeKyverno(f File, image kyverno.Image, rules []diagnosis.Rule) {
	text, switched := string(f.Data), map[string]bool{}
	for range maxMends {
		parsed, err := kyverno.Parse(f.Name, []byte(text))
		if err != nil {
			return
		}
		next := e.mendKyverno(text, parsed, image, switched)
		if next == text {
			break
		}
		text = next
	}
	if text == string(f.Data) {
		return
	}
	if c := e.tryKyverno(f, text, image); c != nil {
		attach(rules, c)
	}
}

// tryKyverno evaluates a candidate on the image and on tampered copies; nil if it does not hold.
func (e *examiner) tryKyverno(f File, text string, image kyverno.Image) *diagnosis.Correction {
	parsed, err := kyverno.Parse(f.Name, []byte(text))
	if err != nil {
		return nil
	}
	c := &diagnosis.Correction{Result: kyvernoOn(parsed, image), Text: text, Changes: changes(string(f.Data), text)}
	if c.Result != diagnosis.Met && c.Result != diagnosis.NotMet {
		return nil
	}
	foreign := image
	foreign.Nodes = slices.Clone(image.Nodes)
	for i := range foreign.Nodes {
		foreign.Nodes[i].Signer = model.Signer{
			Kind: model.SignerCertificate, Issuer: issuerActions, Subject: strangers[0], Fingerprint: "sha256:" + strings.Repeat("0", 64),
		}
	}
	if kyvernoPasses(parsed, foreign) {
		return nil
	}
	if c.Result != diagnosis.Met { // it refuses every copy then
		return c
	}
	c.Tampered = append(c.Tampered, "everything is signed by a stranger")
	for _, o := range parsed.Judge(image) {
		i := slices.IndexFunc(image.Nodes, func(n kyverno.Node) bool { return n.ID == o.Node })
		if o.Condition == nil || i < 0 {
			continue
		}
		for _, r := range o.Reads {
			says, ok := refused(tamper(image.Nodes[i].Statement, append(pointer.Keys("predicate"), r.Path...)), func(copied copyOf) bool {
				altered := image
				altered.Nodes = slices.Clone(image.Nodes)
				altered.Nodes[i].Statement = copied.statement
				return !kyvernoPasses(parsed, altered)
			})
			if !ok {
				return nil
			}
			c.Tampered = append(c.Tampered, says...)
		}
	}
	would := slices.ContainsFunc(parsed.Judge(image), func(o kyverno.Outcome) bool { return o.WouldBe })
	if c.Result == diagnosis.Met && would {
		c.Result, c.WouldBe = diagnosis.NotMet, true
	}
	slices.Sort(c.Tampered)
	c.Tampered = slices.Compact(c.Tampered)
	return c
}

// kyvernoOn is what Kyverno would make of an image: the worst outcome. What would be met is met here, for a copy that
// passes so would pass.
func kyvernoOn(f *kyverno.File, image kyverno.Image) diagnosis.Result {
	worst := diagnosis.Met
	for _, o := range f.Judge(image) {
		switch {
		case o.Result == diagnosis.Met || o.WouldBe || worst == diagnosis.Unsupported:
		case o.Result == diagnosis.Unsupported || worst != diagnosis.Undefined:
			worst = o.Result
		}
	}
	return worst
}

// kyvernoPasses reports whether Kyverno lets an image pass, also where it does not look.
func kyvernoPasses(f *kyverno.File, image kyverno.Image) bool {
	return !slices.ContainsFunc(f.Judge(image), func(o kyverno.Outcome) bool {
		return o.Result != diagnosis.Met && !o.WouldBe && !o.FailsOpen
	})
}

// mendKyverno mends the first mistake that it can; the text as it is if there is none. switched are the rules whose type
// was changed already.
func (e *examiner) mendKyverno(text string, f *kyverno.File, image kyverno.Image, switched map[string]bool) string {
	for _, rule := range f.Rules {
		for _, set := range everySet(rule) {
			for _, a := range set.Entries {
				if next := e.mendAttestor(text, a, rule.Format, image); next != text {
					return next
				}
			}
		}
	}
	for _, o := range f.Judge(image) {
		next := text
		switch {
		case o.Result == diagnosis.Met || o.WouldBe:
			continue
		case hidden(o) && !switched[o.Rule.Path]:
			switched[o.Rule.Path] = true
			next = withFormat(text, o.Rule)
		case o.Type != "" && o.Condition == nil && o.Node == "":
			if similar := e.similarType(o.Type); similar != "" {
				next = replaceFrom(text, o.Line, o.Type, similar)
			}
		case o.Condition != nil:
			next = e.mendCondition(text, o)
		}
		if next != text {
			return next
		}
	}
	return text
}

// hidden reports whether what is asked for is there, and the rule's type keeps Kyverno from it.
func hidden(o kyverno.Outcome) bool {
	return slices.ContainsFunc(o.Unseen, func(n kyverno.Node) bool {
		return o.Attestor == nil || o.Attestor.Matches(n.Signer, kyverno.Cosign)
	})
}

// mendAttestor corrects an issuer that is none, and a subject with a * where that is no pattern.
func (e *examiner) mendAttestor(text string, a kyverno.Attestor, format kyverno.Format, image kyverno.Image) string {
	if a.Key != nil || a.Nested != nil {
		return text
	}
	if _, bad := aboutIssuer(a.Issuer); bad {
		bare := a
		bare.Issuer = ""
		for _, n := range image.Nodes {
			if n.Trusted && a.Subject+a.SubjectRegexp != "" && bare.Matches(n.Signer, kyverno.Cosign) {
				return replaceFrom(text, a.Line, a.Issuer, n.Signer.Issuer)
			}
		}
	}
	if format == kyverno.SigstoreBundle && strings.Contains(a.Subject, "*") && a.SubjectRegexp == "" {
		pattern := strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(a.Subject))
		return asPattern(text, a.Line, a.Subject, "^"+pattern+"$")
	}
	return text
}

// asPattern replaces the line of a subject by one of subjectRegExp.
func asPattern(text string, line int, subject, pattern string) string {
	from := offset(text, line)
	at := strings.Index(text[from:], "subject:")
	if at < 0 {
		return text
	}
	from += at
	end := from + strings.IndexByte(text[from:]+"\n", '\n')
	if !strings.Contains(text[from:end], subject) {
		return text
	}
	return text[:from] + "subjectRegExp: '" + strings.ReplaceAll(pattern, "'", "''") + "'" + text[end:]
}

// withFormat gives a rule the other type.
func withFormat(text string, r kyverno.Rule) string {
	wanted := kyverno.SigstoreBundle
	if r.Format == kyverno.SigstoreBundle {
		wanted = kyverno.Cosign
	}
	if r.FormatLine > 0 {
		return replaceFrom(text, r.FormatLine, string(r.Format), string(wanted))
	}
	from := offset(text, r.Line)
	line, _, _ := strings.Cut(text[from:], "\n")
	dash := strings.Index(line, "- ")
	if dash < 0 || strings.TrimSpace(line[:dash]) != "" || strings.HasPrefix(strings.TrimSpace(line[dash+1:]), "{") {
		return text
	}
	rest := line[dash+1:]
	gap := rest[:len(rest)-len(strings.TrimLeft(rest, " "))]
	return text[:from] + line[:dash+1] + gap + "type: " + string(wanted) + "\n" + strings.Repeat(" ", dash+1) + gap + text[from+dash+1+len(gap):]
}

// mendCondition corrects a path that leads nowhere.
func (e *examiner) mendCondition(text string, o kyverno.Outcome) string {
	i := slices.IndexFunc(e.subjects, func(s subject) bool { return s.id() == o.Node })
	if i < 0 {
		return text
	}
	s := e.subjects[i]
	for _, r := range o.Reads {
		if r.Missing == nil {
			continue
		}
		found, ok := suggest(s.floats(), s.nested, append(pointer.Keys("predicate"), r.Path...))
		if !ok || len(found.path) < 2 {
			continue
		}
		better, kept := found.path[1:], 0
		for kept < len(better)-1 && kept < len(r.Path)-1 && better[len(better)-1-kept] == r.Path[len(r.Path)-1-kept] {
			kept++
		}
		before, after := r.Path[:len(r.Path)-kept], better[:len(better)-kept]
		return replaceFrom(text, o.Line, before.Text("", "*"), after.Text("", "*"))
	}
	return text
}

// offset is where a line begins, in bytes.
func offset(text string, line int) int {
	at := 0
	for range line - 1 {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			return len(text)
		}
		at += next + 1
	}
	return at
}

// replaceFrom replaces the first occurrence of a text from a line on.
func replaceFrom(text string, line int, before, after string) string {
	from := offset(text, line)
	at := strings.Index(text[from:], before)
	if before == "" || at < 0 {
		return text
	}
	return text[:from+at] + after + text[from+at+len(before):]
}
