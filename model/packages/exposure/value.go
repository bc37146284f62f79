package exposure

import (
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model/packages"
)

// each calls visit for every element of an array.
func each(r gjson.Result, visit func(gjson.Result)) {
	if r.IsArray() {
		r.ForEach(func(_, v gjson.Result) bool {
			visit(v)
			return true
		})
	}
}

// text is a member as text, "" if it is none.
func text(r gjson.Result, path string) string {
	v := r.Get(path)
	if v.Type != gjson.String {
		return ""
	}
	return cut(v.String())
}

// cut shortens a long text.
func cut(s string) string {
	if len(s) <= maxText {
		return s
	}
	return strings.ToValidUTF8(s[:maxText], "") + "…"
}

// texts is the strings in an array, or one by itself, after others, each once.
func texts(out []string, r gjson.Result) []string {
	add := func(v gjson.Result) {
		if s := v.String(); v.Type == gjson.String && s != "" && len(out) < maxWords && !slices.Contains(out, s) {
			out = append(out, cut(s))
		}
	}
	if r.IsArray() {
		each(r, add)
	} else {
		add(r)
	}
	return out
}

// score is the severity of a CVSS base score (CVSS v3.1 section 5), SeverityUnknown if it is none.
func score(v gjson.Result) packages.Severity {
	n := v
	if v.Type == gjson.String {
		n = gjson.Parse(strings.TrimSpace(v.String()))
	}
	switch s := n.Num; {
	case n.Type != gjson.Number || s <= 0 || s > 10:
		return packages.SeverityUnknown
	case s >= 9:
		return packages.SeverityCritical
	case s >= 7:
		return packages.SeverityHigh
	case s >= 4:
		return packages.SeverityMedium
	}
	return packages.SeverityLow
}
