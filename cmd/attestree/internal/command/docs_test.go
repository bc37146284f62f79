package command

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/contract"
)

// TestThePagesNameEveryCommandAndFlagAndNoOther reads the README and docs as somebody does who types what is written there.
func TestThePagesNameEveryCommandAndFlagAndNoOther(t *testing.T) {
	commands, flags := map[string]bool{}, map[string]bool{"help": true, "version": true}
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		c.PersistentFlags().VisitAll(func(f *pflag.Flag) { flags[f.Name] = true })
		for _, child := range c.Commands() {
			if child.Hidden {
				continue
			}
			commands[strings.TrimPrefix(child.CommandPath(), "attestree ")] = true
			walk(child)
		}
	}
	walk(newRoot(&run.App{}))
	const root = "../../../.."
	readme := contract.Read(t, filepath.Join(root, "README.md"))
	listed := readme["Commands"]
	for _, name := range slices.Sorted(maps.Keys(commands)) {
		if !regexp.MustCompile("`" + regexp.QuoteMeta(name) + "[ `]").MatchString(listed) {
			t.Errorf("README.md, Commands: %q is missing", name)
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|").FindAllStringSubmatch(listed, -1) {
		for _, m := range regexp.MustCompile("`([a-z ]*[a-z])( [^`]*)?`").FindAllStringSubmatch(m[1], -1) {
			if !commands[m[1]] && !commands[strings.Split(m[1], " ")[0]] {
				t.Errorf("README.md, Commands: there is no %q", m[1])
			}
		}
	}
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil || len(pages) < 5 {
		t.Fatalf("docs: %v, %v", pages, err)
	}
	named := map[string]bool{}
	for _, path := range append(pages, filepath.Join(root, "README.md")) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile("(?:^|[ `(|/])--([a-z][a-z0-9-]+)").FindAllStringSubmatch(string(raw), -1) {
			named[m[1]] = true
		}
		for _, m := range regexp.MustCompile("(?m)(?:^|[ `])attestree [^`\n]*").FindAllString(string(raw), -1) {
			for _, f := range regexp.MustCompile(` --([a-z][a-z0-9-]+)`).FindAllStringSubmatch(strings.Split(m, "#")[0], -1) {
				if !flags[f[1]] {
					t.Errorf("%s: there is no --%s: %s", filepath.Base(path), f[1], m)
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		if !named[name] {
			t.Errorf("neither the README nor docs name --%s", name)
		}
	}
}
