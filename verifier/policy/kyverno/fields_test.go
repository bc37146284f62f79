package kyverno

import (
	"strings"
	"testing"
)

// TestEveryFieldIsEvaluatedOrNamed has the whole schema of a rule that verifies images (Kyverno 1.19): each field is put into
// a policy, and must then either be evaluated ("") or be named by its path.
func TestEveryFieldIsEvaluatedOrNamed(t *testing.T) {
	t.Parallel()
	const attestor = "verifyImages[0].attestations[0].attestors[0].entries[0]"
	entry, spec, rule := "type: SigstoreBundle", "  rules:", "      match:"
	by := func(fields string) [2]string { return [2]string{"{keyless: " + keyless + "}", "{" + fields + "}"} }
	inKeyless := func(field string) [2]string { return [2]string{"keyless: {", "keyless: {" + field + ", "} }
	put := func(at, field string) [2]string {
		return [2]string{at, strings.Repeat(" ", len(at)-len(strings.TrimLeft(at, " "))) + field + "\n" + indent(at) + strings.TrimLeft(at, " ")}
	}
	key := "keys: {publicKeys: \"" + strings.ReplaceAll(strings.TrimSpace(somebodysKey), "\n", "\\n") + "\""
	for field, c := range map[string]struct {
		change [2]string
		named  string
	}{
		"image":                         {put(entry, "image: ghcr.io/acme/app"), ""},
		"skipImageReferences":           {put(entry, "skipImageReferences: [x]"), ""},
		"failureAction":                 {put(entry, "failureAction: Audit"), ""},
		"mutateDigest":                  {put(entry, "mutateDigest: false"), ""},
		"mutateDigest, not a flag":      {put(entry, "mutateDigest: maybe"), "verifyImages[0].mutateDigest"},
		"verifyDigest":                  {put(entry, "verifyDigest: false"), ""},
		"required":                      {put(entry, "required: true"), ""},
		"required, as a text":           {put(entry, `required: "false"`), "verifyImages[0].required"},
		"useCache":                      {put(entry, "useCache: false"), ""},
		"credentials":                   {put(entry, "imageRegistryCredentials: {providers: [github], secrets: [a]}"), ""},
		"credentials, insecure":         {put(entry, "imageRegistryCredentials: {allowInsecureRegistry: true}"), "allowInsecureRegistry"},
		"key":                           {put(entry, "key: x"), "verifyImages[0].key"},
		"roots":                         {put(entry, "roots: x"), "verifyImages[0].roots"},
		"subject":                       {put(entry, "subject: x"), "verifyImages[0].subject"},
		"issuer":                        {put(entry, "issuer: x"), "verifyImages[0].issuer"},
		"additionalExtensions":          {put(entry, "additionalExtensions: {a: b}"), "verifyImages[0].additionalExtensions"},
		"annotations":                   {put(entry, "annotations: {a: b}"), "verifyImages[0].annotations"},
		"repository":                    {put(entry, "repository: ghcr.io/x"), "verifyImages[0].repository"},
		"cosignOCI11":                   {put(entry, "cosignOCI11: true"), "verifyImages[0].cosignOCI11"},
		"validate":                      {put(entry, "validate: {}"), "verifyImages[0].validate"},
		"count":                         {[2]string{"[{entries", "[{count: 1, entries"}, ""},
		"count of none":                 {[2]string{"[{entries", "[{count: 0, entries"}, "attestors[0].count"},
		"no entries":                    {[2]string{"{keyless: " + keyless + "}", ""}, "attestors[0].entries"},
		"keys":                          {by(key + "}"), ""},
		"keys.signatureAlgorithm":       {by(key + ", signatureAlgorithm: sha512}"), "keys.signatureAlgorithm"},
		"keys.kms":                      {by(key + `, kms: "awskms://x"}`), "keys.kms"},
		"keys.secret":                   {by(key + ", secret: {name: a, namespace: b}}"), "keys.secret"},
		"keys.rekor":                    {by(key + `, rekor: {url: "https://rekor.sigstore.dev"}}`), ""},
		"keys.rekor.pubkey":             {by(key + ", rekor: {pubkey: x}}"), "keys.rekor.pubkey"},
		"keys.ctlog":                    {by(key + ", ctlog: {ignoreSCT: true}}"), ""},
		"keys of two":                   {by(strings.TrimSuffix(key, `"`) + `\n` + strings.SplitN(key, `"`, 2)[1] + "}"), "keys.publicKeys"},
		"certificates":                  {by("certificates: {cert: x}"), attestor + ".certificates"},
		"attestor":                      {by("attestor: {entries: [{keyless: " + keyless + "}]}"), attestor + ".attestor"},
		"attestor.annotations":          {by("keyless: " + keyless + ", annotations: {a: b}"), attestor + ".annotations"},
		"attestor.repository":           {by("keyless: " + keyless + ", repository: x"), attestor + ".repository"},
		"attestor.signatureAlgorithm":   {by("keyless: " + keyless + ", signatureAlgorithm: sha256"), ""},
		"attestor.signatureAlgorithm 2": {by("keyless: " + keyless + ", signatureAlgorithm: sha384"), "signatureAlgorithm"},
		"two kinds of attestor":         {by("keyless: " + keyless + ", " + key + "}"), attestor},
		"no kind of attestor":           {by("keyless: null"), attestor},
		"keyless.issuerRegExp":          {inKeyless("issuerRegExp: '^https://token'"), ""},
		"keyless.subjectRegExp":         {inKeyless("subjectRegExp: '^https://github'"), ""},
		"keyless.subjectRegExp, none":   {inKeyless("subjectRegExp: '('"), "keyless.subjectRegExp"},
		"keyless.roots":                 {inKeyless("roots: x"), "keyless.roots"},
		"keyless.additionalExtensions":  {inKeyless("additionalExtensions: {a: b}"), "keyless.additionalExtensions"},
		"keyless.rekor.ignoreTlog":      {inKeyless("rekor: {ignoreTlog: true}"), ""},
		"keyless.rekor.url":             {inKeyless(`rekor: {url: "https://log.example"}`), "keyless.rekor.url"},
		"keyless.rekor.pubkey":          {inKeyless("rekor: {pubkey: x}"), "keyless.rekor.pubkey"},
		"keyless.ctlog.ignoreSCT":       {inKeyless("ctlog: {ignoreSCT: true}"), ""},
		"keyless.ctlog.pubkey":          {inKeyless("ctlog: {pubkey: x}"), "keyless.ctlog.pubkey"},
		"keyless.ctlog.tsaCertChain":    {inKeyless("ctlog: {tsaCertChain: x}"), "keyless.ctlog.tsaCertChain"},
		"attestation.name":              {[2]string{"- type: " + scanType, "- name: scan\n              type: " + scanType}, ""},
		"attestation.predicateType":     {[2]string{"- type: " + scanType, "- predicateType: " + scanType}, ""},
		"attestation without a type":    {[2]string{"- type: " + scanType, "- name: x"}, "attestations[0].type"},
		"conditions of nothing":         {[2]string{"- all:", "- {}\n                - all:"}, "conditions[0]"},
		"condition.message":             {[2]string{"{key:", "{message: x, key:"}, ""},
		"condition.other":               {[2]string{"{key:", "{other: x, key:"}, "all[0].other"},
		"spec.background":               {put(spec, "background: false"), ""},
		"spec.emitWarning":              {put(spec, "emitWarning: true"), ""},
		"spec.webhookTimeoutSeconds":    {put(spec, "webhookTimeoutSeconds: 30"), ""},
		"spec.failurePolicy":            {put(spec, "failurePolicy: Ignore"), ""},
		"spec.webhookConfiguration":     {put(spec, "webhookConfiguration: {failurePolicy: Fail, timeoutSeconds: 3}"), ""},
		"spec.matchConditions":          {put(spec, "webhookConfiguration: {matchConditions: [{name: a, expression: b}]}"), "webhookConfiguration.matchConditions"},
		"spec.admission":                {put(spec, "admission: false"), "spec.admission"},
		"spec.applyRules":               {put(spec, "applyRules: One"), "spec.applyRules"},
		"spec.overrides":                {put(spec, "validationFailureActionOverrides: []"), "spec.validationFailureActionOverrides"},
		"rule.skipBackgroundRequests":   {put(rule, "skipBackgroundRequests: true"), ""},
		"rule.exclude":                  {put(rule, "exclude: {}"), "rules[0].exclude"},
		"rule.preconditions":            {put(rule, "preconditions: {}"), "rules[0].preconditions"},
		"rule.celPreconditions":         {put(rule, "celPreconditions: []"), "rules[0].celPreconditions"},
		"rule.context":                  {put(rule, "context: []"), "rules[0].context"},
		"rule.imageExtractors":          {put(rule, "imageExtractors: {}"), "rules[0].imageExtractors"},
		"rule.mutate":                   {put(rule, "mutate: {}"), "rules[0].mutate"},
		"rule.generate":                 {put(rule, "generate: {}"), "rules[0].generate"},
		"rule.reportProperties":         {put(rule, "reportProperties: {a: b}"), "rules[0].reportProperties"},
		"another case of a field":       {put(entry, "Required: false"), "verifyImages[0].Required"},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			good := policy(attested(`{key: "{{ kind }}", operator: Equals, value: x}`))
			changed := strings.Replace(good, c.change[0], c.change[1], 1)
			if changed == good {
				t.Fatal("nothing was changed")
			}
			f, err := Parse("p.yaml", []byte(changed))
			if err != nil {
				t.Fatalf("%v in\n%s", err, changed)
			}
			var paths []string
			for _, u := range f.Unsupported {
				paths = append(paths, u.Path)
			}
			got := strings.Join(paths, " ")
			switch {
			case c.named == "" && got != "":
				t.Errorf("%s is not evaluated:\n%s", got, changed)
			case c.named != "" && (!strings.Contains(got, c.named) || !f.Rules[0].Blocked):
				t.Errorf("%q is named, and blocked %t, in\n%s", got, f.Rules[0].Blocked, changed)
			}
		})
	}
}

// indent is what a line of the test's policies begins with where it is put after another.
func indent(at string) string {
	if strings.HasPrefix(at, " ") {
		return at[:len(at)-len(strings.TrimLeft(at, " "))]
	}
	return strings.Repeat(" ", 10)
}

const somebodysKey = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4KxXDhFDrptmq9cQAYVRfmbkDgP/
W4V1GZ9MZcOASaMOA2NxEIWCTgbqXURqO0ftssi+msmJjL6YSz30/KKM+A==
-----END PUBLIC KEY-----
`
