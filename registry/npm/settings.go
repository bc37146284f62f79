package npm

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/attestree/attestree/registry/fetch"
)

// Settings are what the user told npm about registries, in the environment and in the user's and the machine's npmrc.
// A project's npmrc is not among them: nothing in the current folder is configuration.
type Settings struct {
	values map[string]string
	from   map[string]string
}

// ReadSettings reads the user's settings; home is the user's folder, "" for none. A file that cannot be read is an error:
// settings that are there must not look like settings that are absent.
func ReadSettings(getenv func(string) string, home string) (Settings, error) {
	s := Settings{values: map[string]string{}, from: map[string]string{}}
	env := func(name string) string {
		if v := getenv("npm_config_" + name); v != "" {
			return v
		}
		return getenv("NPM_CONFIG_" + strings.ToUpper(name))
	}
	files := []string{env("globalconfig"), env("userconfig")}
	if files[1] == "" && filepath.IsAbs(home) {
		files[1] = filepath.Join(home, ".npmrc")
	}
	for _, file := range files {
		if !filepath.IsAbs(file) {
			continue
		}
		raw, err := fetch.Settings(file, "npm")
		if err != nil {
			return s, err
		}
		s.read(raw, file, getenv)
	}
	if v := env("registry"); v != "" {
		s.values["registry"], s.from["registry"] = v, "npm_config_registry"
	}
	return s, nil
}

var variable = regexp.MustCompile(`\$\{([A-Za-z_][A-Za-z0-9_]*)\}`)

// read takes the lines that are about registries ("registry", "@scope:registry", "//host/path/:_authToken").
func (s *Settings) read(raw []byte, file string, getenv func(string) string) {
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		key, value, found := strings.Cut(line, "=")
		if !found || strings.HasPrefix(line, ";") || strings.HasPrefix(line, "#") {
			continue
		}
		key, value = strings.TrimSpace(key), strings.Trim(strings.TrimSpace(value), `"'`)
		if key != "registry" && !strings.HasSuffix(key, ":registry") && !strings.HasPrefix(key, "//") {
			continue
		}
		s.values[key] = variable.ReplaceAllStringFunc(value, func(v string) string { return getenv(v[2 : len(v)-1]) })
		s.from[key] = file
	}
}

// Registry is where the user has packages of that name come from, and where that is said. It is zero, without an error,
// where nothing is said.
func (s Settings) Registry(name string) (r Registry, from string, err error) {
	keys := []string{"registry"}
	if scope, _, scoped := strings.Cut(name, "/"); scoped {
		keys = []string{scope + ":registry", "registry"}
	}
	for _, key := range keys {
		if value := s.values[key]; value != "" {
			r.URL, err = ParseURL(value)
			if err != nil {
				return Registry{}, "", fmt.Errorf("%s in %s: %w", key, s.from[key], err)
			}
			return s.Authorize(r), s.from[key], nil
		}
	}
	return Registry{}, "", nil
}

// Authorize adds the credentials that the settings hold for exactly this registry.
func (s Settings) Authorize(r Registry) Registry {
	for p := strings.TrimSuffix(r.URL.Path, "/"); ; p = p[:max(strings.LastIndex(p, "/"), 0)] {
		place := "//" + r.URL.Host + p + "/:"
		switch user, password := s.values[place+"username"], s.values[place+"_password"]; {
		case s.values[place+"_authToken"] != "":
			r.Authorization = "Bearer " + s.values[place+"_authToken"]
		case s.values[place+"_auth"] != "":
			r.Authorization = "Basic " + s.values[place+"_auth"]
		case user != "" && password != "":
			if plain, err := base64.StdEncoding.DecodeString(password); err == nil {
				r.Authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+string(plain)))
			}
		}
		if r.Authorization != "" || p == "" {
			return r
		}
	}
}

// ParseURL accepts the address of a registry.
func ParseURL(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("the registry's address must begin with https:// or http://")
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return nil, errors.New("the registry's address must have no user, query or fragment")
	}
	return u, nil
}
