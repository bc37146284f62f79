package pkgsig_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier/pkgsig"
)

// registry is a key of a registry of our own.
type registry struct {
	private *ecdsa.PrivateKey
	id, key string
}

func newRegistry(t *testing.T) registry {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKIXPublicKey(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	point, err := private.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	wire := "\x00\x00\x00\x13ecdsa-sha2-nistp256\x00\x00\x00\x08nistp256\x00\x00\x00\x41" + string(point)
	sum := sha256.Sum256([]byte(wire))
	return registry{private, "SHA256:" + base64.RawStdEncoding.EncodeToString(sum[:]), base64.StdEncoding.EncodeToString(der)}
}

func (r registry) sign(t *testing.T, message string) string {
	t.Helper()
	sum := sha256.Sum256([]byte(message))
	sig, err := ecdsa.SignASN1(rand.Reader, r.private, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(sig)
}

// listed is the registry's own list of its key; end is JSON.
func (r registry) listed(end string) string {
	return fmt.Sprintf(`{"keys":[{"expires":%s,"keyid":%q,"keytype":"ecdsa-sha2-nistp256","scheme":"ecdsa-sha2-nistp256","key":%q}]}`, end, r.id, r.key)
}

func parse(t *testing.T, list string) pkgsig.Keys {
	t.Helper()
	keys, err := pkgsig.Parse("file", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestTheKeysInTheProgramCanBeUsed(t *testing.T) {
	keys, err := pkgsig.Snapshot()
	if err != nil || len(keys.Keys) != 4 {
		t.Fatalf("%v, %d keys", err, len(keys.Keys))
	}
	retired, current := keys.Keys[0], keys.Keys[2]
	if !keys.Limited(retired.ID) || keys.Limited(current.ID) || len(keys.Named(current.ID, pkgsig.UseAttestations)) != 1 {
		t.Errorf("retired %+v, current %+v", retired, current)
	}
}

// A signature over what npm signs, and every part of it changed.
func TestEveryPartOfARegistrysSignatureIsNeeded(t *testing.T) {
	ours, other := newRegistry(t), newRegistry(t)
	keys := parse(t, ours.listed("null"))
	good := model.RegistrySignature{Name: "@a/b", Version: "1.0.0", Integrity: "sha512-" + strings.Repeat("A", 86) + "==", KeyID: ours.id}
	good.Signature = ours.sign(t, good.Message())
	if key, problem := keys.Judge(good); problem != pkgsig.NoProblem || key.ID != ours.id {
		t.Fatalf("a good signature: %q", problem)
	}
	change := func(f func(*model.RegistrySignature)) model.RegistrySignature {
		s := good
		f(&s)
		return s
	}
	for what, c := range map[string]struct {
		s    model.RegistrySignature
		want pkgsig.Problem
	}{
		"another name":        {change(func(s *model.RegistrySignature) { s.Name = "@a/c" }), pkgsig.Mismatch},
		"another version":     {change(func(s *model.RegistrySignature) { s.Version = "1.0.1" }), pkgsig.Mismatch},
		"another content":     {change(func(s *model.RegistrySignature) { s.Integrity = "sha512-" + strings.Repeat("B", 86) + "==" }), pkgsig.Mismatch},
		"moved separators":    {change(func(s *model.RegistrySignature) { s.Name, s.Version = "@a/b@1", "0.0" }), pkgsig.Mismatch},
		"another key's name":  {change(func(s *model.RegistrySignature) { s.KeyID = other.id }), pkgsig.UnknownKey},
		"no key's name":       {change(func(s *model.RegistrySignature) { s.KeyID = "" }), pkgsig.UnknownKey},
		"signed by another":   {change(func(s *model.RegistrySignature) { s.Signature = other.sign(t, good.Message()) }), pkgsig.Mismatch},
		"no base64":           {change(func(s *model.RegistrySignature) { s.Signature = "%" }), pkgsig.Damaged},
		"no signature at all": {change(func(s *model.RegistrySignature) { s.Signature = "" }), pkgsig.Mismatch},
	} {
		if _, problem := keys.Judge(c.s); problem != c.want {
			t.Errorf("%s: %q, want %q", what, problem, c.want)
		}
	}
}

func TestAKeyForAttestationsSignsNoVersions(t *testing.T) {
	r := newRegistry(t)
	list := fmt.Sprintf(`{"keys":[{"keyId":%q,"keyUsage":"npm:attestations","publicKey":{"rawBytes":%q,"keyDetails":"PKIX_ECDSA_P256_SHA_256","validFor":{"start":"2020-01-01T00:00:00Z"}}}]}`, r.id, r.key)
	s := model.RegistrySignature{Name: "a", Version: "1.0.0", Integrity: "sha512-x", KeyID: r.id}
	s.Signature = r.sign(t, s.Message())
	if _, problem := parse(t, list).Judge(s); problem != pkgsig.UnknownKey {
		t.Errorf("problem %q", problem)
	}
}

func TestARetiredKeyCountsForWhatWasPublishedBefore(t *testing.T) {
	r := newRegistry(t)
	end := time.Date(2025, 1, 29, 0, 0, 0, 0, time.UTC)
	retired, lasting := parse(t, r.listed(`"2025-01-29T00:00:00.000Z"`)).Keys[0], parse(t, r.listed("null")).Keys[0]
	for what, c := range map[string]struct {
		key       pkgsig.Key
		published time.Time
		want      pkgsig.Moment
	}{
		"before":                         {retired, end.Add(-time.Hour), pkgsig.InTime},
		"after":                          {retired, end.Add(time.Hour), pkgsig.TooLate},
		"nobody knows when":              {retired, time.Time{}, pkgsig.Unknown},
		"nobody knows when, no end":      {lasting, time.Time{}, pkgsig.InTime},
		"a key that signed again, later": {lasting, end.AddDate(-9, 0, 0), pkgsig.InTime},
	} {
		if got := c.key.Window(c.published); got != c.want {
			t.Errorf("%s: %v, want %v", what, got, c.want)
		}
	}
}

func TestAListWithAnythingOddInItIsNotUsedAtAll(t *testing.T) {
	r := newRegistry(t)
	good := r.listed("null")
	for what, list := range map[string]string{
		"no JSON":                  `keys`,
		"no keys":                  `{"keys":[]}`,
		"too many":                 `{"keys":[` + strings.Repeat("{},", 64) + `{}]}`,
		"another kind of key":      strings.ReplaceAll(good, "ecdsa-sha2-nistp256", "ssh-ed25519"),
		"a key that is none":       strings.Replace(good, r.key, "AAAA", 1),
		"a key under another name": strings.Replace(good, r.id, newRegistry(t).id, 1),
		"one good and one bad":     strings.Replace(good, `]}`, `,{}]}`, 1),
	} {
		if keys, err := pkgsig.Parse("file", []byte(list)); err == nil {
			t.Errorf("%s: %d keys", what, len(keys.Keys))
		}
	}
}

func FuzzNoKeyHasANameThatIsNotItsOwn(f *testing.F) {
	f.Add([]byte(`{"keys":[{"keyid":"SHA256:x","keytype":"ecdsa-sha2-nistp256","scheme":"ecdsa-sha2-nistp256","key":"AAAA"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		keys, err := pkgsig.Parse("file", raw)
		if err != nil {
			return
		}
		again, err := json.Marshal(map[string]any{"raw": raw})
		for _, k := range keys.Keys {
			if err != nil || !strings.HasPrefix(k.ID, "SHA256:") || k.Fingerprint == "" {
				t.Errorf("%s holds the key %q", again, k.ID)
			}
		}
	})
}
