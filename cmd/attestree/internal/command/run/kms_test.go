package run

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sigstore/sigstore/pkg/signature/kms/cliplugin/common"

	"github.com/attestree/attestree/verifier/trust/kms"
)

// Plugins of tests are this test program under another name: it then behaves as the key asks it to.
const pluginPrefix = "sigstore-kms-"

func TestMain(m *testing.M) {
	if strings.HasPrefix(filepath.Base(os.Args[0]), pluginPrefix) {
		os.Exit(plugin(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// plugin answers as a plugin would, or as one that is broken or hostile.
func plugin(arguments []string) int {
	var question common.PluginArgs
	if len(arguments) != 2 || arguments[0] != "v1" || json.Unmarshal([]byte(arguments[1]), &question) != nil ||
		question.MethodArgs == nil || question.MethodName != common.PublicKeyMethodName || question.PublicKey == nil {
		fmt.Print(`{"errorMessage":"that is not how plugins are asked"}`)
		return 1
	}
	answer := func(r common.PluginResp) {
		_ = json.NewEncoder(os.Stdout).Encode(r)
	}
	kind, encoded, _ := strings.Cut(question.InitOptions.KeyResourceID, "=")
	text, err := hex.DecodeString(encoded)
	if err != nil {
		return 9
	}
	switch kind {
	case "key":
		answer(common.PluginResp{PublicKey: &common.PublicKeyResp{PublicKeyPEM: text}})
	case "refuse":
		answer(common.PluginResp{ErrorMessage: string(text)})
		return 1
	case "garbage":
		fmt.Print("panic: \x1b[31mno such key\n")
	case "exit":
		return 7
	case "nothing":
		answer(common.PluginResp{})
	case "flood":
		for {
			if _, err := os.Stdout.Write(bytes.Repeat([]byte("x"), 4096)); err != nil {
				return 1
			}
		}
	case "hang":
		fmt.Print("{")
		select {}
	}
	return 0
}

// installPlugin puts this program on the PATH as the plugin for test:// keys.
func installPlugin(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, pluginPrefix+"test")); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
}

// hexed is a text in a form that fits into a reference.
func hexed(text string) string { return hex.EncodeToString([]byte(text)) }

func publicPEM(t *testing.T) string {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func TestAPluginGivesAKeyAndItsFingerprintIsSaid(t *testing.T) {
	installPlugin(t)
	var stderr bytes.Buffer
	a := &App{Environment: Environment{Stderr: &stderr}}
	reference := "test://key=" + hexed(publicPEM(t))
	key, err := a.publicKey(t.Context(), reference)
	if err != nil {
		t.Fatal(err)
	}
	if key.Algorithm != "ECDSA P-256" || key.Public() == nil {
		t.Errorf("got the key %+v", key)
	}
	if !strings.Contains(stderr.String(), key.Fingerprint) {
		t.Errorf("the fingerprint %s is not in %q", key.Fingerprint, stderr.String())
	}
	stderr.Reset()
	if again, err := a.keyResolver(t.Context())(reference); err != nil || !again.Equal(key) || stderr.Len() > 0 {
		t.Errorf("for a policy file: %+v, %v, %q", again, err, stderr.String())
	}
}

func TestAPluginThatGivesNoKeyIsExplained(t *testing.T) {
	installPlugin(t)
	for name, c := range map[string]struct{ reference, want string }{
		"it refuses":                     {"test://refuse=" + hexed("no such\nkey"), "says: no such key"},
		"it prints garbage":              {"test://garbage", "no answer of the protocol v1"},
		"it ends with an exit code":      {"test://exit", "failed: exit status 7"},
		"it answers something else":      {"test://nothing", "gave no public key"},
		"it gives no key":                {"test://key=" + hexed("none"), "not PEM"},
		"it gives a private key":         {"test://key=" + hexed("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), "private key"},
		"it never stops writing":         {"test://flood", "more than 64 KiB"},
		"it is not there":                {"vault://release", "no program sigstore-kms-vault on the PATH"},
		"a kind that leads elsewhere":    {"../test://x", "want KIND://KEY"},
		"a kind that is no such service": {"https://example.com/key", "save the public key in a file"},
	} {
		t.Run(name, func(t *testing.T) {
			key, err := kms.PublicKey(t.Context(), runPlugin, c.reference)
			if err == nil {
				t.Fatalf("got the key %+v", key)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q does not say %q", err, c.want)
			}
			if key.Public() != nil {
				t.Error("an error and a key at once")
			}
		})
	}
}

func TestAPluginThatHangsIsStopped(t *testing.T) {
	installPlugin(t)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := kms.PublicKey(ctx, runPlugin, "test://hang"); err == nil || !strings.Contains(err.Error(), "no answer in time") {
		t.Errorf("error %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	cancel()
	if _, err := kms.PublicKey(ctx, runPlugin, "test://key="); err == nil || !strings.Contains(err.Error(), "was stopped") {
		t.Errorf("error %v", err)
	}
}

func TestAPluginInTheCurrentFolderIsNotRun(t *testing.T) {
	installPlugin(t)
	t.Chdir(os.Getenv("PATH"))
	t.Setenv("PATH", ".")
	if _, err := kms.PublicKey(t.Context(), runPlugin, "test://key="); err == nil || !strings.Contains(err.Error(), "no program") {
		t.Errorf("error %v", err)
	}
}

func TestNoPluginIsRunOffline(t *testing.T) {
	installPlugin(t)
	a := &App{Environment: Environment{Stderr: &bytes.Buffer{}}, Flags: Flags{Offline: true}}
	if _, err := a.publicKey(t.Context(), "test://key="+hexed(publicPEM(t))); err == nil || !strings.Contains(err.Error(), "--offline") {
		t.Errorf("error %v", err)
	}
}
