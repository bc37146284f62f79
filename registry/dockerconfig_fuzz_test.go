package registry

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/name"
)

// Credentials that a file holds go to the registry that it names them for.
func FuzzCredentialsAreForTheRegistryThatTheFileNames(f *testing.F) {
	f.Add([]byte(`{"auths":{"a.example":{"auth":"bWU6cHc="},"https://b.example/v1/":{"username":"u","password":"p"}}}`), "b.example/x")
	f.Add([]byte(`{"auths":{"a.example/x":{"auth":"bWU6cHc="},"":{"username":"u"},"/":{"username":"u"}},"credHelpers":{"a":""}}`), "a.example/x/y")
	f.Add([]byte(`{"auths":{"docker.io":{"identitytoken":"t"}}}`), "alpine")
	f.Fuzz(func(t *testing.T, file []byte, repository string) {
		repo, err := name.NewRepository(repository)
		if err != nil {
			return
		}
		var config dockerConfig
		if json.Unmarshal(file, &config) != nil {
			return
		}
		config.CredsStore, config.CredHelpers = "", nil // programs are not run by what a fuzzer makes up
		auth, err := config.find(t.Context(), repo)
		if err != nil || auth == authn.Anonymous {
			return
		}
		for key := range config.Auths {
			if hostOf(key) == repo.RegistryStr() || strings.HasPrefix(repo.Name()+"/", key+"/") {
				return
			}
		}
		t.Errorf("%s is told what is for %v", repo, config.Auths)
	})
}
