package model

import (
	"regexp"
	"strings"
)

// pythonForm is the form of a version (PEP 440, "Public version identifiers"), with the spellings that mean the same. In a
// file's name "_" stands for "-".
var pythonForm = regexp.MustCompile(`^v?(?:([0-9]+)!)?([0-9]+(?:\.[0-9]+)*)` + // epoch, release
	`(?:[-_.]?(alpha|beta|preview|pre|rc|a|b|c)[-_.]?([0-9]*))?` + // pre-release
	`(?:[-_]([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?` + // post-release
	`(?:[-_.]?(dev)[-_.]?([0-9]*))?` + // development release
	`(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$`) // local version

// SamePythonVersion compares versions of Python packages in their normal form: case, a leading v, separators and zeros at the
// end of the release mean nothing. What is no version by PEP 440 is the same as itself alone.
func SamePythonVersion(a, b string) bool { return pythonVersion(a) == pythonVersion(b) }

// pythonPhases are the normal spellings of pre-releases.
var pythonPhases = map[string]string{"a": "a", "alpha": "a", "b": "b", "beta": "b", "c": "rc", "rc": "rc", "pre": "rc", "preview": "rc"}

// pythonVersion is a version as PEP 440 normalizes it, with the zeros at the end of its release left out.
func pythonVersion(v string) string {
	v = strings.ToLower(strings.TrimSpace(v))
	m := pythonForm.FindStringSubmatch(v)
	if m == nil {
		return v
	}
	epoch, numbers, phase, pre, bare, post, postN, dev, devN, local := m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10]
	out := digits(epoch) + "!" + pythonRelease(numbers)
	if phase != "" {
		out += pythonPhases[phase] + digits(pre)
	}
	if bare+post != "" {
		out += ".post" + digits(bare+postN)
	}
	if dev != "" {
		out += ".dev" + digits(devN)
	}
	if local != "" {
		out += "+" + strings.NewReplacer("-", ".", "_", ".").Replace(local)
	}
	return out
}

// pythonRelease is "1.0.0" as "1".
func pythonRelease(s string) string {
	parts := strings.Split(s, ".")
	for i := range parts {
		parts[i] = digits(parts[i])
	}
	for len(parts) > 1 && parts[len(parts)-1] == "0" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, ".")
}

// digits is a number without leading zeros; none is 0.
func digits(s string) string {
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}
