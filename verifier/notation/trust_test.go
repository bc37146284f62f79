package notation

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestTheRuleForAnImageIsThatOfItsScope(t *testing.T) {
	trust := Trust{Store: readStore(t, fstest.MapFS{
		"x509/ca/acme/a.pem": pemFile(issue(t, "root", true, nil)), "x509/tsa/clock/a.pem": pemFile(issue(t, "tsa", true, nil)),
		"x509/ca/others/a.pem": pemFile(issue(t, "others", true, nil)),
	}), Policy: parsePolicy(t, soundPolicy)}
	if err := trust.Check(); err != nil {
		t.Fatal(err)
	}
	for repository, want := range map[string]struct {
		name   string
		stores []string
		ok     bool
		always bool
		laxer  string
	}{
		"registry.example/org/app":       {"ours", []string{"ca:acme"}, true, false, ""},
		"registry.example/org/app2":      {"rest", []string{"ca:acme", "tsa:clock"}, true, true, `says audit`},
		"other.example/org/app":          {"rest", []string{"ca:acme", "tsa:clock"}, true, true, `says audit`},
		"":                               {"rest", []string{"ca:acme", "tsa:clock"}, true, true, `says audit`},
		"registry.example/org/scratch":   {"none", nil, false, false, `says skip`},
		"registry.example/org/app/inner": {"rest", []string{"ca:acme", "tsa:clock"}, true, true, `says audit`},
	} {
		rule, ok, why := trust.For(repository)
		if ok != want.ok || rule.Name != want.name || rule.TimestampAlways != want.always || ok == (why != "") {
			t.Errorf("%q: rule %q, %t (%s)", repository, rule.Name, ok, why)
		}
		if diff := cmp.Diff(want.stores, rule.Stores); diff != "" {
			t.Errorf("%q: %s", repository, diff)
		}
		if (want.laxer == "") != (rule.Laxer == "") || !strings.Contains(rule.Laxer, want.laxer) {
			t.Errorf("%q: laxer is %q", repository, rule.Laxer)
		}
	}
	only := Trust{Store: trust.Store, Policy: parsePolicy(t, strings.Replace(soundPolicy, `"*"`, `"registry.example/x"`, 1))}
	for _, repository := range []string{"", "registry.example/y"} {
		if rule, ok, why := only.For(repository); ok || !strings.Contains(why, "says nothing about this image") {
			t.Errorf("%q: %+v, %q", repository, rule, why)
		}
	}
}

func TestDockerHubHasOneNameInScopes(t *testing.T) {
	for _, host := range []string{"docker.io", "index.docker.io", "registry-1.docker.io"} {
		if !sameRepository(host+"/org/app", "docker.io/org/app") {
			t.Errorf("%s is not Docker Hub", host)
		}
	}
	if sameRepository("docker.io.example/org/app", "docker.io/org/app") {
		t.Error("a registry that begins like Docker Hub is taken for it")
	}
}

func TestAPolicyWithAStoreThatIsNotThereIsRefused(t *testing.T) {
	trust := Trust{
		Store:  readStore(t, fstest.MapFS{"x509/ca/acme/a.pem": pemFile(issue(t, "root", true, nil))}),
		Policy: parsePolicy(t, soundPolicy),
	}
	if err := trust.Check(); err == nil || !strings.Contains(err.Error(), "tsa:clock") {
		t.Errorf("error %v", err)
	}
}

func TestWhoIsNamed(t *testing.T) {
	root, self := issue(t, "root", true, nil), issue(t, "self", false, nil)
	leaf, other := issue(t, "leaf", false, root), issue(t, "other", false, nil)
	store := readStore(t, fstest.MapFS{"x509/ca/acme/a.pem": pemFile(root), "x509/ca/self/a.pem": pemFile(self)})
	policy := func(stores, identities string) *Policy {
		return parsePolicy(t, `{"version":"1.0","trustPolicies":[{"name":"p","registryScopes":["*"],
			"signatureVerification":{"level":"strict"},"trustStores":[`+stores+`],"trustedIdentities":[`+identities+`]}]}`)
	}
	for name, c := range map[string]struct {
		policy *Policy
		signer *made
		who    string
		names  bool
	}{
		"no policy, by an authority":               {nil, leaf, "", true},
		"no policy, its own certificate":           {nil, self, "ca:self", true},
		"no policy, a stranger":                    {nil, other, "", true},
		"everybody, by an authority":               {policy(`"ca:acme"`, `"*"`), leaf, "", false},
		"everybody, its own certificate":           {policy(`"ca:acme","ca:self"`, `"*"`), self, "ca:self", true},
		"everybody, in a store that counts not":    {policy(`"ca:acme"`, `"*"`), self, "", false},
		"its name":                                 {policy(`"ca:acme"`, `"x509.subject:C=CH,ST=Zug,O=Acme\\, Inc.,CN=leaf"`), leaf, `C=CH,ST=Zug,O=Acme\, Inc.,CN=leaf`, true},
		"another name":                             {policy(`"ca:acme"`, `"x509.subject:C=CH,ST=Zug,O=Acme\\, Inc.,CN=x"`), leaf, "", true},
		"another name, though its own certificate": {policy(`"ca:self"`, `"x509.subject:C=CH,ST=Zug,O=Acme\\, Inc.,CN=x"`), self, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			trust := Trust{Store: store, Policy: c.policy}
			rule, ok, why := trust.For("registry.example/app")
			if !ok {
				t.Fatal(why)
			}
			who, named := rule.Signer(c.signer.Certificate)
			if who != c.who || named != (c.who != "") {
				t.Errorf("signer %q, %t", who, named)
			}
			if trust.Names() != c.names {
				t.Errorf("names somebody: %t", trust.Names())
			}
		})
	}
	if _, ok, why := (Trust{}).For("registry.example/app"); ok || why == "" || (Trust{}).Names() {
		t.Error("nobody's trust trusts")
	}
}
