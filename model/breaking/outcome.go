package breaking

import "github.com/attestree/attestree/model"

// Caught compares what broken evidence was judged with what the real evidence was. It is the check that the break is
// caught by, and false where nobody notices it: where the verdict is as good as before, or bad for the same reason. The
// check is the zero value where the verdict alone says it.
func Caught(before, after model.Report) (by model.Check, caught bool) {
	by = after.Decisive()
	was := before.Decisive()
	switch {
	case after.Verdict == model.Trusted, after.Verdict == model.Valid:
		return model.Check{}, false
	case before.Verdict == after.Verdict && was.ID == by.ID && was.Status == by.Status && was.Detail == by.Detail && before.Reason == after.Reason:
		return model.Check{}, false
	}
	return by, true
}

// Unnoticed says of a break that nothing caught why that is right, or that it is not; in one or two sentences.
func Unnoticed(id ID, before, after model.Report) string {
	good := after.Verdict == model.Trusted || after.Verdict == model.Valid
	switch {
	case !good:
		return "Nothing more is caught: it was " + before.Verdict.String() + " already, and stays so for the same reason."
	case id == Later:
		return "Nothing catches this, and that is right: what was signed while its certificate was good stays signed, because the log or a " +
			"timestamp says when that was. Who wants signatures to grow old says so in the policy, with max_age or an expiry."
	case id == NoTimestamp:
		return "Nothing catches this, and that is right: the log says when it was signed, and that is enough. A timestamp beside it is a " +
			"second witness, which nobody asked for."
	}
	return "Nothing catches this, and something ought to. Please tell the people who make this program."
}
