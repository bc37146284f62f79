package predicate

import (
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeReview reads a human's review (attestation spec, human-review drafts: generic, vcs and crev). None of the drafts
// was accepted, so all their spellings are read.
//
// The summary holds result, reviewers, reviewLink, reviewTime and comment.
func decodeReview(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	result := text(r, "result")
	var reviewers []string
	eachOf(r.Get("reviewers"), func(reviewer gjson.Result) {
		if len(reviewers) < maxList {
			reviewers = append(reviewers, person(reviewer))
		}
	})
	if one := person(r.Get("reviewer")); one != "" {
		reviewers = append(reviewers, one)
	}
	who := ""
	if len(reviewers) > 0 {
		who = model.Counted(len(reviewers), "reviewer")
	}
	n := newNote("Human review", result, who)
	n.say("Result", "result", result)
	n.list("Reviewers", "reviewers", reviewers)
	n.say("Comment", "comment", text(r, "comment"))
	n.fields.add("Thoroughness", text(r, "thoroughness"))
	n.fields.add("Understanding", text(r, "understanding"))
	n.fields.add("Reviewed", str(r.Get("targetTip")))
	n.fields.add("Target", strings.Join(named(r.Get("target")), ""))
	n.say("Review", "reviewLink", text(r, "reviewLink"))
	written := first(text(r, "reviewTime"), text(r, "timestamp"))
	n.say("Written", "reviewTime", written)
	n.date("the review's time", written)
	return n
}

// person is a reviewer: a text, or an object that names one.
func person(r gjson.Result) string {
	if !r.IsObject() {
		return clip(str(r), maxTitle)
	}
	return clip(strings.TrimSpace(anyText(r, "id", "name")+" "+anyText(r, "url", "uri")), maxField)
}
