package uitest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diff"
)

// Compare answers with a comparison for "2.0.0", with a large one for a number of packages, and with an error for
// anything else.
func (f Backend) Compare(_ context.Context, t *model.Tree, other string) <-chan diff.Progress {
	out := make(chan diff.Progress, 3)
	defer close(out)
	out <- diff.Progress{Found: 3}
	out <- diff.Progress{Found: 12, Judged: 7}
	var n int
	switch {
	case other == "2.0.0":
		out <- diff.Progress{Report: Diff(t)}
	case other == "hostile":
		out <- diff.Progress{Report: hostileDiff()}
	case strings.HasPrefix(other, "many"):
		_, _ = fmt.Sscanf(other, "many%d", &n)
		out <- diff.Progress{Report: LargeDiff(n)}
	default:
		out <- diff.Progress{Err: errors.New(other + ": it is not there, says the registry")}
	}
	return out
}

// Others implements diff.Backend.
func (f Backend) Others(*model.Tree) []diff.Other {
	return []diff.Other{{Source: "ghcr.io/stacklok/dockyard/npx/context7:2.0.9", Why: "compared before"}, {Source: "2.0.0", Why: "another tag"}}
}

// Diff is a comparison with a change of every area and of every weight.
func Diff(t *model.Tree) *diff.Report {
	after := diff.FromTree(t, Source, true)
	before := after
	before.Name, before.Digest = "ghcr.io/stacklok/dockyard/npx/context7:2.0.0", Digest("older")
	before.Verdict, before.Policy, after.Policy = "valid", diff.PolicySatisfied, diff.PolicyNotSatisfied
	before.Unseen, after.Unseen = nil, nil
	node := string(Digest("provenance"))
	r := diff.Report{Before: before, After: after, Notes: []string{"the sides were judged by different trust, so verdicts can differ for that alone"}}
	add := func(area diff.Area, way diff.Way, weight diff.Weight, what, detail, from, to, id string) {
		r.Changes = append(r.Changes, diff.Change{Area: area, Way: way, Weight: weight, What: what, Detail: detail, Before: from, After: to, BeforeID: id, AfterID: id, Proven: area == diff.AreaSource})
	}
	add(diff.AreaVerdict, diff.Changed, diff.Worse, "policy", "", diff.PolicySatisfied, diff.PolicyNotSatisfied, "")
	add(diff.AreaVerdict, diff.Raised, diff.Better, "the image", "", "valid", "trusted", "")
	add(diff.AreaSigner, diff.Changed, diff.Look, "SLSA provenance v1", "", Workflow, strings.Replace(Workflow, "dockyard", "mallory", 1), node)
	add(diff.AreaSigner, diff.Changed, diff.Neutral, "signature", "ref", Workflow, Workflow+"-2", string(Digest("signature")))
	add(diff.AreaAttachment, diff.Lost, diff.Worse, "VEX · 3 statements", "", "trusted · "+Workflow, "", "")
	add(diff.AreaAttachment, diff.Unseen, diff.Look, "VSA", "", "valid", "", "")
	add(diff.AreaSource, diff.Changed, diff.Look, "SLSA provenance v1", "commit", "90715a5a3a2c1b0d8e7f", "112233445566778899aa", node)
	add(diff.AreaLevel, diff.Lowered, diff.Worse, "SLSA provenance v1", "", "L3", "L2", node)
	add(diff.AreaVulnerability, diff.Gained, diff.Worse, "CVE-2026-0001 in qs", "", "", "high", "")
	add(diff.AreaImage, diff.Changed, diff.Neutral, "digest", "", string(before.Digest), string(after.Digest), "")
	r.Packages = &diff.PackageReport{Before: 5, After: 5, Same: 1, Changes: []diff.PackageChange{
		{Way: diff.Downgraded, Name: "openssl", Type: "apk", PURL: "pkg:apk/alpine/openssl@3.0.1", Before: "3.0.2", After: "3.0.1"},
		{Way: diff.Removed, Name: "left-pad", Type: "npm", PURL: "pkg:npm/left-pad@1.3.0", Before: "1.3.0"},
		{Way: diff.Added, Name: "is-odd", Type: "npm", PURL: "pkg:npm/is-odd@1.0.0", After: "1.0.0"},
		{Way: diff.Upgraded, Name: "qs", Type: "npm", PURL: "pkg:npm/qs@6.12.0", Before: "6.11.0", After: "6.12.0"},
		{Way: diff.Relicensed, Name: "express", Type: "npm", PURL: "pkg:npm/express@4.19.2", Before: "MIT", After: "SSPL-1.0"},
	}}
	return &r
}

func hostileDiff() *diff.Report {
	side := diff.Side{Name: Hostile, Digest: model.Digest(Hostile), Judged: true, Verdict: Hostile, Saved: true}
	return &diff.Report{
		Before: side, After: side, Notes: []string{Hostile},
		Changes: []diff.Change{{Area: diff.Area(Hostile), Way: diff.Way(Hostile), Weight: diff.Worse, What: Hostile, Detail: Hostile, Before: Hostile, After: strings.Repeat(Hostile, 100)}},
		Packages: &diff.PackageReport{Changes: []diff.PackageChange{
			{Way: diff.PackageWay(Hostile), Name: Hostile, Type: Hostile, PURL: Hostile, Before: Hostile, After: Hostile},
		}},
	}
}

// LargeDiff is a comparison of images with that many packages, all of which are others.
func LargeDiff(n int) *diff.Report {
	r := &diff.Report{Before: diff.Side{Name: "before"}, After: diff.Side{Name: "after"}, Packages: &diff.PackageReport{Before: n, After: n}}
	for i := range n {
		r.Packages.Changes = append(r.Packages.Changes, diff.PackageChange{
			Way: diff.PackageWays[i%len(diff.PackageWays)], Name: fmt.Sprintf("package-%06d", (i*7919)%n), Type: "npm",
			PURL: fmt.Sprintf("pkg:npm/package-%06d@2.%d", (i*7919)%n, i%7), Before: fmt.Sprintf("1.%d", i%7), After: fmt.Sprintf("2.%d", i%7),
		})
		r.Changes = append(r.Changes, diff.Change{Area: diff.AreaVulnerability, Way: diff.Gained, Weight: diff.Worse, What: fmt.Sprintf("CVE-2026-%06d in package", i), After: "high"})
	}
	return r
}
