package auditcmd

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/attestree/attestree/cmd/attestree/internal/command/basis"
	"github.com/attestree/attestree/cmd/attestree/internal/command/exit"
	"github.com/attestree/attestree/cmd/attestree/internal/userfile"
	"github.com/attestree/attestree/model/audit"
)

func (f *auditFlags) validateReview() error {
	switch {
	case len(f.review) == 0 && (f.note != "" || f.reviewer != ""):
		return exit.Usage(errors.New("--note and --reviewer are about a --review, and none is given"))
	case len(f.review) == 0:
		return nil
	case f.Reviews == "":
		return exit.Usage(errors.New("--review needs --reviews: the file that it is added to"))
	case f.reviewer == "":
		return exit.Usage(errors.New("--review needs --reviewer: a review that nobody answers for is worth nothing"))
	}
	for _, r := range f.review {
		code, decision, _ := strings.Cut(r, "=")
		if code == "" || !slices.Contains([]audit.Decision{audit.Accept, audit.Question, audit.Reject}, audit.Decision(decision)) {
			return exit.Usage(fmt.Errorf("--review %q: want CODE=accept, CODE=question or CODE=reject", r))
		}
	}
	return nil
}

// record adds the reviews of --review to the file, and to the report.
func (f *auditFlags) record(r audit.Report, now time.Time) (audit.Report, error) {
	if len(f.review) == 0 {
		return r, nil
	}
	var more []audit.Review
	for _, review := range f.review {
		code, decision, _ := strings.Cut(review, "=")
		made, err := r.Record(code, audit.Decision(decision), f.note, f.reviewer, now)
		if err != nil {
			return r, exit.Usage(fmt.Errorf("--review %s: %w", review, err))
		}
		more = append(more, made...)
	}
	before, err := basis.ReviewsIn(f.Reviews)
	if err != nil {
		return r, fmt.Errorf("--reviews: %w", err)
	}
	after, err := audit.Append(f.Reviews, before, more)
	if err != nil {
		return r, fmt.Errorf("--reviews: %w", err)
	}
	if err := userfile.Replace(f.Reviews, after, 0o644); err != nil {
		return r, fmt.Errorf("--reviews: %w", err)
	}
	list, err := audit.ParseReviews(f.Reviews, after)
	if err != nil {
		return r, fmt.Errorf("--reviews: %w", err)
	}
	return r.Reviewed(list), nil
}
