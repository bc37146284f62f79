package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/cmd/attestree/internal/trustlist"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/verifier/trust"
	"github.com/attestree/attestree/verifier/trust/tuf"
)

// settings are what the user decided once, in the configuration folder. Nothing in the current folder is one.
type settings struct {
	// UpdateTrustedRoot has runs that use the network renew the trusted root once a day. Nothing is asked without it.
	UpdateTrustedRoot bool // update_trusted_root
	pace
	comfort
}

func settingsPath() string { return configuration("settings.yaml") }

// readSettings reads the file; an absent one is the zero settings, a wrong one an error that names the line.
func readSettings() (s settings, err error) {
	path := settingsPath()
	if path == "" {
		return settings{}, nil
	}
	raw, err := userfile.Read(path, configSize)
	if errors.Is(err, fs.ErrNotExist) {
		return settings{}, nil
	}
	if err != nil {
		return s, err
	}
	var document yaml.Node
	if err := yaml.Unmarshal(raw, &document); err != nil {
		return s, usage(fmt.Errorf("%s is not YAML", settingsPath()))
	}
	if len(document.Content) == 0 {
		return s, nil // nothing but comments
	}
	if err := s.read(document.Content[0]); err != nil {
		return settings{}, err
	}
	return s, nil
}

// read takes the fields of the one mapping that the file holds.
func (s *settings) read(mapping *yaml.Node) error {
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
	return usage(fmt.Errorf("%s:%d:%d: %s", settingsPath(), at.Line, at.Column, what))
}

const (
	renewAfter    = 24 * time.Hour   // age of what is kept from which a run asks again
	renewPatience = 15 * time.Second // how long a run waits for the mirror before it judges by what is kept
)

// renewRoot updates what is kept where the settings ask for it and it is older than a day. A run judges by one root
// from start to end, so this happens before anything is judged. A mirror that does not answer costs a note.
func (a *app) renewRoot(ctx context.Context) (notes []string, err error) {
	s, err := readSettings()
	if err != nil || !s.UpdateTrustedRoot {
		return nil, err
	}
	kept, err := tuf.Inspect(tuf.Folder(trust.PublicGoodName))
	if err == nil && a.Now().Sub(kept.FetchedAt) < renewAfter {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, renewPatience)
	defer cancel()
	if _, _, err := a.newestRoot(trust.PublicGoodName)(ctx); err != nil {
		return []string{err.Error()}, nil
	}
	return nil, nil
}

// newestRoot asks an instance's mirror for its newest trusted root, and says what changed.
func (a *app) newestRoot(name string) trustlist.UpdateRoot {
	return func(ctx context.Context) (trust.Root, string, error) {
		root, change, err := tuf.Update(ctx, tuf.Options{
			Dir: tuf.Folder(name), UserAgent: "attestree/" + a.version, Now: a.Now,
		})
		if err != nil {
			return root, "", err
		}
		said, _, _ := strings.Cut(describeChange(name, root, change), "\n")
		return root, said, nil
	}
}
