package registry

import (
	"encoding/base64"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/registry/registrytest"
)

// home makes an environment with nothing but a docker configuration and helpers, by name and shell script.
func home(t *testing.T, config string, helpers map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for variable, value := range map[string]string{
		"HOME": dir, "DOCKER_CONFIG": dir, "PATH": dir + string(os.PathListSeparator) + os.Getenv("PATH"),
		"REGISTRY_AUTH_FILE": "", "XDG_RUNTIME_DIR": "", "XDG_CONFIG_HOME": "",
	} {
		t.Setenv(variable, value)
	}
	if config != "" {
		if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for helper, script := range helpers {
		path := filepath.Join(dir, "docker-credential-"+helper)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCredentialsComeFromTheDockerConfiguration(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("me:secret"))
	cases := map[string]struct {
		config  string
		helpers map[string]string
		repo    string
		want    authn.AuthConfig
		note    string
	}{
		"no configuration":             {"", nil, "ghcr.io/x/y", authn.AuthConfig{}, ""},
		"an entry for the host":        {`{"auths":{"ghcr.io":{"auth":"` + basic + `"}}}`, nil, "ghcr.io/x/y", authn.AuthConfig{Username: "me", Password: "secret"}, ""},
		"an entry for another host":    {`{"auths":{"quay.io":{"auth":"` + basic + `"}}}`, nil, "ghcr.io/x/y", authn.AuthConfig{}, ""},
		"an entry as a URL":            {`{"auths":{"https://ghcr.io/v1/":{"auth":"` + basic + `"}}}`, nil, "ghcr.io/x/y", authn.AuthConfig{Username: "me", Password: "secret"}, ""},
		"an entry for a path":          {`{"auths":{"ghcr.io":{"username":"a","password":"b"},"ghcr.io/x":{"username":"me","password":"secret"}}}`, nil, "ghcr.io/x/y", authn.AuthConfig{Username: "me", Password: "secret"}, ""},
		"docker's own hub":             {`{"auths":{"https://index.docker.io/v1/":{"auth":"` + basic + `"}}}`, nil, "alpine", authn.AuthConfig{Username: "me", Password: "secret"}, ""},
		"a helper for the host":        {`{"credHelpers":{"ghcr.io":"own"},"credsStore":"missing"}`, map[string]string{"own": `read s; echo "{\"Username\":\"$s\",\"Secret\":\"x\"}"`}, "ghcr.io/x/y", authn.AuthConfig{Username: "ghcr.io", Password: "x"}, ""},
		"a helper with a token":        {`{"credsStore":"tok"}`, map[string]string{"tok": `echo '{"Username":"<token>","Secret":"x"}'`}, "ghcr.io/x/y", authn.AuthConfig{IdentityToken: "x"}, ""},
		"a helper that knows nothing":  {`{"credsStore":"no"}`, map[string]string{"no": `echo "credentials not found in native keychain"; exit 1`}, "ghcr.io/x/y", authn.AuthConfig{}, ""},
		"a helper that is missing":     {`{"credsStore":"missing"}`, nil, "ghcr.io/x/y", authn.AuthConfig{}, "not installed"},
		"a helper that is a path":      {`{"credsStore":"../own"}`, nil, "ghcr.io/x/y", authn.AuthConfig{}, "not the name of a program"},
		"a helper that tells a secret": {`{"credsStore":"bad"}`, map[string]string{"bad": `echo '{"Username":7,"Secret":"x"} tell-tale'`}, "ghcr.io/x/y", authn.AuthConfig{}, "is not JSON with"},
		"a helper that hangs":          {`{"credsStore":"slow"}`, map[string]string{"slow": "sleep 60"}, "ghcr.io/x/y", authn.AuthConfig{}, "did not answer"},
		"a helper that fails":          {`{"credsStore":"bad"}`, map[string]string{"bad": "exit 3"}, "ghcr.io/x/y", authn.AuthConfig{}, "exit status 3"},
		"a helper that talks nonsense": {`{"credsStore":"bad"}`, map[string]string{"bad": "echo hello"}, "ghcr.io/x/y", authn.AuthConfig{}, "not JSON"},
		"a configuration that is none": {"hello", nil, "ghcr.io/x/y", authn.AuthConfig{}, "config.json"},
	}
	for label, c := range cases {
		t.Run(label, func(t *testing.T) {
			home(t, c.config, c.helpers)
			repo, err := name.NewRepository(c.repo)
			if err != nil {
				t.Fatal(err)
			}
			limit := time.Minute // starting a script takes a busy machine long
			if c.note == "did not answer" {
				limit = 500 * time.Millisecond
			}
			auth, note := credentials(t.Context(), repo, nil, limit)
			got, err := auth.Authorization()
			if err != nil {
				t.Fatal(err)
			}
			if got.Username != c.want.Username || got.Password != c.want.Password || got.IdentityToken != c.want.IdentityToken {
				t.Errorf("logs in as %+v, want %+v", got, c.want)
			}
			if c.note == "" && note != nil || c.note != "" && (note == nil || !strings.Contains(note.Message, c.note)) {
				t.Errorf("note %+v, want one about %q", note, c.note)
			}
		})
	}
}

func TestAMissingHelperDoesNotHideAPublicImage(t *testing.T) {
	home(t, `{"credsStore":"missing"}`, nil)
	r := registrytest.New(t, registrytest.Config{Token: true})
	r.Image(t, "x", "1", "image")
	opts := quick()
	opts.Keychain = nil
	tree := mustDiscover(t, r.Host()+"/x:1", opts)
	if len(tree.Notes) != 1 || tree.Notes[0].ID != "credentials" || tree.Notes[0].Severity != model.SeverityWarning {
		t.Errorf("notes %+v do not say that the helper is missing", tree.Notes)
	}
}

func TestAKeychainThatHangsIsLeftBehind(t *testing.T) {
	repo, err := name.NewRepository("ghcr.io/x/y")
	if err != nil {
		t.Fatal(err)
	}
	end := make(chan struct{})
	defer close(end)
	auth, note := credentials(t.Context(), repo, hanging{end}, 20*time.Millisecond)
	if auth != authn.Anonymous || note == nil || !strings.Contains(note.Message, "anonymously") {
		t.Errorf("%v %+v, want to go on anonymously and say so", auth, note)
	}
}

type hanging struct{ end chan struct{} }

func (h hanging) Resolve(authn.Resource) (authn.Authenticator, error) {
	<-h.end
	return authn.Anonymous, nil
}

func TestATalkativeHelperIsCutOff(t *testing.T) {
	out := &bounded{limit: 10}
	n, err := io.Copy(out, strings.NewReader(strings.Repeat("talk", 1000)))
	if n != 4000 || err != nil || out.String() != "talktalkta" {
		t.Errorf("%d bytes and %v, keeping %q; want all taken and 10 bytes kept", n, err, out.String())
	}
}

func TestNothingInTheCurrentFolderIsTakenForCredentials(t *testing.T) {
	home(t, "", nil)
	t.Chdir(t.TempDir())
	for _, variable := range []string{"HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"} {
		t.Setenv(variable, ".")
	}
	t.Setenv("DOCKER_CONFIG", "")
	for _, folder := range []string{".docker", "containers", ".config/containers"} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{".docker/config.json", "containers/auth.json", ".config/containers/auth.json"} {
		if err := os.WriteFile(file, []byte(`{"auths":{"registry.example":{"username":"me","password":"slipped in"}}}`), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	repo, err := name.NewRepository("registry.example/x")
	if err != nil {
		t.Fatal(err)
	}
	if auth, note := credentials(t.Context(), repo, nil, time.Minute); auth != authn.Anonymous || note != nil {
		t.Errorf("logs in as %+v, %+v", auth, note)
	}
}
