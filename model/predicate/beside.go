package predicate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// What a scanner's report may hold beside the vulnerabilities that it counts.
const (
	besideExploited        = "knownExploited"
	besideMalicious        = "malicious"
	besideSecret           = "secrets"
	besideMisconfiguration = "misconfigurations"
	besideLicence          = "licences"
	besideIgnored          = "ignored"
)

// besides are all of them, those that ask for somebody's attention first.
var besides = []struct{ kind, label, note string }{
	{besideExploited, "Known exploited", "among the findings"},
	{besideMalicious, "Malicious", "among the findings"},
	{besideSecret, "Secrets", "not counted as findings"},
	{besideMisconfiguration, "Misconfigured", "not counted as findings"},
	{besideLicence, "Licences", "not counted as findings"},
	{besideIgnored, "Ignored", "the scanner was told to overlook them; not counted as findings"},
}

// beside counts something that is no finding of a vulnerability, or a finding that asks for more. Its severity is one of
// ours, "" if none is known.
func (v *Vuln) beside(kind, severity string, said gjson.Result, name func(gjson.Result) string) {
	if v.Beside == nil {
		v.Beside = map[string]int{}
	}
	v.Beside[kind]++
	if len(v.besides(kind)) < mostNamed || severity != "" {
		v.named.keep(kind+" "+severity, said, func(said gjson.Result) string {
			if severity == "" {
				return name(said)
			}
			return name(said) + " (" + severity + ")"
		})
	}
}

// besides are the first few of a kind by name, the gravest first.
func (v Vuln) besides(kind string) (names []string) {
	for _, severity := range append(slices.Clone(severities), "") {
		names = append(names, v.named[kind+" "+severity]...)
	}
	return names[:min(len(names), mostNamed)]
}

// besideFields are the first few of each kind, and how many there are.
func (v Vuln) besideFields(f *fields) {
	for _, b := range besides {
		names, n := v.besides(b.kind), v.Beside[b.kind]
		if more := n - len(names); more > 0 {
			names = append(names, "and "+strconv.Itoa(more)+" more")
		}
		f.note(b.label, strings.Join(names, "\n"), strconv.Itoa(n)+", "+b.note)
	}
}

// besideFindings say what a count of vulnerabilities does not.
func (v Vuln) besideFindings() (out []model.Finding) {
	for _, b := range []struct{ kind, id, one, many, look string }{
		{besideMalicious, "malicious-package", "package is said to be malicious", "packages are said to be malicious", "find out what it has done, and take it out"},
		{besideSecret, "secrets-found", "secret was found", "secrets were found", "revoke it, since whoever can pull the image has it"},
	} {
		if n := v.Beside[b.kind]; n > 0 {
			said := b.one
			if n > 1 {
				said = b.many
			}
			out = append(out, finding(b.id, model.SeverityWarning, strconv.Itoa(n)+" "+said+": "+clip(v.besides(b.kind)[0], 2*maxTitle)+"; "+b.look))
		}
	}
	return out
}

// someOf is a number with its noun, "" for none of it: "2 secrets".
func someOf(n int, noun string) string {
	if n == 0 {
		return ""
	}
	return model.Counted(n, noun)
}
