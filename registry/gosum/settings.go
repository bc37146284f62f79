package gosum

import (
	"bufio"
	"bytes"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/sumdb/note"

	"github.com/attestree/attestree/registry/fetch"
)

// Database is a checksum database whose answers can be proven.
type Database struct {
	Name string
	Key  string // NAME+HASH+KEY, as GOSUMDB has it
	URL  *url.URL
}

// Configured is the database that the user told the go command to use for a module, in the environment or by "go env -w"
// (config is the user's configuration folder). Where there is none, why says so in a sentence.
func Configured(getenv func(string) string, config, path string) (db Database, why string, err error) {
	file := getenv("GOENV")
	if file == "" && filepath.IsAbs(config) {
		file = filepath.Join(config, "go", "env")
	}
	kept, err := readSettings(file)
	if err != nil {
		return db, "", err
	}
	get := func(name string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return kept[name]
	}
	private := get("GONOSUMDB")
	if private == "" {
		private = get("GOPRIVATE")
	}
	setting := strings.Fields(get("GOSUMDB"))
	switch {
	case len(setting) == 0:
		return db, "GOSUMDB names no checksum database; set it to NAME+KEY, or NAME+KEY URL", nil
	case setting[0] == "off":
		return db, "GOSUMDB is off", nil
	case module.MatchPrefixPatterns(private, path):
		return db, "GONOSUMDB or GOPRIVATE excludes the module", nil
	}
	verifier, err := note.NewVerifier(setting[0])
	if err != nil {
		return db, "GOSUMDB names " + setting[0] + " without its key, so that its answers could not be proven; set it to NAME+KEY", nil
	}
	db = Database{Name: verifier.Name(), Key: setting[0]}
	address := "https://" + db.Name
	if len(setting) > 1 {
		address = setting[1]
	} else if proxy := firstProxy(get("GOPROXY")); proxy != "" {
		address = strings.TrimRight(proxy, "/") + "/sumdb/" + db.Name
	}
	if db.URL, err = url.Parse(address); err != nil || db.URL.Host == "" || db.URL.User != nil {
		return db, "", fmt.Errorf("the checksum database's address %q cannot be used: it must have no user or password", fetch.WithoutUser(address))
	}
	return db, "", nil
}

// firstProxy is the first of GOPROXY's addresses, "" where the sources themselves are meant.
func firstProxy(list string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(list, "|", ","), ",")
	if strings.HasPrefix(first, "https://") || strings.HasPrefix(first, "http://") {
		return first
	}
	return ""
}

func readSettings(path string) (map[string]string, error) {
	if !filepath.IsAbs(path) {
		return nil, nil
	}
	raw, err := fetch.Settings(path, "Go")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
		if key, value, found := strings.Cut(lines.Text(), "="); found {
			out[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return out, nil
}
