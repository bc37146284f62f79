package policy

import (
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

func TestTheNearestAnswerIsTheOneThatLacksLeast(t *testing.T) {
	entry := func(id string, v model.Verdict, at time.Time) *model.Entry {
		n := signedBy(v)
		n.at = at
		report := n.report()
		return &model.Entry{Node: model.Node{ID: id}, Report: &report, Standing: model.Standing{Verdict: v}}
	}
	early, late := today.Add(-time.Hour), today
	uncompared := entry("not compared with the digest", model.Trusted, late)
	uncompared.Report.Checks = nil
	unread := &model.Entry{Node: model.Node{ID: "unread"}, Standing: model.Standing{Verdict: model.Unchecked}}
	nearestFirst := []*model.Entry{
		entry("z", model.Trusted, late), entry("a", model.Trusted, early), entry("b", model.Trusted, early),
		uncompared,
		entry("covered", model.Covered, late),
		entry("valid", model.Valid, early),
		entry("untrusted", model.Untrusted, late),
		entry("not judged", model.Unchecked, late), unread,
		entry("unavailable", model.Unavailable, late),
		entry("unverifiable", model.Unverifiable, late),
		entry("invalid", model.Invalid, late),
		entry("unsigned", model.Unsigned, late),
	}
	c := &court{}
	for i, a := range nearestFirst {
		for j, b := range nearestFirst {
			if got := c.closer(a, b); got != (i < j) {
				t.Errorf("%s is closer than %s: %t", a.Node.ID, b.Node.ID, got)
			}
		}
	}
}

func TestWhatComesAfterAnUnmetConditionIsNotJudged(t *testing.T) {
	f := policyOf(t, "require: [sbom], sbom: {min_packages: 1}")
	answer := f.Judge(indexOf(says(typeSPDX, spdx, stands(model.Untrusted))), image, today)
	if answer.Satisfied || len(answer.Reasons) != 1 || len(answer.Requirements) != 2 {
		t.Fatalf("%+v", answer)
	}
	if last := answer.Requirements[1]; last.Status != model.RequirementUnknown || last.Message != "Not judged, because of what is said above." {
		t.Errorf("%+v", last)
	}
}
