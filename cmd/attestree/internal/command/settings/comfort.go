package settings

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/attestree/attestree/ui/keymap"
)

// comfort is how the person likes the screen. A flag that is given wins over it. nil is for what is not said.
type comfort struct {
	Theme     string // theme
	Mouse     *bool  // mouse
	Animation *bool  // animation
	ASCII     *bool  // ascii
	History   *bool  // history
	Plain     *bool  // plain
	Keys      keymap.Choice
}

// comfortSettings names them for a person.
const comfortSettings = "theme, mouse, animation, ascii, history, plain, keys"

// Themes are the values of --theme and theme.
var Themes = []string{"auto", "dark", "light", "high-contrast", "mono"}

// ValidTheme reports whether there is a theme of that name; "" is the usual one.
func ValidTheme(name string) bool { return name == "" || slices.Contains(Themes, name) }

// read takes a field. known is false where there is none of that name.
func (c *comfort) read(name string, value *yaml.Node) (known bool, err error) {
	switch name {
	case "theme":
		if value.Kind != yaml.ScalarNode || value.Value == "" || !ValidTheme(value.Value) {
			return true, badSetting(value, "want "+strings.Join(Themes, ", "))
		}
		c.Theme = value.Value
	case "mouse":
		return true, readSwitch(value, &c.Mouse)
	case "animation":
		return true, readSwitch(value, &c.Animation)
	case "ascii":
		return true, readSwitch(value, &c.ASCII)
	case "history":
		return true, readSwitch(value, &c.History)
	case "plain":
		return true, readSwitch(value, &c.Plain)
	case "keys":
		c.Keys, err = readKeys(value)
		return true, err
	default:
		return false, nil
	}
	return true, nil
}

func readSwitch(value *yaml.Node, to **bool) error {
	on := false
	if value.Tag == "!!null" || value.Decode(&on) != nil {
		return badSetting(value, "true or false is needed")
	}
	*to = &on
	return nil
}

// readKeys takes a mapping of actions to a key or a list of them.
func readKeys(mapping *yaml.Node) (keymap.Choice, error) {
	if mapping.Kind != yaml.MappingNode {
		return keymap.Choice{}, badSetting(mapping, "a list of \"action: key\" is needed; attestree keys names the actions")
	}
	wanted, at := map[string][]string{}, map[string]*yaml.Node{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		name, value := mapping.Content[i], mapping.Content[i+1]
		if _, twice := wanted[name.Value]; twice {
			return keymap.Choice{}, badSetting(name, fmt.Sprintf("%s is there twice", name.Value))
		}
		if !isAction(name.Value) {
			return keymap.Choice{}, badSetting(name, fmt.Sprintf("there is no action %q; attestree keys names them", name.Value))
		}
		names := []*yaml.Node{value}
		if value.Kind == yaml.SequenceNode {
			names = value.Content
		}
		if len(names) == 0 {
			return keymap.Choice{}, badSetting(value, name.Value+" needs a key")
		}
		for _, n := range names {
			if n.Kind != yaml.ScalarNode || n.Value == "" {
				return keymap.Choice{}, badSetting(n, "a key or a list of keys is needed")
			}
			if err := keymap.Check(name.Value, n.Value); err != nil {
				return keymap.Choice{}, badSetting(n, err.Error())
			}
			wanted[name.Value] = append(wanted[name.Value], n.Value)
			at[name.Value+" "+n.Value] = n
		}
	}
	keys, conflict := keymap.Choose(wanted)
	if conflict != nil {
		return keymap.Choice{}, badSetting(at[conflict.Action+" "+conflict.Key], conflict.Error())
	}
	return keys, nil
}

func isAction(name string) bool {
	for _, g := range keymap.Table(keymap.Choice{}) {
		if slices.ContainsFunc(g.Keys, func(k keymap.Help) bool { return k.Action == name }) {
			return true
		}
	}
	return false
}
