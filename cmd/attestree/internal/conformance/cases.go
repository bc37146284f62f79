package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The identity of a case that names none (the corpus's README).
const (
	usualIdentity = "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main"
	usualIssuer   = "https://token.actions.githubusercontent.com"
)

// failSuffix ends the names of the cases that must not verify.
const failSuffix = "_fail"

// testCase is one folder of the corpus.
type testCase struct {
	name     string
	bad      bool // it must not verify
	bundle   string
	artifact string
	digest   string // of the artifact, "sha256:…"
	flags    []string
}

// readCases reads the corpus in a checkout.
func readCases(checkout string) ([]testCase, error) {
	corpus := filepath.Join(checkout, "test", "assets", "bundle-verify")
	entries, err := os.ReadDir(corpus)
	if err != nil {
		return nil, fmt.Errorf("read corpus: %w", err)
	}
	var cases []testCase
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		c, err := readCase(corpus, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read case %s: %w", e.Name(), err)
		}
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("read corpus: no cases in %s", corpus)
	}
	return cases, nil
}

func readCase(corpus, name string) (testCase, error) {
	folder := filepath.Join(corpus, name)
	c := testCase{
		name: name, bad: strings.HasSuffix(name, failSuffix),
		bundle: filepath.Join(folder, "bundle.sigstore.json"), artifact: filepath.Join(folder, "artifact"),
	}
	if _, err := os.Stat(c.artifact); errors.Is(err, fs.ErrNotExist) {
		c.artifact = filepath.Join(corpus, "a.txt")
	}
	content, err := os.ReadFile(c.artifact)
	if err != nil {
		return c, err
	}
	sum := sha256.Sum256(content)
	c.digest = "sha256:" + hex.EncodeToString(sum[:])
	if key := filepath.Join(folder, "key.pub"); exists(key) {
		c.flags = append(c.flags, "--key", key)
	} else {
		identity, err := textOr(filepath.Join(folder, "identity"), usualIdentity)
		if err != nil {
			return c, err
		}
		issuer, err := textOr(filepath.Join(folder, "issuer"), usualIssuer)
		if err != nil {
			return c, err
		}
		c.flags = append(c.flags, "--certificate-identity", identity, "--certificate-oidc-issuer", issuer)
	}
	if root := filepath.Join(folder, "trusted_root.json"); exists(root) {
		c.flags = append(c.flags, "--trusted-root", root)
	}
	return c, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// textOr is the content of a file without space around it, or usual if there is no such file.
func textOr(path, usual string) (string, error) {
	raw, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usual, nil
	case err != nil:
		return "", err
	}
	return strings.TrimSpace(string(raw)), nil
}
