package policy

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/slsa"
)

// rules is what a policy file asks of an image, as written.
type rules struct {
	signature bool
	require   []string // families and exact predicate types, in the order of the file
	scai      *scaiRule
	packages  *int // least number of packages in an SBOM
	ages      []ageRule
	level     int // least SLSA level, 0 for none
	builders  []slsa.Builder
	sources   []string
	verifiers []verifierRule
}

// scaiRule is what an SCAI report must say.
type scaiRule struct {
	attribute   string
	maxBlocking *int
	minTools    *int
}

// ageRule bounds how old something may be.
type ageRule struct {
	of   string // "signature", a family or an exact predicate type
	max  time.Duration
	text string // as written
}

// verifierRule is a pair of a trusted signer and the verifier whose summaries that signer may sign.
type verifierRule struct{ signer, verifier, resource string }

// families can be required by name.
var families = []string{
	string(model.FamilyProvenance), string(model.FamilySBOM), string(model.FamilySCAI), string(model.FamilyVuln),
	string(model.FamilyVEX), string(model.FamilyVSA),
}

// nothing reports whether nothing is asked.
func (r rules) nothing() bool { return !r.signature && len(r.require) == 0 }

// readRules reads everything of the policy but who is trusted.
func (r *reader) readRules(f map[string]*yaml.Node) rules {
	out := rules{signature: r.boolean(f["require_signature"], false)}
	out.require = r.list(f["require"], true, func(n *yaml.Node) string {
		s := r.text(n)
		if s == string(model.FamilySignature) {
			r.problem(n, "a signature is asked for with require_signature: true")
			return ""
		}
		return r.purpose(n, s, families)
	})
	out.scai = r.readSCAI(f["scai"])
	if n := f["sbom"]; n != nil {
		sbom := r.mapping(n, "sbom", "min_packages")
		out.packages = r.number(sbom["min_packages"], 1, 1<<30)
		r.needs(n, sbom, "sbom", "min_packages")
	}
	out.ages = r.readAges(f["max_age"])
	r.readSLSA(f["slsa"], &out)
	out.verifiers = r.readVerifiers(f["vsa"])
	out.imply()
	if n := f["require"]; slices.Contains(out.require, string(model.FamilyVSA)) && len(out.verifiers) == 0 && f["vsa"] == nil {
		if n == nil {
			n = f["max_age"]
		}
		r.problem(n, "vsa is required, but no verifier is named: a summary counts only for a pair of a signer and a verifier, listed under vsa")
	}
	return out
}

// imply requires whatever a rule is about: a rule about something that need not be there would hold for nothing.
func (r *rules) imply() {
	want := func(of string) {
		if of == string(model.FamilySignature) {
			r.signature = true
		} else if !slices.Contains(r.require, of) {
			r.require = append(r.require, of)
		}
	}
	if r.scai != nil {
		want(string(model.FamilySCAI))
	}
	if r.packages != nil {
		want(string(model.FamilySBOM))
	}
	if r.level > 0 || len(r.builders) > 0 || len(r.sources) > 0 {
		want(string(model.FamilyProvenance))
	}
	if len(r.verifiers) > 0 {
		want(string(model.FamilyVSA))
	}
	for _, age := range r.ages {
		want(age.of)
	}
}

// purpose checks a word that is one of the known ones or an exact predicate type.
func (r *reader) purpose(n *yaml.Node, s string, known []string) string {
	switch {
	case s == "" || slices.Contains(known, s):
		return s
	case !strings.Contains(s, "://"):
		r.problem(n, "%q is neither one of %s nor a predicate type like https://slsa.dev/provenance/v1", s, strings.Join(known, ", "))
		return ""
	case strings.ContainsAny(s, "* "):
		r.problem(n, "predicate types are compared exactly, so that %q matches nothing", s)
		return ""
	}
	return s
}

// needs reports a mapping that says nothing because none of its fields is there.
func (r *reader) needs(n *yaml.Node, fields map[string]*yaml.Node, what, example string) {
	if n.Kind == yaml.MappingNode && len(n.Content) == 0 && len(fields) == 0 {
		r.problem(n, "%s says nothing; it needs %s", what, example)
	}
}

func (r *reader) readSCAI(n *yaml.Node) *scaiRule {
	if n == nil {
		return nil
	}
	f := r.mapping(n, "scai", "attribute", "max_blocking", "min_tools")
	rule := &scaiRule{
		attribute: r.text(f["attribute"]), maxBlocking: r.number(f["max_blocking"], 0, 1<<30), minTools: r.number(f["min_tools"], 1, 1<<30),
	}
	if f["attribute"] == nil && n.Kind == yaml.MappingNode {
		r.problem(n, "scai needs the attribute that must be asserted, like MCP_SECURITY_SCAN_PASSED")
	}
	return rule
}

var duration = regexp.MustCompile(`^([1-9][0-9]{0,4})([hdw])$`)

// maxAge is the largest age that can be asked for: nothing is older.
const maxAge = 10 * 365 * 24 * time.Hour

func (r *reader) readAges(n *yaml.Node) []ageRule {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		r.problem(n, "max_age needs an age for each kind, like {scai: 30d}")
		return nil
	}
	var out []ageRule
	known := append([]string{string(model.FamilySignature)}, families...)
	for i := 0; i+1 < len(n.Content) && i < 2*maxItems; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		of := r.purpose(key, r.text(key), known)
		age, ok := r.age(value)
		switch {
		case of == "" || !ok:
		case slices.ContainsFunc(out, func(a ageRule) bool { return a.of == of }):
			r.problem(key, "%s is there twice", of)
		default:
			out = append(out, ageRule{of: of, max: age, text: value.Value})
		}
	}
	return out
}

func (r *reader) age(n *yaml.Node) (time.Duration, bool) {
	units := map[string]time.Duration{"h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}
	parts := duration.FindStringSubmatch(n.Value)
	if n.Kind != yaml.ScalarNode || parts == nil {
		r.problem(n, "an age like 12h, 30d or 4w is needed here")
		return 0, false
	}
	count, err := strconv.Atoi(parts[1])
	unit := units[parts[2]]
	if err != nil || time.Duration(count) > maxAge/unit {
		r.problem(n, "an age of more than ten years allows everything; leave it out")
		return 0, false
	}
	return time.Duration(count) * unit, true
}

func (r *reader) readSLSA(n *yaml.Node, out *rules) {
	if n == nil {
		return
	}
	f := r.mapping(n, "slsa", "minimum_level", "builders", "sources")
	if level := r.number(f["minimum_level"], 1, 3); level != nil {
		out.level = *level
	}
	out.builders = r.readBuilders(f["builders"])
	out.sources = r.list(f["sources"], true, func(item *yaml.Node) string {
		s := r.text(item)
		if s != "" && canonicalSource(s) != s {
			r.problem(item, "%q is no repository as it is compared: write it like https://github.com/org/repo, without .git, ref or pattern", s)
			return ""
		}
		return s
	})
	if out.level >= 2 && len(out.sources) == 0 && emptyList(f["sources"]) {
		r.problem(f["minimum_level"], "a level of %d without sources says nothing: anybody's repository can be built at that level; name yours under sources", out.level)
	}
	r.needs(n, f, "slsa", "minimum_level, builders or sources")
}

// readBuilders reads the builders that are allowed, and known beside the built-in ones: workflows, and pairs of a key and
// the builder.id that its holder may state.
func (r *reader) readBuilders(n *yaml.Node) []slsa.Builder {
	var out []slsa.Builder
	r.list(n, true, func(item *yaml.Node) string {
		if item.Kind == yaml.MappingNode {
			f := r.mapping(item, "a builder", "signer", "id")
			b := slsa.Builder{Signer: r.text(f["signer"]), ID: r.text(f["id"])}
			if f["signer"] == nil || f["id"] == nil {
				r.problem(item, "a builder that signs with a key needs the name of that trusted key as signer, and its builder.id as id")
			}
			b.Name = b.ID
			out = append(out, b)
			return b.Signer + " " + b.ID
		}
		s := r.text(item)
		if s == "" {
			return ""
		}
		b, err := slsa.ParseBuilder(s)
		if err != nil {
			r.problem(item, "%s", err.Error())
			return ""
		}
		out = append(out, b)
		return s
	})
	return out
}

func emptyList(n *yaml.Node) bool { return n == nil || len(n.Content) == 0 }

func (r *reader) readVerifiers(n *yaml.Node) []verifierRule {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 || len(n.Content) > maxItems {
		r.problem(n, "vsa needs a list of pairs, like [{signer: NAME, verifier: URI}]")
		return nil
	}
	var out []verifierRule
	for _, item := range n.Content {
		f := r.mapping(item, "a pair of vsa", "signer", "verifier", "resource")
		pair := verifierRule{signer: r.text(f["signer"]), verifier: r.text(f["verifier"]), resource: r.text(f["resource"])}
		if item.Kind == yaml.MappingNode && (f["signer"] == nil || f["verifier"] == nil) {
			r.problem(item, "a pair of vsa needs the name of a trusted key as signer, and the verifier's id as verifier")
		}
		out = append(out, pair)
	}
	return out
}

// canonicalSource is a repository in the one form that is compared: an https URL with a host in lower case and a path
// without ".git". It is "" for anything that is no such repository.
func canonicalSource(s string) string {
	u, err := url.Parse(strings.TrimPrefix(s, "git+"))
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Opaque != "" {
		return ""
	}
	repository := strings.TrimSuffix(strings.TrimRight(u.Path, "/"), ".git")
	if strings.Trim(repository, "/") == "" || strings.ContainsAny(repository, "*@? \\%") || path.Clean(repository) != repository {
		return ""
	}
	return "https://" + strings.TrimSuffix(strings.ToLower(u.Host), ":443") + repository
}
