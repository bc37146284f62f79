package predicate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeSource reads source and tag provenance of SLSA's source tool (slsa-framework/source-tool, pkg/provenance), the
// drafts and v1: how a commit or a tag came to be, and which controls were enforced then. SLSA leaves its form open.
//
// The summary holds repository, ref, actor, activity, previousCommit, createdOn, controls (names) and levels.
func decodeSource(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	ref := anyText(r, "branch", "tag")
	what := "Source provenance"
	if text(r, "tag") != "" {
		what = "Tag provenance"
	}
	n := newNote(what, strings.TrimPrefix(strings.TrimPrefix(ref, "refs/heads/"), "refs/tags/"))
	n.say("Repository", "repository", text(r, "repo_uri"))
	n.say("Ref", "ref", ref)
	n.say("Actor", "actor", text(r, "actor"))
	n.say("Activity", "activity", text(r, "activity_type"))
	var levels []string
	eachOf(r.Get("vsa_summaries"), func(summary gjson.Result) {
		if len(levels) < maxList {
			levels = append(levels, list(summary.Get("verifiedLevels"))...)
		}
	})
	n.list("Levels", "levels", levels)
	controls := []string{}
	eachOf(r.Get("controls"), func(control gjson.Result) {
		if len(controls) < maxList {
			controls = append(controls, text(control, "name"))
			n.fields.note("Control", text(control, "name"), strings.TrimSpace("since "+text(control, "since")))
		}
	})
	n.summary["controls"] = controls
	n.say("Commit before", "previousCommit", text(r, "prev_commit"))
	created := text(r, "created_on")
	n.say("Created", "createdOn", created)
	if len(controls) == 0 {
		n.warn("no-controls", "no control was enforced when this was made: look at controls")
	}
	n.date("created_on", created)
	return n
}
