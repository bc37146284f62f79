package pypi

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/attestree/attestree/registry/fetch"
)

// Configured is the index that the user told pip to use (pip documentation, "Configuration"), and where that is said: in
// the environment, else in the user's pip.conf, else in the machine's. It is zero, without an error, where nothing is
// said. home and config are the user's folders, "" for none.
func Configured(getenv func(string) string, home, config string) (in Index, from string, err error) {
	if v := getenv("PIP_INDEX_URL"); v != "" {
		in, err = Parse(v)
		return in, "PIP_INDEX_URL", located("PIP_INDEX_URL", err)
	}
	for _, file := range files(getenv, home, config) {
		raw, err := fetch.Settings(file, "pip")
		if err != nil {
			return Index{}, "", err
		}
		if v := indexURL(raw); v != "" {
			in, err = Parse(v)
			return in, file, located("index-url in "+file, err)
		}
	}
	return Index{}, "", nil
}

// files are pip's settings, the one that counts most first. None of them is below the current folder.
func files(getenv func(string) string, home, config string) (out []string) {
	switch own := getenv("PIP_CONFIG_FILE"); {
	case own == os.DevNull:
		return nil
	case filepath.IsAbs(own):
		out = append(out, own)
	}
	if filepath.IsAbs(config) {
		out = append(out, filepath.Join(config, "pip", "pip.conf"), filepath.Join(config, "pip", "pip.ini"))
	}
	if filepath.IsAbs(home) {
		out = append(out, filepath.Join(home, ".pip", "pip.conf"))
	}
	return append(out, "/etc/pip.conf")
}

// indexURL is the index that a pip.conf names; what it says for "install" counts more than what it says for all.
func indexURL(raw []byte) string {
	found, section := map[string]string{}, ""
	lines := bufio.NewScanner(bytes.NewReader(raw))
	lines.Buffer(nil, len(raw)+1)
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			section = strings.TrimSpace(line[1 : len(line)-1])
			continue
		}
		key, value, is := strings.Cut(line, "=")
		if !is {
			key, value, is = strings.Cut(line, ":")
		}
		if is && strings.ReplaceAll(strings.TrimSpace(key), "_", "-") == "index-url" {
			found[section] = strings.TrimSpace(value)
		}
	}
	if v := found["install"]; v != "" {
		return v
	}
	return found["global"]
}

func located(where string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	return nil
}

// Parse accepts the address of an index. A user and password in it, as pip has them, become a header.
func Parse(address string) (Index, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return Index{}, errors.New("the index's address must begin with https:// or http://")
	case u.RawQuery != "" || u.Fragment != "":
		return Index{}, errors.New("the index's address must have no query or fragment")
	}
	in := Index{URL: u}
	if user := u.User; user != nil {
		password, _ := user.Password()
		in.Authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password))
		u.User = nil
	}
	return in, nil
}
