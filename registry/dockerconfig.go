package registry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"

	"github.com/attestree/attestree/model"
)

// dockerHubKey is the name under which docker keeps what is for docker.io.
const dockerHubKey = "https://index.docker.io/v1/"

// configBytes bounds a configuration file.
const configBytes = 4 * mebibyte

// dockerConfig is the part of docker's config.json, and of podman's auth.json, that is about credentials.
type dockerConfig struct {
	Auths       map[string]authn.AuthConfig `json:"auths"`
	CredsStore  string                      `json:"credsStore"`
	CredHelpers map[string]string           `json:"credHelpers"`
}

// stored are the credentials for a repository in the first configuration file that exists. No file, and nothing in it
// for this registry, is anonymous.
func stored(ctx context.Context, repo name.Repository) (authn.Authenticator, error) {
	for _, path := range configPaths() {
		raw, err := readConfig(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var config dockerConfig
		if err := json.Unmarshal(raw, &config); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, model.JSONProblem(err))
		}
		return config.find(ctx, repo)
	}
	return authn.Anonymous, nil
}

// configPaths are the places where docker and podman keep credentials, in the order in which they are looked at.
func configPaths() []string {
	var paths []string
	add := func(base string, parts ...string) {
		if base != "" {
			paths = append(paths, filepath.Join(append([]string{base}, parts...)...))
		}
	}
	home, _ := os.UserHomeDir() // "" where there is none
	home = absolute(home)
	if dir := os.Getenv("DOCKER_CONFIG"); dir != "" {
		add(dir, "config.json")
	} else {
		add(home, ".docker", "config.json")
	}
	add(os.Getenv("REGISTRY_AUTH_FILE"))
	add(absolute(os.Getenv("XDG_RUNTIME_DIR")), "containers", "auth.json")
	if dir := absolute(os.Getenv("XDG_CONFIG_HOME")); dir != "" {
		add(dir, "containers", "auth.json")
	} else {
		add(home, ".config", "containers", "auth.json")
	}
	return paths
}

// absolute is a folder of the system's, "" for one that depends on where the program was started: nothing in the current
// folder is configuration (and XDG's base directory specification, "Basics", has such a path be ignored).
func absolute(dir string) string {
	if !filepath.IsAbs(dir) {
		return ""
	}
	return dir
}

func readConfig(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("read %s: not a regular file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return readAtMost(f, configBytes)
}

// find asks the registry's own helper, then the general one, then the file itself.
func (c dockerConfig) find(ctx context.Context, repo name.Repository) (authn.Authenticator, error) {
	host := repo.RegistryStr()
	server := host
	if host == name.DefaultRegistry {
		server = dockerHubKey
	}
	helper := c.CredsStore
	for key, own := range c.CredHelpers {
		if hostOf(key) == host {
			helper = own
		}
	}
	var problem error
	if helper != "" {
		auth, err := askHelper(ctx, helper, server)
		if err == nil && auth != authn.Anonymous {
			return auth, nil
		}
		problem = err
	}
	if auth := c.inline(repo); auth != nil {
		return auth, nil
	}
	return authn.Anonymous, problem
}

// inline are credentials in the file: for the repository or a path above it (podman), or for the registry.
func (c dockerConfig) inline(repo name.Repository) authn.Authenticator {
	for path := repo.Name(); strings.Contains(path, "/"); path = path[:strings.LastIndex(path, "/")] {
		if auth, found := c.Auths[path]; found && auth != (authn.AuthConfig{}) {
			return authn.FromConfig(auth)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.Auths)) {
		if auth := c.Auths[key]; hostOf(key) == repo.RegistryStr() && auth != (authn.AuthConfig{}) {
			return authn.FromConfig(auth)
		}
	}
	return nil
}

// hostOf is the registry that a key of the file means: a host, or a URL as old versions of docker wrote it.
func hostOf(key string) string {
	if _, rest, found := strings.Cut(key, "://"); found {
		key, _, _ = strings.Cut(rest, "/")
	}
	if key == "docker.io" || key == "registry-1.docker.io" {
		return name.DefaultRegistry
	}
	return key
}
