package verifier

import (
	"fmt"
	"strings"

	"github.com/attestree/attestree/model"
)

// ladder is the list of checks of one signature, in the fixed order in which they are shown. Steps are judged in
// whatever order they need each other's results.
type ladder []model.Check

// steps are the checks of a Sigstore signature, in order.
var steps = []model.CheckID{
	model.CheckContent, model.CheckEnvelope, model.CheckSignature, model.CheckSubject, model.CheckCertificate,
	model.CheckSCT, model.CheckLog, model.CheckTimestamp, model.CheckSigner, model.CheckPredicate,
}

func newLadder(ids ...model.CheckID) ladder {
	l := make(ladder, len(ids))
	for i, id := range ids {
		l[i] = model.Check{ID: id, Proves: meaning[id].proves, Spec: meaning[id].spec}
	}
	return l
}

// at is the check with that id. Asking for one that the ladder has not is a mistake in this package; it gives a check
// that nobody will see.
func (l ladder) at(id model.CheckID) *model.Check {
	for i := range l {
		if l[i].ID == id {
			return &l[i]
		}
	}
	return &model.Check{}
}

func (l ladder) require(ids ...model.CheckID) {
	for _, id := range ids {
		l.at(id).Required = true
	}
}

func (l ladder) passed(id model.CheckID) bool { return l.at(id).Status == model.CheckPassed }
func (l ladder) failed(id model.CheckID) bool { return l.at(id).Status == model.CheckFailed }

// result is how one step ended.
type result struct {
	status           model.CheckStatus
	expected, actual string
	detail           string
}

func pass(expected, actual, detail string) result {
	return result{model.CheckPassed, expected, actual, detail}
}

func fail(expected, actual, detail string) result {
	return result{model.CheckFailed, expected, actual, detail}
}

func skip(expected, actual, detail string) result {
	return result{model.CheckSkipped, expected, actual, detail}
}

// notReached is a step that an earlier one made impossible.
func notReached(why string) result { return skip("", "", consequence+why) }

// consequence begins the detail of every step that was not reached.
const consequence = "not reached because "

func (l ladder) set(id model.CheckID, r result) {
	c := l.at(id)
	c.Status, c.Expected, c.Actual, c.Detail = r.status, r.expected, r.actual, r.detail
}

// close marks what was not judged as a consequence of the first required check that is not passed.
func (l ladder) close() {
	cause := "nothing before it was judged"
	for _, c := range l {
		if c.Required && (c.Status == model.CheckFailed || c.Status == model.CheckSkipped) {
			cause = fmt.Sprintf("the %s check did not pass", c.ID)
			break
		}
	}
	for i := range l {
		if l[i].Status == model.CheckUnchecked {
			l.set(l[i].ID, notReached(cause))
		}
	}
}

// blocker is what keeps the ladder from being good, and the verdict that this makes: the first required check that
// failed, else the first that is not passed and no mere consequence of a later one (docs/verification.md). Unchecked
// means that every required check passed.
func (l ladder) blocker() (model.Verdict, model.Check) {
	var missing *model.Check
	for i := range l {
		c := &l[i]
		switch {
		case !c.Required || c.Status == model.CheckPassed:
		case c.Status == model.CheckFailed:
			return model.Invalid, *c
		case missing == nil, strings.HasPrefix(missing.Detail, consequence) && !strings.HasPrefix(c.Detail, consequence):
			missing = c
		}
	}
	if missing != nil {
		return model.Unverifiable, *missing
	}
	return model.Unchecked, model.Check{}
}
