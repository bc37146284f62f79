package output

import (
	"time"

	"github.com/attestree/attestree/model"
)

// Sender is what whoever packed evidence says of it. Nothing of it is believed.
type Sender struct {
	Verdict  string // of the image
	Policy   string
	Tool     string
	Digest   string
	JudgedAt time.Time
	Problem  string // why the report cannot be read, "" if it can
}

// Sentence says it, for a person.
func (s *Sender) Sentence() string {
	if s.Problem != "" {
		return "an evidence pack, whose sender's report cannot be read: " + s.Problem
	}
	verdict := s.Verdict
	if verdict == "" {
		verdict = "nothing"
	}
	about := "no image"
	if s.Digest != "" {
		about = model.Digest(s.Digest).Short()
	}
	return "an evidence pack: its sender's report says " + verdict + " of " + about + ", policy " + s.Policy + ", of " + Instant(s.JudgedAt) + " by " + s.Tool +
		"; that is the sender's word, and what is said here is by your own trust"
}

type senderDocument struct {
	Verdict  string `json:"verdict"`
	Policy   string `json:"policy"`
	Tool     string `json:"tool"`
	Digest   string `json:"digest"`
	JudgedAt string `json:"judgedAt"`
	Problem  string `json:"problem"`
}

func newSender(s *Sender) *senderDocument {
	if s == nil {
		return nil
	}
	return &senderDocument{
		Verdict: s.Verdict, Policy: s.Policy, Tool: s.Tool, Digest: s.Digest, JudgedAt: Instant(s.JudgedAt), Problem: s.Problem,
	}
}
