package predicate

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestParametersThatLookLikeSecrets(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, parameter, value string
		secret                 bool
	}{
		{"a name that says so", "NPM_TOKEN", "correct horse", true},
		{"camel case", "registryPassword", "hunter2", true},
		{"an argument of BuildKit", "build-arg:API_KEY", "abcdef", true},
		{"a service's token under a plain name", "X", "ghp_" + strings.Repeat("a1B2", 9), true},
		{"a JSON web token", "assertion", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib3QifQ.c2lnbmF0dXJl", true},
		{"a private key", "cert", "-----BEGIN RSA PRIVATE KEY-----\nMII", true},
		{"a password in a URL", "mirror", "https://bot:hunter2hunter2@mirror.example/x", true},
		{"random text", "blob", "q7Zk2Lw9Xv4Rt8Bn3Mc6Ys1Hd5Gf0Jp", true},
		{"a public key", "PUBLIC_KEY", "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3", false},
		{"where a token is got", "TOKEN_URL", "https://auth.example/token", false},
		{"a file with a password", "password_file", "secrets.txt", false},
		{"a word that only begins so", "tokenizer", "cl100k_base", false},
		{"switched off", "use-secret", "false", false},
		{"a mask", "npm-token", "***", false},
		{"a reference", "TOKEN", "${{ secrets.TOKEN }}", false},
		{"a secret's mount", "SSH_KEY", "/run/secrets/key", false},
		{"a commit", "REVISION", "4015b57a143aec5156fd1444a017a32137a3fd0f", false},
		{"a digest", "BASE", "sha256:" + strings.Repeat("0a1b2c3d", 8), false},
		{"a PGP key's fingerprint", "GPG_KEY", "A035C8C19219BA821ECEA86B64E628F8D684696D", false},
		{"a PGP key's passphrase", "GPG_PASSPHRASE", "correct horse", true},
		{"a UUID", "BUILD_ID", "6F1e2d3c-4b5a-6978-8a9b-0c1d2e3f4a5b", false},
		{"a long name", "TARGET", "Weather-Server-Release-Candidate-2026-11-Build-88", false},
		{"a label, which the image shows to all anyway", "label:maintainer-key", "ada@acme.example", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			parameters, err := json.Marshal(map[string]string{c.parameter: c.value})
			if err != nil {
				t.Fatal(err)
			}
			for _, raw := range []string{
				fmt.Sprintf(`{"buildType":"x","invocation":{"parameters":{"args":%s}}}`, parameters),
				fmt.Sprintf(`{"buildDefinition":{"externalParameters":{"request":{"args":%s}}}}`, parameters),
				fmt.Sprintf(`{"recipe":{"arguments":%s}}`, parameters),
			} {
				p := Decode("https://slsa.dev/provenance/v1", []byte(raw))
				said, err := json.Marshal([]any{p.Fields(), p.Summary(), p.Findings()})
				if err != nil {
					t.Fatal(err)
				}
				if got := strings.Contains(string(said), "build-args-secret"); got != c.secret {
					t.Errorf("%s: found is %v", raw, got)
				}
				if c.secret && strings.Contains(string(said), c.value) {
					t.Errorf("%s: the value is shown in %s", raw, said)
				}
			}
		})
	}
}

func TestNotAllParametersAreLookedAt(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat(`{"a":`, 5000) + `{"token":"hunter2"}` + strings.Repeat(`}`, 5000)
	many := `{` + strings.Repeat(`"a":"b",`, 2*maxParameters) + `"token":"hunter2"}`
	for name, parameters := range map[string]string{"nested deeply": deep, "very many": many} {
		p := Decode("https://slsa.dev/provenance/v0.2", []byte(`{"invocation":{"parameters":`+parameters+`}}`))
		if got := Plain(p).(Provenance).Secrets; got != "" {
			t.Errorf("%s: found %s", name, got)
		}
	}
}
