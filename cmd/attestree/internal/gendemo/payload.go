package main

import (
	"bytes"
	"embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"text/template"
)

//go:embed payloads
var payloads embed.FS

// payload fills in the template of that name. Every template can use the words of the story; more adds to them.
func payload(name string, more map[string]string) string {
	words := map[string]string{
		"Repository": repository, "Tag": tag, "Project": project, "Ref": projectRef, "Commit": commit,
		"Workflow": workflow, "Run": run, "Attempt": attempt, "Reviewer": reviewer,
		"Began": rfc3339(began), "Created": rfc3339(created), "Signed": rfc3339(signed),
	}
	maps.Copy(words, more)
	t := must(template.New(name).Option("missingkey=error").ParseFS(payloads, "payloads/"+name))
	var out strings.Builder
	if err := t.Execute(&out, words); err != nil {
		panic(err)
	}
	return out.String()
}

// predicate is a payload in JSON, without white space.
func predicate(name string, more map[string]string) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(payload(name, more))); err != nil {
		panic(name + ": " + err.Error())
	}
	return out.Bytes()
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
