// Package settings reads what the person decided once: settings.yaml in the configuration folder.
//
// It knows the names and the values of settings. What they change is for others to do; nothing in the current folder is one.
package settings

import (
	"fmt"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/adrg/xdg"

	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
)

// Settings are what the user decided once, in the configuration folder. Nothing in the current folder is one.
type Settings struct {
	// UpdateTrustedRoot has runs that use the network renew the trusted root once a day. Nothing is asked without it.
	UpdateTrustedRoot bool // update_trusted_root
	Pace
	comfort
}

func settingsPath() string { return Path("settings.yaml") }

// Read reads the file; an absent one is the zero settings, a wrong one an error that names the line.
func Read() (s Settings, err error) {
	path := settingsPath()
	if path == "" {
		return Settings{}, nil
	}
	raw, err := userfile.Read(path, userfile.ConfigSize)
	if userfile.Missing(err) {
		return Settings{}, nil
	}
	if err != nil {
		return s, err
	}
	var document yaml.Node
	if err := yaml.Unmarshal(raw, &document); err != nil {
		return s, wrong(fmt.Errorf("%s is not YAML: %s", settingsPath(), strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	if len(document.Content) == 0 {
		return s, nil // nothing but comments
	}
	if err := s.read(document.Content[0]); err != nil {
		return Settings{}, err
	}
	return s, nil
}

// read takes the fields of the one mapping that the file holds.
func (s *Settings) read(mapping *yaml.Node) error {
	if mapping.Kind != yaml.MappingNode {
		return badSetting(mapping, "a list of \"name: value\" is needed")
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		name, value := mapping.Content[i], mapping.Content[i+1]
		if number := s.number(name.Value); number != nil {
			if value.Decode(number) != nil || *number < 1 || *number > mostOfAnything {
				return badSetting(value, fmt.Sprintf("a number from 1 to %d is needed", mostOfAnything))
			}
			continue
		}
		if known, err := s.comfort.read(name.Value, value); known || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		if name.Value != "update_trusted_root" {
			return badSetting(name, fmt.Sprintf("there is no setting %q; known are update_trusted_root, %s, %s", name.Value, comfortSettings, paceSettings))
		}
		if value.Decode(&s.UpdateTrustedRoot) != nil {
			return badSetting(value, "true or false is needed")
		}
	}
	return nil
}

func badSetting(at *yaml.Node, what string) error {
	return wrong(fmt.Errorf("%s:%d:%d: %s", settingsPath(), at.Line, at.Column, what))
}

// wrong is that the file is. Nothing is looked at until it is mended: what it says may be there for safety.
func wrong(err error) error {
	return exit.Advised(err, "mend that file or take it away; docs/settings.md says what can be set")
}

// Path is a file of the user's configuration folder. A home that is no absolute path would put that folder
// below the current one, where anybody's files may lie; then there is none.
func Path(name string) string {
	if !filepath.IsAbs(xdg.ConfigHome) {
		return ""
	}
	return filepath.Join(xdg.ConfigHome, "attestree", name)
}
