package kms

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sigstore/sigstore/pkg/signature/kms/cliplugin/common"
)

func TestReferencesAreToldFromFiles(t *testing.T) {
	for text, want := range map[string]bool{
		"hashivault://release": true, "awskms:///alias/x": true, "my-hsm://slot=1": true, "azurekms://v.vault.azure.net/k": true,
		"key.pem": false, "/keys/key.pem": false, "C://key.pem": false, "c://key.pem": false, "hashivault://": false, "": false,
		"../x://y": false, "a/b://y": false, "A-b://y": false, "-x://y": false, "x y://z": false, "hashivault://a\nb": false,
	} {
		if got := IsReference(text); got != want {
			t.Errorf("%q is a reference: %t", text, got)
		}
	}
}

func TestThePublicKeyAloneIsAskedFor(t *testing.T) {
	public := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public()
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	var asked common.PluginArgs
	key, err := PublicKey(t.Context(), func(ctx context.Context, program string, arguments ...string) ([]byte, error) {
		if _, bounded := ctx.Deadline(); !bounded {
			t.Error("the plugin may take for ever")
		}
		if program != "sigstore-kms-awskms" || len(arguments) != 2 || arguments[0] != "v1" {
			t.Fatalf("%s was run with %q", program, arguments)
		}
		if err := json.Unmarshal([]byte(arguments[1]), &asked); err != nil {
			t.Fatal(err)
		}
		return json.Marshal(common.PluginResp{PublicKey: &common.PublicKeyResp{
			PublicKeyPEM: pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}),
		}})
	}, "awskms:///alias/release")
	if err != nil {
		t.Fatal(err)
	}
	if key.Name != "awskms:///alias/release" || key.Algorithm != "Ed25519" {
		t.Errorf("got %+v", key)
	}
	if asked.InitOptions.KeyResourceID != "/alias/release" || asked.MethodName != common.PublicKeyMethodName || asked.SignMessage != nil {
		t.Errorf("asked %+v", asked)
	}
}

func TestAKeyBesideAnErrorIsNotTaken(t *testing.T) {
	failed := errors.New("exit status 1")
	_, err := PublicKey(t.Context(), func(context.Context, string, ...string) ([]byte, error) {
		return []byte(`{"publicKey":{"publicKeyPEM":"QUJD"}}`), failed
	}, "test://key")
	if !errors.Is(err, failed) {
		t.Errorf("error %v", err)
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"publicKey":{"publicKeyPEM":"QUJD"}}`), true)
	f.Add([]byte(`{"errorMessage":"`+strings.Repeat("é", 400)+`"}`), false)
	f.Fuzz(func(t *testing.T, output []byte, failed bool) {
		var cause error
		if failed {
			cause = errors.New("exit status 1")
		}
		found, err := answer("plugin", output, cause)
		if (err == nil) == (len(found) == 0) {
			t.Fatalf("key %q with error %v", found, err)
		}
		if failed && err == nil {
			t.Error("a plugin that failed gave a key")
		}
		if err != nil && (len(err.Error()) > maxQuoted+200 || !utf8.ValidString(err.Error())) {
			t.Errorf("error of %d bytes: %q", len(err.Error()), err)
		}
	})
}
