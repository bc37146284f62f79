package lesson

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

// constants are the values of all constants of a type in a file, so that one that is added later is asked for too.
func constants(t *testing.T, file, typeName string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is || spec.Type == nil || len(spec.Values) != 1 {
			return true
		}
		name, named := spec.Type.(*ast.Ident)
		value, literal := spec.Values[0].(*ast.BasicLit)
		if named && literal && name.Name == typeName {
			text, err := strconv.Unquote(value.Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, text)
		}
		return true
	})
	if len(out) < 5 {
		t.Fatalf("%s has %d constants of type %s: the test does not find them", file, len(out), typeName)
	}
	return out
}

func whole(t *testing.T, what string, p Page) {
	t.Helper()
	if p.Title == "" || p.What == "" || len(p.Proves) == 0 || len(p.Not) == 0 || len(p.Links) == 0 {
		t.Errorf("%s: the page lacks something: %+v", what, p)
	}
}

func TestEveryTopicHasAPage(t *testing.T) {
	topics := constants(t, "topic.go", "Topic")
	for _, topic := range topics {
		whole(t, topic, about(Topic(topic)))
	}
	for _, pages := range []map[Topic]Page{imagePages, signaturePages, attestationPages, otherPages} {
		for topic := range pages {
			if !slices.Contains(topics, string(topic)) {
				t.Errorf("there is a page on %q, and no node is about that", topic)
			}
		}
	}
}

func TestEveryKindOfNodeHasAPage(t *testing.T) {
	seen := map[Topic]bool{}
	for _, kind := range constants(t, "../node.go", "Kind") {
		for _, format := range append(constants(t, "../node.go", "Format"), "") {
			e := &model.Entry{Node: model.Node{ID: "x", Kind: model.Kind(kind), Format: model.Format(format)}}
			l := For(model.NewTree(), e)
			whole(t, kind+" as "+format, l.Page)
			if l.Form.Name == "" || l.Form.Stored == "" || len(l.Form.Links) == 0 {
				t.Errorf("%s as %s: it is not said how it is stored: %+v", kind, format, l.Form)
			}
			if signed := model.Format(format).Signed(); signed != (l.Form.Signed != "") {
				t.Errorf("%s as %s: signed is %v, and the page says %q", kind, format, signed, l.Form.Signed)
			}
			seen[l.Topic] = true
		}
	}
	if len(seen) < 12 {
		t.Errorf("all kinds share %d pages: %v", len(seen), seen)
	}
}

func TestEveryFamilyHasAPageOfItsOwn(t *testing.T) {
	types := map[model.Family]string{
		model.FamilySignature: "https://sigstore.dev/cosign/sign/v1", model.FamilyProvenance: "https://slsa.dev/provenance/v1",
		model.FamilySBOM: "https://spdx.dev/Document", model.FamilySCAI: "https://in-toto.io/attestation/scai/v0.3",
		model.FamilyVuln: "https://in-toto.io/attestation/vulns/v0.1", model.FamilyVEX: "https://openvex.dev/ns/v0.2.0",
		model.FamilyVSA: "https://slsa.dev/verification_summary/v1", model.FamilyOther: "https://example.com/own/v1",
	}
	seen := map[Topic]model.Family{}
	for _, name := range constants(t, "../family.go", "Family") {
		family := model.Family(name)
		if model.FamilyOf(types[family]) != family {
			t.Fatalf("%s: the test knows no type of it", family)
		}
		topic := topicOf(attested(types[family]))
		if other, twice := seen[topic]; twice {
			t.Errorf("%s and %s are one page: %s", family, other, topic)
		}
		seen[topic] = family
		whole(t, name, about(topic))
	}
}

// attested is an entry with a signed statement of a type.
func attested(predicateType string) *model.Entry {
	return &model.Entry{
		Node: model.Node{ID: "x", Kind: model.KindAttestation, Format: model.FormatBundle},
		Attestation: &model.Attestation{
			Envelope: model.EnvelopeBundle, PredicateType: predicateType, Statement: &model.Statement{PredicateType: predicateType},
		},
	}
}

func TestTypesThatAreNoFamilyHaveTheirPages(t *testing.T) {
	for base, want := range predicateTopics {
		if got := topicOf(attested(base + "/v0.1")); got != want {
			t.Errorf("%s is on page %s, want %s", base, got, want)
		}
	}
}

func TestEveryCheckHasAPageForEveryMaterial(t *testing.T) {
	for _, id := range constants(t, "../check.go", "CheckID") {
		for _, format := range constants(t, "../node.go", "Format") {
			p := AboutCheck(model.CheckID(id), model.Format(format))
			for _, text := range []string{p.Title, p.Asks, p.How, p.Proves, p.Not, p.Fails} {
				if text == "" {
					t.Errorf("%s of %s: the page lacks something: %+v", id, format, p)
				}
			}
			if !strings.HasPrefix(p.Title, id+": ") {
				t.Errorf("%s of %s is called %q: it should begin with the check's name", id, format, p.Title)
			}
			linked(t, id, p.Links)
		}
	}
}

func TestEveryLinkIsASectionOfASpecification(t *testing.T) {
	for _, pages := range []map[Topic]Page{imagePages, signaturePages, attestationPages, otherPages} {
		for topic, p := range pages {
			linked(t, string(topic), p.Links)
		}
	}
	for id, f := range forms {
		linked(t, string(id), f.Links)
	}
}

// Where specifications are.
var places = []string{
	"github.com", "slsa.dev", "spdx.github.io", "cyclonedx.org", "docs.sigstore.dev", "www.rfc-editor.org", "www.w3.org", "docs.npmjs.com",
	"peps.python.org", "witness.dev",
}

func linked(t *testing.T, what string, links []Link) {
	t.Helper()
	if len(links) == 0 {
		t.Errorf("%s: there is nothing to read on", what)
	}
	for _, l := range links {
		u, err := url.Parse(l.URL)
		if err != nil || u.Scheme != "https" || !slices.Contains(places, u.Host) || len(u.Path) < 2 || strings.ContainsAny(l.URL, " \t\n") {
			t.Errorf("%s: %q is no section of a specification that we know", what, l.URL)
		}
		if l.Name == "" {
			t.Errorf("%s: %s has no name", what, l.URL)
		}
	}
}

func TestTextsAreSentencesForPeople(t *testing.T) {
	check := func(what, text string) {
		if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
			t.Errorf("%s does not end like a sentence: %q", what, text)
		}
		if strings.Contains(text, "  ") || strings.ContainsAny(text, "\n\t\u2014") {
			t.Errorf("%s is oddly set: %q", what, text)
		}
		for _, sentence := range strings.Split(text, ". ") {
			if n := len(strings.Fields(sentence)); n > 45 {
				t.Errorf("%s has a sentence of %d words: %q", what, n, sentence)
			}
		}
	}
	for _, pages := range []map[Topic]Page{imagePages, signaturePages, attestationPages, otherPages} {
		for topic, p := range pages {
			for _, text := range append(append([]string{p.What}, p.Proves...), p.Not...) {
				check(string(topic), text)
			}
		}
	}
	for id, p := range checkPages {
		for _, text := range []string{p.Asks, p.How, p.Proves, p.Not, p.Fails} {
			check(string(id), text)
		}
	}
}

func TestWordsThatATextUsesAreExplained(t *testing.T) {
	l := For(model.NewTree(), attested("https://slsa.dev/provenance/v1"))
	var got []string
	for _, w := range l.Words {
		if w.Means == "" {
			t.Errorf("%q means nothing", w.Word)
		}
		got = append(got, w.Word)
	}
	for _, want := range []string{"digest", "provenance"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not explained, only %q", want, got)
		}
	}
	if len(got) > mostWords {
		t.Errorf("%d words are too many to read", len(got))
	}
}

func TestNobodySaidWhatNobodySigned(t *testing.T) {
	e := attested("https://spdx.dev/Document")
	e.Node.Format = model.FormatStatement
	for _, text := range For(model.NewTree(), e).Proves {
		if strings.Contains(text, "signer said") {
			t.Errorf("of a statement without a signature the page claims: %s", text)
		}
	}
}
