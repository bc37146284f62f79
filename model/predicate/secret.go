package predicate

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/tidwall/gjson"
)

// maxParameters is how many parameters of a build are looked at, maxParameterDepth how deep they may be nested.
const (
	maxParameters     = 5000
	maxParameterDepth = 8
)

// secretive collects the names of parameters whose values look like secrets. It never keeps a value: what is found
// here is shown, and what is shown is copied.
type secretive struct {
	names []string
	seen  int
}

// secretNames are the names of the parameters in some members of a provenance that look like secrets, one a line.
func secretNames(r gjson.Result, paths ...string) string {
	var s secretive
	for _, path := range paths {
		s.walk("", r.Get(path), 0)
	}
	return strings.Join(s.names, "\n")
}

func (s *secretive) walk(name string, value gjson.Result, depth int) {
	if s.seen++; s.seen > maxParameters || depth > maxParameterDepth || len(s.names) == maxList {
		return
	}
	switch {
	case value.Type == gjson.String:
		s.judge(name, value.String())
	case value.IsArray():
		value.ForEach(func(_, element gjson.Result) bool {
			s.walk(name, element, depth+1)
			return s.seen <= maxParameters
		})
	case value.IsObject():
		if named := text(value, "name"); named != "" && value.Get("value").Exists() { // Tekton's parameters
			s.walk(named, value.Get("value"), depth+1)
			return
		}
		value.ForEach(func(key, member gjson.Result) bool {
			if !strings.HasPrefix(key.String(), "label:") { // BuildKit's labels end up in the image, for all to read
				s.walk(strings.TrimPrefix(key.String(), "build-arg:"), member, depth+1)
			}
			return s.seen <= maxParameters
		})
	}
}

func (s *secretive) judge(name, value string) {
	if value = strings.TrimSpace(value); harmless(value) || len(value) > maxField {
		return
	}
	if fingerprint.MatchString(name + "=" + value) {
		return
	}
	open := slices.ContainsFunc(words(name), func(word string) bool { return openWords[word] })
	if knownSecret.MatchString(value) || !open && (secretName(name) || random(value)) {
		s.names = append(s.names, clip(strings.Join(strings.Fields(name), " "), maxTitle))
	}
}

// harmless are values that say nothing: too short, switched on or off, masked, or a reference to what holds the secret.
func harmless(value string) bool {
	switch strings.ToLower(value) {
	case "true", "false", "null", "none", "read", "write":
		return true
	}
	return len(value) < 4 || strings.HasPrefix(value, "$") || strings.HasPrefix(value, "/") || strings.Trim(value, "*") == "" ||
		len(value) < 6 && strings.Trim(value, "0123456789") == ""
}

// fingerprint is a PGP key's fingerprint or id under a name that says so, as images pin the keys that they check with.
var fingerprint = regexp.MustCompile(`(?i)^[a-z_-]*(gpg|pgp)[a-z_-]*=[0-9a-f]{16,40}$`)

// knownSecret are the shapes of the secrets of well-known services, private keys, and URLs with a password in them.
var knownSecret = regexp.MustCompile(`^(gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|ASIA|sk_live_|npm_|pypi-|AIza)[A-Za-z0-9_-]{12,}` +
	`|^eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{4,}\.|-----BEGIN [A-Z ]*PRIVATE KEY|^[a-z][a-z+]*://[^/\s:@]*:[^/\s:@$]{4,}@`)

// secretWords are words in the name of a secret; tellingWords end a name of what tells something about a secret;
// openWords are in the names of keys and texts that are meant to be seen.
var (
	secretWords = map[string]bool{
		"token": true, "secret": true, "password": true, "passwd": true, "passphrase": true, "pwd": true, "apikey": true,
		"key": true, "tokens": true, "secrets": true, "passwords": true, "credential": true, "credentials": true, "pat": true,
	}
	tellingWords = map[string]bool{
		"id": true, "name": true, "file": true, "path": true, "url": true, "uri": true, "version": true, "type": true,
		"server": true, "algorithm": true, "ref": true, "fingerprint": true, "hash": true,
	}
	openWords = map[string]bool{"public": true, "pub": true, "cache": true, "sort": true, "primary": true}
)

// secretName reports whether a name is that of a secret: "NPM_TOKEN" and "registryPassword", but not "TOKEN_URL" or
// "tokenizer".
func secretName(name string) bool {
	secret, last := false, ""
	for _, word := range words(name) {
		secret = secret || secretWords[word]
		last = word
	}
	return secret && !tellingWords[last]
}

// words are the parts of a name in lower case: at anything that is no letter or digit, and where lower case turns upper.
func words(name string) []string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		if unicode.IsUpper(r) && lower {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// A value is taken for random if it is one word of some length in base64's alphabet, mixes cases and digits, and has
// more bits for each character than words and identifiers have. Digests and UUIDs are in hex and do not mix cases.
const (
	minRandom = 24
	maxRandom = 512
	minBits   = 4.2
)

var randomShape = regexp.MustCompile(`^[A-Za-z0-9+/_=-]+$`)

func random(value string) bool {
	if len(value) < minRandom || len(value) > maxRandom || !randomShape.MatchString(value) {
		return false
	}
	var upper, lower, digits int
	counts := map[rune]int{}
	for _, r := range value {
		counts[r]++
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		case unicode.IsDigit(r):
			digits++
		}
	}
	if upper < 3 || lower < 3 || digits < 3 {
		return false
	}
	bits, n := 0.0, float64(len(value))
	for _, count := range counts {
		p := float64(count) / n
		bits -= p * math.Log2(p)
	}
	return bits >= minBits
}
