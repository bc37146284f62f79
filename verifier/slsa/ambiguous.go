package slsa

import (
	"encoding/json"
	"strings"

	"github.com/tidwall/gjson"
)

// paths lead to the objects of a provenance that are held against a certificate, "" being the predicate itself.
var paths = []string{
	"", "buildDefinition", "buildDefinition.externalParameters", "buildDefinition.externalParameters.workflow",
	"buildDefinition.externalParameters.source", "buildDefinition.externalParameters.configSource",
	"buildDefinition.internalParameters", "buildDefinition.internalParameters.github", "runDetails",
	"runDetails.builder", "runDetails.metadata", "builder", "invocation", "invocation.configSource",
	"invocation.configSource.digest", "invocation.environment", "metadata", "recipe",
}

// mostKeys is how many keys of one object are looked at. Real ones have a hundred at most.
const mostKeys = 10000

// ambiguous reports whether programs may read a provenance differently: a key is there twice, or again in other
// letters' case, where it matters.
func ambiguous(raw []byte) bool {
	if !json.Valid(raw) {
		return true
	}
	for _, path := range paths {
		object := gjson.ParseBytes(raw)
		if path != "" {
			object = object.Get(path)
		}
		if object.IsObject() && doubled(object) {
			return true
		}
	}
	return false
}

func doubled(object gjson.Result) (twice bool) {
	seen := map[string]bool{}
	object.ForEach(func(key, _ gjson.Result) bool {
		name := strings.ToLower(key.String())
		twice = seen[name] || len(seen) == mostKeys
		seen[name] = true
		return !twice
	})
	return twice
}
