package predicate

import (
	"time"

	"github.com/attestree/attestree/model"
)

// times notices times that cannot be: an end before its beginning, and times that nobody set. Whether a time lies in the
// future is not asked: that needs a clock. Texts that are no RFC 3339 time say nothing.
func times(started, finished string) []model.Finding {
	out := unset(started, finished)
	from, err := time.Parse(time.RFC3339, started)
	if err != nil {
		return out
	}
	to, err := time.Parse(time.RFC3339, finished)
	if err != nil || !to.Before(from) || zero(to) {
		return out
	}
	return append(out, finding("times-out-of-order", model.SeverityWarning,
		"it ends before it begins: compare "+clip(finished, maxTitle)+" with "+clip(started, maxTitle)+" in the payload"))
}

// unset notices the first time that is a zero value: year 1, which programs write that never set it, or the start of
// Unix time, which reproducible builds write.
func unset(written ...string) []model.Finding {
	for _, w := range written {
		if t, err := time.Parse(time.RFC3339, w); err == nil && zero(t) {
			return []model.Finding{finding("time-zero", model.SeverityInfo,
				"the time "+clip(w, maxTitle)+" is a zero value, not a date: look at when it was signed instead")}
		}
	}
	return nil
}

func zero(t time.Time) bool { return t.Unix() == 0 || t.UTC().Year() <= 1 }
