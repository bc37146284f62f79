package fleetcmd

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWhatNotationTrustsCountsAndNotWhereItLies(t *testing.T) {
	store := func(certificate string) string {
		dir := t.TempDir()
		path := filepath.Join(dir, "truststore", "x509", "ca", "acme")
		if err := os.MkdirAll(path, 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, "root.crt"), []byte(certificate), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	sum := func(folder, policy string) string {
		h, err := notationHash(folder, policy)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	here, there, other := store("one"), store("one"), store("two")
	policy := filepath.Join(t.TempDir(), "trustpolicy.json")
	if err := os.WriteFile(policy, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	switch {
	case sum(here, "") != sum(there, ""):
		t.Error("the same store elsewhere is another")
	case sum(here, "") == sum(other, ""), sum(here, "") == sum("", ""):
		t.Error("another store, or none, is the same")
	case sum(here, policy) == sum(here, ""):
		t.Error("a policy makes no difference")
	}
	if _, err := notationHash(filepath.Join(here, "absent"), ""); err == nil {
		t.Error("a store that is not there has a sum")
	}
}
