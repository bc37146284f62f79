package lesson

import (
	"github.com/attestree/attestree/model"
)

// Step is one step on the way from a name to what was said, with what can be computed again of it.
type Step struct {
	Name string
	Says string // what this is, and why the next step follows from it
	Rows []Row  // its values
	// Node is the node whose bytes these are, "" for the one that the trail is about; Look is where they can be looked at.
	Node string
	Look Look

	check func() Result
}

// Look is where bytes can be looked at.
type Look int

// The places.
const (
	LookNowhere Look = iota
	LookRaw          // the exact bytes
	LookPayload      // the payload as a tree
	LookChecks       // the checks
)

// Status is how computing something again ended.
type Status string

// The statuses.
const (
	Pending  Status = ""         // not computed yet
	Same     Status = "same"     // as it was named
	Differs  Status = "differs"  // not as it was named
	Computed Status = "computed" // there is a hash, and nothing names it
	Missing  Status = "missing"  // there are no bytes to compute anything of
	Nothing  Status = "nothing"  // a step without bytes
)

// Result is what came of computing a step again.
type Result struct {
	Status Status
	Digest model.Digest // as computed, "" where nothing was
	Text   string       // as what it was named, and by whom; or why there is nothing
}

// Recompute hashes the step's bytes and compares. It takes as long as hashing them does and reads nothing but bytes that
// never change, so it may run beside everything else.
func (s Step) Recompute() Result {
	if s.check == nil {
		return Result{Status: Nothing}
	}
	return s.check()
}

// hashed compares bytes with a digest that somebody named.
func hashed(bytes []byte, want model.Digest, by string) func() Result {
	return func() Result {
		if !want.Valid() {
			return Result{Status: Missing, Text: by + " names a digest that cannot be computed: " + string(want)}
		}
		got := model.Compute(want.Algorithm(), bytes)
		if got != want {
			return Result{Differs, got, by + " names " + string(want)}
		}
		return Result{Same, got, "as " + by + " names it"}
	}
}

// nothing is a step with nothing to compute, and why.
func nothing(why string) func() Result {
	return func() Result { return Result{Status: Nothing, Text: why} }
}

// missing is a step whose bytes are not there.
func missing(why string) func() Result {
	return func() Result { return Result{Status: Missing, Text: why} }
}

// lost is why an entry's payload is not there, and what that makes of the step.
func lost(e *model.Entry) func() Result {
	problem := e.BlobProblem
	switch e.BlobState {
	case model.BlobTampered:
		return func() Result { return Result{Status: Differs, Text: problem} }
	case model.BlobSkipped:
		return missing("the bytes were left alone: too many, of something that says nothing about trust")
	case model.BlobMissing:
		return missing("the bytes could not be had: " + problem)
	case model.BlobPending, model.BlobLoadedOK:
	}
	return missing("the bytes are not there")
}
