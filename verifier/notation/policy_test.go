package notation

import (
	"strings"
	"testing"
)

const soundPolicy = `{"version":"1.0","trustPolicies":[
  {"name":"ours","registryScopes":["registry.example/org/app"],"signatureVerification":{"level":"strict"},
   "trustStores":["ca:acme"],"trustedIdentities":["x509.subject:C=CH,ST=Zug,O=Acme\\, Inc."]},
  {"name":"rest","registryScopes":["*"],"signatureVerification":{"level":"audit","override":{"expiry":"log"}},
   "trustStores":["ca:acme","tsa:clock"],"trustedIdentities":["*"]},
  {"name":"none","registryScopes":["registry.example/org/scratch"],"signatureVerification":{"level":"skip"}}]}`

func TestAPolicyThatBreaksARuleIsRefused(t *testing.T) {
	with := func(old, new string) string {
		t.Helper()
		if !strings.Contains(soundPolicy, old) {
			t.Fatalf("%s is not in the policy", old)
		}
		return strings.Replace(soundPolicy, old, new, 1)
	}
	for name, c := range map[string]struct{ policy, want string }{
		"not JSON":                     {"{", "not JSON"},
		"too deep":                     {strings.Repeat("[", 100), "nested"},
		"two documents":                {soundPolicy + "{}", "after the JSON"},
		"an unknown version":           {with(`"1.0"`, `"2.0"`), "version"},
		"no policies":                  {`{"version":"1.0","trustPolicies":[]}`, "no trustPolicies"},
		"a member that is unknown":     {with(`"trustStores"`, `"trustStorez"`), "trustStorez"},
		"a member twice":               {with(`"version":"1.0",`, `"version":"1.0","Version":"1.0",`), "twice"},
		"no name":                      {with(`"ours"`, `""`), "no name"},
		"one name twice":               {with(`"rest"`, `"ours"`), "two policies"},
		"no scope":                     {with(`["*"]`, `[]`), "no registryScopes"},
		"one scope twice":              {with(`registry.example/org/scratch`, `registry.example/org/app`), "are both about"},
		"two scopes for everything":    {with(`"registry.example/org/scratch"`, `"*"`), "are both about"},
		"a star beside others":         {with(`["*"]`, `["*","registry.example/x"]`), "beside others"},
		"a pattern":                    {with(`org/app"`, `org/*"`), "no patterns"},
		"a scope with a tag":           {with(`org/app"`, `org/app:1"`), "without tag"},
		"a scope with a digest":        {with(`org/app"`, `org/app@sha256:00"`), "without tag"},
		"a scope without registry":     {with(`registry.example/org/app`, `app`), "registry/repository"},
		"a URL":                        {with(`registry.example/org/app`, `https://registry.example/app`), "registry/repository"},
		"an unknown level":             {with(`"strict"`, `"strictest"`), "level"},
		"an unknown override":          {with(`{"expiry":"log"}`, `{"signature":"log"}`), "override of"},
		"an unknown action":            {with(`{"expiry":"log"}`, `{"expiry":"maybe"}`), "want enforce"},
		"integrity overridden":         {with(`{"expiry":"log"}`, `{"integrity":"log"}`), "integrity"},
		"authenticity skipped":         {with(`{"expiry":"log"}`, `{"authenticity":"skip"}`), "authenticity"},
		"skip with an override":        {with(`{"level":"skip"}`, `{"level":"skip","override":{"expiry":"log"}}`), "cannot be overridden"},
		"skip with a store":            {with(`{"level":"skip"}`, `{"level":"skip"},"trustStores":["ca:acme"]`), "and yet"},
		"an unknown time":              {with(`"level":"strict"`, `"level":"strict","verifyTimestamp":"never"`), "verifyTimestamp"},
		"no store":                     {with(`["ca:acme"]`, `[]`), "needs trustStores"},
		"a store of no type":           {with(`["ca:acme"]`, `["acme"]`), "want ca:NAME"},
		"a store of an unknown type":   {with(`["ca:acme"]`, `["root:acme"]`), "want ca:NAME"},
		"a store somewhere else":       {with(`["ca:acme"]`, `["ca:../acme"]`), "want ca:NAME"},
		"no identity":                  {with(`["*"]}`, `[]}`), "needs trustStores and trustedIdentities"},
		"everybody beside others":      {with(`"trustedIdentities":["*"]`, `"trustedIdentities":["x509.subject:C=CH,ST=Z,O=A","*"]`), "beside others"},
		"an identity of no kind":       {with(`x509.subject:`, `subject:`), "want * or x509.subject:"},
		"an identity that is too wide": {with(`C=CH,ST=Zug,O`, `C=CH,O`), "C, ST and O"},
		"two that overlap":             {with(`Inc."]`, `Inc.","x509.subject:C=CH,ST=Zug,O=Acme\\, Inc.,CN=a"]`), "overlap"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := ParsePolicy([]byte(c.policy))
			if err == nil || p != nil {
				t.Fatalf("it was read: %+v", p)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q does not say %q", err, c.want)
			}
		})
	}
	parsePolicy(t, soundPolicy)
}

func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte(soundPolicy))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := ParsePolicy(raw)
		if err != nil {
			return
		}
		for _, s := range p.statements {
			if s.Verification.Level == levelSkip {
				continue
			}
			if everybody := len(s.named) == 0; everybody != (len(s.Identities) == 1 && s.Identities[0] == everywhere) {
				t.Errorf("policy %q names %d identities of %q", s.Name, len(s.named), s.Identities)
			}
		}
	})
}
