package command

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/cmd/attestree/internal/output"
	"github.com/attestree/attestree/ui/keymap"
)

// keyRow is a line of the key table in JSON (docs/json.md).
type keyRow struct {
	Action     string   `json:"action"`
	Group      string   `json:"group"`
	In         string   `json:"in"`
	Keys       []string `json:"keys"`
	Does       string   `json:"does"`
	Configured bool     `json:"configured"`
	Default    []string `json:"default,omitempty"`
}

func newKeys(a *run.App) *cobra.Command {
	c := &cobra.Command{
		Use:   "keys",
		Short: "List the keys of the screen and the names of what they do",
		Long: `List the keys of the screen, what they do, and the name of that for the keys in settings.yaml (docs/settings.md). What
the settings change is marked.`,
		Args: run.NoArguments,
		RunE: func(*cobra.Command, []string) error { return listKeys(a) },
	}
	a.Flags.RegisterOutput(c)
	return c
}

func listKeys(a *run.App) error {
	if err := a.Flags.Validate(); err != nil {
		return err
	}
	table := keymap.Table(a.Keys)
	if a.Flags.Output == "json" {
		return output.Encode(a.Stdout, map[string]any{"schemaVersion": "1", "tool": a.Tool(), "keys": keyRows(table)})
	}
	var b strings.Builder
	for i, g := range table {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "%s\n", g.Name)
		for _, k := range g.Keys {
			fmt.Fprintf(&b, "  %-16s %-16s %s", k.Action, k.Keys, k.Does)
			if k.Keys != k.Default {
				fmt.Fprintf(&b, " (configured; by default %s)", k.Default)
			}
			b.WriteString("\n")
		}
	}
	return a.Say(b.String())
}

func keyRows(table []keymap.Group) []keyRow {
	var out []keyRow
	for _, g := range table {
		for _, k := range g.Keys {
			row := keyRow{Action: k.Action, Group: g.Name, In: k.In, Keys: strings.Fields(k.Keys), Does: k.Does}
			if k.Keys != k.Default {
				row.Configured, row.Default = true, strings.Fields(k.Default)
			}
			out = append(out, row)
		}
	}
	return out
}
