package policy

import (
	"errors"
	"strings"
	"testing"
)

// entry is a policy with one entry of trusted_keys, whose fields begin in line 3, column 8.
func entryWith(fields string) string {
	return "signing_policy:\n  trusted_keys:\n    - {" + fields + "}\n"
}

func identity(more string) string {
	return entryWith("name: a, keyless: true, issuer: '" + actions + "', subject: 'x@example.com'" + more)
}

func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	pem := strings.ReplaceAll(testPEM(t), "\n", "\\n")
	for name, c := range map[string]struct{ data, want string }{
		"no YAML":                           {"signing_policy: [\n", "p:1:1: this is not YAML"},
		"bytes that are no text":            {"signing_policy: \xff", "p:1:1: the file is not UTF-8"},
		"a file that is too large":          {strings.Repeat("#", maxFile+1), "larger than"},
		"a comment that ends unseen":        {"# x\u2028signing_policy: {}\n", "p:1:1: there is a line break in this line"},
		"a carriage return alone":           {"signing_policy: {}\n# x\ry", "p:2:1: there is a line break in this line"},
		"a list":                            {"- a\n", "p:1:1: the file must be a mapping"},
		"another file":                      {"apiVersion: v1\n", `p:1:1: unknown field "apiVersion" in the file; known are signing_policy`},
		"an empty mapping":                  {"{}\n", "p:1:1: there is no signing_policy"},
		"two documents":                     {"signing_policy: {}\n---\nsigning_policy: {}\n", "a second document"},
		"a second document that is broken":  {"signing_policy: {}\n---\n[\n", "not YAML"},
		"an alias":                          {"signing_policy:\n  require: &a [sbom]\n  sbom: *a\n", "aliases are not supported"},
		"an anchor":                         {"signing_policy:\n  require: &a [sbom]\n", "p:2:12: anchors are not supported"},
		"a tag":                             {"signing_policy:\n  require_signature: !!bool true\n", "p:2:22: tags are not supported"},
		"more fields than anybody needs":    {"signing_policy:\n" + strings.Repeat("  a: b\n", 1000), "p:2:3: more than"},
		"a merge key":                       {"signing_policy:\n  <<: {require: [sbom]}\n", `p:2:3: unknown field "<<"`},
		"deep nesting":                      {"signing_policy: " + strings.Repeat("[", 40) + strings.Repeat("]", 40), "nested too deep"},
		"an unknown field":                  {"signing_policy:\n  requires: [sbom]\n", "p:2:3: unknown field \"requires\" in signing_policy; did you mean require?"},
		"a field of another tool":           {identity(", expires_at: 2027-01-01"), `unknown field "expires_at" in a trusted key; it is called expires here`},
		"a field that is there twice":       {"signing_policy:\n  require: [sbom]\n  require: [scai]\n", "p:3:3: require is there twice"},
		"a word for true":                   {"signing_policy:\n  require_signature: yes\n", "p:2:22: true or false is needed"},
		"a text for a list":                 {"signing_policy:\n  require: sbom\n", "p:2:12: a list is needed"},
		"a number for a text":               {"signing_policy:\n  require: [1]\n", "p:2:13: a text is needed"},
		"an unknown family":                 {"signing_policy:\n  require: [sboms]\n", `p:2:13: "sboms" is neither one of slsa-provenance, sbom`},
		"a family that is there twice":      {"signing_policy:\n  require: [sbom, sbom]\n", "p:2:19: sbom is there twice"},
		"a signature among the families":    {"signing_policy:\n  require: [signature]\n", "require_signature: true"},
		"a pattern of a predicate type":     {"signing_policy:\n  require: ['https://slsa.dev/*']\n", "matches nothing"},
		"scai without an attribute":         {"signing_policy:\n  scai: {max_blocking: 0}\n", "p:2:9: scai needs the attribute"},
		"a negative count":                  {"signing_policy:\n  scai: {attribute: A, max_blocking: -1}\n", "p:2:38: a whole number from 0"},
		"no tools":                          {"signing_policy:\n  scai: {attribute: A, min_tools: 0}\n", "a whole number from 1"},
		"sbom with nothing":                 {"signing_policy:\n  sbom: {}\n", "p:2:9: sbom says nothing"},
		"slsa with nothing":                 {"signing_policy:\n  slsa: {}\n", "p:2:9: slsa says nothing"},
		"an age without a unit":             {"signing_policy:\n  max_age: {scai: 30}\n", "p:2:19: an age like"},
		"an age of centuries":               {"signing_policy:\n  max_age: {scai: 5000d}\n", "allows everything"},
		"an age of nothing":                 {"signing_policy:\n  max_age: {}\n", "p:2:12: max_age needs"},
		"an age of an unknown kind":         {"signing_policy:\n  max_age: {scan: 3d}\n", `p:2:13: "scan" is neither`},
		"an age that is there twice":        {"signing_policy:\n  max_age: {scai: 3d, scai: 4d}\n", "p:2:23: scai is there twice"},
		"a level without sources":           {"signing_policy:\n  slsa: {minimum_level: 2}\n", "p:2:25: a level of 2 without sources"},
		"a level with no sources":           {"signing_policy:\n  slsa: {minimum_level: 3, sources: []}\n", "p:2:25: a level of 3 without sources"},
		"a level that does not exist":       {"signing_policy:\n  slsa: {minimum_level: 4}\n", "a whole number from 1 to 3"},
		"a source with .git":                {"signing_policy:\n  slsa: {sources: ['https://github.com/a/b.git']}\n", "p:2:20: \"https://github.com/a/b.git\" is no repository"},
		"a source that is a pattern":        {"signing_policy:\n  slsa: {sources: ['https://github.com/a/*']}\n", "is no repository"},
		"a builder without a ref":           {"signing_policy:\n  slsa: {builders: ['https://github.com/a/b/.github/workflows/c.yml']}\n", "p:2:21: builder"},
		"a builder half named":              {"signing_policy:\n  slsa: {builders: [{id: 'https://x.example'}]}\n", "needs the name of that trusted key"},
		"a builder of an unknown key":       {"signing_policy:\n  slsa: {builders: [{signer: x, id: 'https://x.example'}]}\n", `slsa names the signer "x"`},
		"vsa without a verifier":            {"signing_policy:\n  require: [vsa]\n", "p:2:12: vsa is required, but no verifier"},
		"a verifier of an unknown key":      {"signing_policy:\n  vsa: [{signer: x, verifier: 'https://x.example'}]\n", `vsa names the signer "x"`},
		"half a pair":                       {"signing_policy:\n  vsa: [{signer: x}]\n", "p:2:9: a pair of vsa needs"},
		"vsa that is no list":               {"signing_policy:\n  vsa: {signer: x}\n", "vsa needs a list"},
		"trusted_keys that is no list":      {"signing_policy:\n  trusted_keys: {name: a}\n", "p:2:17: trusted_keys must be a list"},
		"an entry without a name":           {entryWith("keyless: true, issuer: '" + actions + "', subject: x"), "p:3:7: the entry has no name"},
		"a name that is there twice":        {identity("") + "    - {name: a, keyless: true, issuer: '" + actions + "', subject: y}\n", `p:4:7: another entry is called "a"`},
		"nobody":                            {entryWith("name: a"), "neither keyless nor a key"},
		"an identity that is not keyless":   {entryWith("name: a, issuer: '" + actions + "', subject: x"), "needs keyless: true"},
		"no issuer":                         {entryWith("name: a, keyless: true, subject: x"), "needs an issuer"},
		"no subject":                        {entryWith("name: a, keyless: true, issuer: '" + actions + "'"), "needs a subject"},
		"two subjects":                      {identity(", subject_regexp: 'x@.*'"), "give subject or subject_regexp, not both"},
		"a key and an identity":             {identity(`, key: "` + pem + `"`), "both keyless and a key"},
		"a key and a reference":             {entryWith(`name: a, key_ref: "kms://b", enabled: false, key: "` + pem + `"`), "give key or key_ref, not both"},
		"a key with an issuer":              {entryWith(`name: a, key: "` + pem + `", issuer: '` + actions + `'`), "a key says nothing about issuer"},
		"a key with triggers":               {entryWith(`name: a, key: "` + pem + `", triggers: [push]`), "a key says nothing about triggers"},
		"a key that is a path":              {entryWith("name: a, key: cosign.pub"), "p:3:22: read public key a: not PEM"},
		"a reference without a kind":        {entryWith("name: a, key_ref: release, enabled: false"), "p:3:26: a reference to a key"},
		"an identity without a log":         {identity(", require_log: false"), "only a key can do without a log"},
		"a period that ends first":          {identity(", valid_from: 2026-02-01, valid_until: 2026-01-01"), "valid until before it is valid from"},
		"an entry that expires first":       {identity(", valid_from: 2026-02-01, expires: 2026-01-01"), "it expires before it is valid"},
		"no date":                           {identity(", expires: soon"), "a date like 2027-01-31"},
		"an impossible date":                {identity(", expires: 2027-02-31"), "a date like 2027-01-31"},
		"an empty list of purposes":         {identity(", for: []"), "an empty list says neither"},
		"an unknown purpose":                {identity(", for: [signatures]"), `"signatures" is neither one of signature, slsa-provenance`},
		"an empty text":                     {identity(", root: ''"), "this is empty"},
		"a text with spaces around it":      {identity(", root: ' corp'"), "spaces around"},
		"a text that hides something":       {identity(`, root: "corp\u200b"`), "cannot be seen"},
		"GitHub as an issuer":               {entryWith("name: a, keyless: true, issuer: 'https://github.com/actions', subject: x"), "issues no identities"},
		"an issuer that is no URL":          {entryWith("name: a, keyless: true, issuer: accounts.google.com, subject: x"), "an issuer is a URL"},
		"a pattern as an issuer":            {entryWith("name: a, keyless: true, issuer: 'https://*', subject: x"), "the issuer is compared exactly"},
		"a pattern as a subject":            {entryWith("name: a, keyless: true, issuer: '" + actions + "', subject: 'https://github.com/acme/*'"), "the subject is compared exactly"},
		"a source repository with .git":     {identity(", source_repository: 'https://github.com/a/b.git'"), "is no repository"},
		"a pattern that cannot be read":     {pattern1("("), "cannot be read"},
		"a pattern that closes our bracket": {pattern1("a)|(b"), "cannot be read"},
		"a pattern of everybody":            {pattern1(".*"), `p:3:103: the pattern ".*" matches everybody`},
		"a pattern of anybody":              {pattern1(".+"), "matches everybody"},
		"an alternative of everybody":       {pattern1("alice@example.com|.*"), "matches everybody"},
		"a pattern of nobody":               {pattern1(`[^\x00-\x{10FFFF}]x`), "matches nothing"},
		"a text after its end":              {pattern1("a$b"), "matches nothing"},
		"a text before its beginning":       {pattern1("a^b"), "matches nothing"},
		"images that are everything":        {identity(", images: ['**']"), "it matches everything"},
		"an image without a registry":       {identity(", images: [nginx]"), "docker.io/library/nginx"},
		"an image by its path":              {identity(", images: [acme/app]"), "without a registry"},
		"a registry alone":                  {identity(", images: [ghcr.io]"), "write ghcr.io/**"},
		"an image with a tag":               {identity(", images: ['ghcr.io/acme/app:1']"), "leave tag and digest out"},
		"an image with a scheme":            {identity(", images: ['https://ghcr.io/acme/app']"), "leave the scheme out"},
		"an image in capitals":              {identity(", images: ['ghcr.io/Acme/app']"), "in lower case"},
		"an image with an empty part":       {identity(", images: ['ghcr.io//app']"), "a part of it is empty"},
		"the other name of Docker Hub":      {identity(", images: ['index.docker.io/library/nginx']"), "Docker Hub is called docker.io"},
		"a broken image pattern":            {identity(", images: ['ghcr.io/[a']"), "brackets do not close"},
		"a broken mirror":                   {identity(", require_name: true, mirrors: ['ghcr.io/[a']"), "brackets do not close"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := Parse("p", []byte(c.data), nil)
			var wrong *SyntaxError
			if f != nil || !errors.As(err, &wrong) {
				t.Fatalf("accepted, or another error: %v", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q, want %q", err, c.want)
			}
		})
	}
}

func pattern1(p string) string {
	return entryWith("name: a, keyless: true, issuer: '" + actions + "', subject_regexp: '" + p + "'")
}

func TestEveryProblemIsSaidAtOnceInTheOrderOfTheFile(t *testing.T) {
	const data = `signing_policy:
  trusted_keys:
    - {name: a, keyless: true, issuer: "https://x.example", subject: x, exipres: 2027-01-01}
    - {name: b, keyless: maybe}
  require: [sboms]
  slsa: {minimum_level: 9}
`
	_, err := Parse("p", []byte(data), nil)
	var wrong *SyntaxError
	if !errors.As(err, &wrong) {
		t.Fatal(err)
	}
	var places []string
	for _, line := range strings.Split(err.Error(), "\n") {
		places = append(places, strings.Join(strings.SplitN(line, ":", 4)[1:3], ":"))
	}
	if got := strings.Join(places, " "); got != "3:73 4:7 4:26 5:13 6:25" {
		t.Errorf("problems at %s:\n%v", got, err)
	}
}

func TestAFloodOfProblemsIsCutShort(t *testing.T) {
	_, err := Parse("p", []byte("signing_policy:\n  trusted_keys:\n"+strings.Repeat("    - {nam: a}\n", 900)), nil)
	if lines := strings.Split(err.Error(), "\n"); len(lines) != maxProblems+1 || lines[maxProblems] != "p: and more problems" {
		t.Errorf("%d lines, the last is %q", len(lines), lines[len(lines)-1])
	}
}

func TestPatternsOfSomebodyAreAccepted(t *testing.T) {
	for _, p := range []string{
		"https://github.com/acme/.*", ".*@example[.]com", "(alice|bob)@example.com", "^alice@example.com$", "a?b*c+d{2,3}",
		`\Ahttps://github\.com/acme/app/.*\z`, "(?i)alice@example.com", "alice@example.com|",
	} {
		if _, err := Parse("p", []byte(pattern1(p)), nil); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
	for _, image := range []string{"ghcr.io/**", "ghcr.io/acme/*", "localhost:5000/app", "*.example.com/app", "docker.io/library/nginx", "localhost/a"} {
		if _, err := Parse("p", []byte(identity(", images: ['"+image+"']")), nil); err != nil {
			t.Errorf("%s: %v", image, err)
		}
	}
}

func TestSourcesAreComparedInOneForm(t *testing.T) {
	for in, want := range map[string]string{
		"https://github.com/a/b":          "https://github.com/a/b",
		"git+https://github.com/a/b.git":  "https://github.com/a/b",
		"https://GitHub.com/a/b/":         "https://github.com/a/b",
		"https://github.com:443/a/b":      "https://github.com/a/b",
		"https://github.com/a/.github":    "https://github.com/a/.github",
		"https://github.com/a/../b":       "",
		"http://github.com/a/b":           "",
		"https://x@github.com/a/b":        "",
		"https://github.com/a/b?ref=main": "",
		"https://github.com/a/b@main":     "",
		"git@github.com:a/b":              "",
		"https://github.com":              "",
		"":                                "",
	} {
		if got := canonicalSource(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}
