package policy

import (
	"path"
	"regexp"
	"regexp/syntax"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/verifier/trust"
)

// identity reports issuers, subjects and sources that match nothing or everything.
func (r *reader) identity(f map[string]*yaml.Node, s trust.Signer) {
	switch {
	case s.Issuer == "":
	case !strings.HasPrefix(s.Issuer, "https://") && !strings.HasPrefix(s.Issuer, "http://"):
		r.problem(f["issuer"], "an issuer is a URL, like https://token.actions.githubusercontent.com")
	case strings.Contains(s.Issuer, "*"):
		r.problem(f["issuer"], "the issuer is compared exactly, so that %q matches nothing", s.Issuer)
	case strings.HasPrefix(s.Issuer, "https://github.com/") && s.Issuer != "https://github.com/login/oauth":
		r.problem(f["issuer"], "%s issues no identities; those of GitHub Actions are by https://token.actions.githubusercontent.com", s.Issuer)
	}
	if strings.Contains(s.Subject, "*") {
		r.problem(f["subject"], "the subject is compared exactly, so that %q matches nothing; a pattern goes under subject_regexp", s.Subject)
	}
	if s.SubjectRegexp != "" {
		r.wholePattern(f["subject_regexp"], s.SubjectRegexp)
	}
	if s.SourceRepository != "" && canonicalSource(s.SourceRepository) != s.SourceRepository {
		r.problem(f["source_repository"], "%q is no repository as certificates name it: write it like https://github.com/org/repo, without .git or pattern", s.SourceRepository)
	}
}

// strangers are identities that no sensible pattern matches all of.
var strangers = []string{
	"https://github.com/mallory/evil/.github/workflows/x.yml@refs/heads/main", "https://evil.example/?", "mallory@evil.example",
}

// wholePattern reports a pattern that matches everybody, or nobody.
func (r *reader) wholePattern(n *yaml.Node, pattern string) {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		r.problem(n, "the pattern %q cannot be read: %s", pattern, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
		return
	}
	if !possible(tree.Simplify()) {
		r.problem(n, "the pattern %q matches nothing", pattern)
		return
	}
	whole, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil {
		r.problem(n, "the pattern %q cannot be read", pattern)
		return
	}
	for _, stranger := range strangers {
		if !whole.MatchString(stranger) {
			return
		}
	}
	r.problem(n, "the pattern %q matches everybody", pattern)
}

// possible reports whether a pattern can match anything. It may be wrong about what is possible, not about what is not.
func possible(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpNoMatch:
		return false
	case syntax.OpCharClass:
		return len(re.Rune) > 0
	case syntax.OpCapture, syntax.OpPlus:
		return possible(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min == 0 || possible(re.Sub[0])
	case syntax.OpConcat:
		return possibleRow(re.Sub)
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if possible(sub) {
				return true
			}
		}
		return false
	case syntax.OpEmptyMatch, syntax.OpLiteral, syntax.OpAnyCharNotNL, syntax.OpAnyChar, syntax.OpBeginLine, syntax.OpEndLine,
		syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpStar, syntax.OpQuest:
	}
	return true
}

// possibleRow judges parts that follow each other: the text must not begin after some of it, nor go on after its end.
func possibleRow(parts []*syntax.Regexp) bool {
	begun, ended := false, false
	for _, part := range parts {
		long := atLeastOne(part)
		if !possible(part) || part.Op == syntax.OpBeginText && begun || ended && long {
			return false
		}
		begun = begun || long
		ended = ended || part.Op == syntax.OpEndText
	}
	return true
}

// atLeastOne reports whether a pattern surely takes a character.
func atLeastOne(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpLiteral, syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return true
	case syntax.OpCapture, syntax.OpPlus:
		return atLeastOne(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min > 0 && atLeastOne(re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if atLeastOne(sub) {
				return true
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !atLeastOne(sub) {
				return false
			}
		}
		return true
	case syntax.OpNoMatch, syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpStar, syntax.OpQuest:
	}
	return false
}

// readScope reads a pattern of "registry/repository" names, and reports one that matches none or all.
func (r *reader) readScope(n *yaml.Node) string {
	s := r.text(n)
	if s == "" {
		return ""
	}
	registry, repository, parted := strings.Cut(s, "/")
	last := s[strings.LastIndex(s, "/")+1:]
	var why string
	switch {
	case strings.Trim(s, "*/") == "":
		why = "it matches everything; leave the field out to say so"
	case strings.Contains(s, "://"):
		why = "it matches nothing; leave the scheme out"
	case !parted && strings.Contains(last, "."):
		why = "it matches nothing; for a whole registry write " + s + "/**"
	case !parted, !strings.ContainsAny(registry, ".:*?[") && registry != "localhost":
		why = "it matches nothing without a registry; on Docker Hub names are like docker.io/library/nginx and docker.io/org/app"
	case strings.ContainsAny(last, ":@"):
		why = "it matches nothing; leave tag and digest out"
	case strings.HasSuffix(s, "/") || strings.Contains(s, "//") || strings.HasPrefix(s, "/"):
		why = "it matches nothing, because a part of it is empty"
	case repository != strings.ToLower(repository):
		why = "it matches nothing, because repositories are in lower case"
	case registry == "index.docker.io" || registry == "registry-1.docker.io":
		why = "it matches nothing; Docker Hub is called docker.io"
	default:
		for _, part := range strings.Split(s, "/") {
			if _, err := path.Match(part, ""); err != nil {
				why = "its brackets do not close"
			}
		}
		if why == "" {
			return s
		}
	}
	r.problem(n, "the pattern %q is of no use: %s", s, why)
	return ""
}
