package rego

import (
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
)

// denied are the built-in functions that a policy cannot have here, by name or by the beginning of it, and why.
var denied = []struct{ name, why string }{
	{"http.send", "it asks the network, and what is judged by is at hand or not at all"},
	{"net.", "it asks the network, and what is judged by is at hand or not at all"},
	{"opa.runtime", "it asks for the environment of the program that evaluates"},
	{"rand.", "its answer would differ from run to run"},
	{"uuid.rfc4122", "its answer would differ from run to run"},
	{"providers.aws.", "it makes requests for a network service"},
	{"json.match_schema", "a schema may fetch others over the network"},
	{"json.verify_schema", "a schema may fetch others over the network"},
	{"graphql.", "it is not evaluated here"},
	{"bits.lsh", "it can ask for any amount of memory at once"},
	{"graph.reachable_paths", "it can take any amount of time at once"},
	{"regex.globs_match", "it can take any amount of time at once"},
	{"rego.parse_module", "it is not evaluated here"},
}

// whyDenied is why a function is not had here, "" where it is, or is unknown altogether.
func whyDenied(function string) string {
	for _, d := range denied {
		if function == d.name || strings.HasSuffix(d.name, ".") && strings.HasPrefix(function, d.name) {
			return d.why
		}
	}
	return ""
}

// capabilities is what a policy may use: everything of this version of OPA that is pure and bounded.
var capabilities = sync.OnceValue(func() *ast.Capabilities {
	all := ast.CapabilitiesForThisVersion()
	var kept []*ast.Builtin
	for _, b := range all.Builtins {
		if whyDenied(b.Name) == "" {
			kept = append(kept, b)
		}
	}
	all.Builtins = kept
	all.AllowNet = []string{}
	return all
})
