package diff

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// mostFacts and maxFactDepth bound what is compared of one predicate.
const (
	mostFacts    = 400
	maxFactDepth = 32
)

// Flatten makes a fact of every value in the JSON of a summary, in the order of their keys. A list of plain values is one
// fact; of any other each element is taken apart.
func Flatten(summary []byte) []Fact {
	var facts []Fact
	if json.Valid(summary) {
		flatten("", gjson.ParseBytes(summary), maxFactDepth, &facts)
	}
	slices.SortStableFunc(facts, func(a, b Fact) int { return strings.Compare(a.Key, b.Key) })
	return facts
}

func flatten(key string, value gjson.Result, depth int, facts *[]Fact) {
	switch {
	case len(*facts) >= mostFacts, depth == 0:
	case value.IsObject():
		value.ForEach(func(k, inner gjson.Result) bool {
			flatten(join(key, k.String()), inner, depth-1, facts)
			return len(*facts) < mostFacts
		})
	case value.IsArray():
		flattenList(key, value.Array(), depth-1, facts)
	case value.String() != "":
		*facts = append(*facts, Fact{Key: key, Value: value.String()})
	}
}

func flattenList(key string, list []gjson.Result, depth int, facts *[]Fact) {
	var plain []string
	for i, v := range list {
		if v.IsObject() || v.IsArray() {
			flatten(join(key, strconv.Itoa(i+1)), v, depth, facts)
			continue
		}
		plain = append(plain, v.String())
	}
	if len(plain) > 0 {
		*facts = append(*facts, Fact{Key: key, Value: strings.Join(plain, ", ")})
	}
}

func join(key, more string) string {
	if key == "" {
		return more
	}
	return key + "." + more
}

// areaOf says what a fact is about, by the last part of its key.
func areaOf(key string) Area {
	switch last(key) {
	case "builder", "builderId", "buildType", "buildTypeName", "runner", "trigger", "entryPoint", "verifierId":
		return AreaBuilder
	case "source", "ref", "commit", "sourceRepository", "sourceRef", "sourceCommit", "sourceByClient", "repository":
		return AreaSource
	case "level", "levels":
		return AreaLevel
	case "blockingIssues", "allowedIssues", "status", "attribute", "toolsScanned":
		return AreaAllowance
	case "packages", "files":
		return AreaPackage
	}
	switch {
	case strings.HasPrefix(key, "bySeverity"), strings.HasPrefix(key, "byStatus"), strings.HasPrefix(key, "byState"),
		key == "findings", key == "statements", key == "vulnerabilities":
		return AreaVulnerability
	}
	return AreaOther
}

// volatile reports whether a fact is another in every build, so that its change says nothing.
func volatile(key string) bool {
	switch last(key) {
	case "created", "startedOn", "finishedOn", "scanDate", "timestamp", "timeVerified", "timeCreated", "createdOn", "invocationId",
		"evidenceDigest", "evidenceUri", "releaseId", "reviewTime", "database":
		return true
	}
	return strings.Contains(key, "evidenceDigest.")
}

func last(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

// change says how a fact is different, or false.
func (f Fact) change(after Fact) (Change, bool) {
	if f.Value == after.Value || volatile(f.Key) {
		return Change{}, false
	}
	c := Change{
		Area: areaOf(f.Key), Way: Changed, Weight: Neutral, Detail: f.Key, Before: f.Value, After: after.Value,
		Proven: f.Proven && after.Proven,
	}
	switch c.Area {
	case AreaBuilder, AreaSource:
		c.Weight = Look
	case AreaLevel, AreaAllowance, AreaVulnerability, AreaPackage:
		c = c.counted(last(f.Key))
	case AreaVerdict, AreaSigner, AreaAttachment, AreaLicence, AreaFinding, AreaImage, AreaOther:
	}
	return c, true
}

// counted is a change of a number, with its direction.
func (c Change) counted(key string) Change {
	before, err := strconv.ParseFloat(c.Before, 64)
	after, err2 := strconv.ParseFloat(c.After, 64)
	if err != nil || err2 != nil {
		c.Weight = Look
		return c
	}
	c.Way = Raised
	if after < before {
		c.Way = Lowered
	}
	switch key {
	case "blockingIssues", "allowedIssues", "findings", "critical", "high", "medium", "low":
		c.Weight = map[Way]Weight{Raised: Worse, Lowered: Better}[c.Way]
	case "toolsScanned":
		c.Weight = map[Way]Weight{Raised: Better, Lowered: Worse}[c.Way]
	}
	return c
}
