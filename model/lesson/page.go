package lesson

import (
	"slices"

	"github.com/attestree/attestree/model"
)

// Page is what there is to know about one kind of thing.
type Page struct {
	Title string
	What  string // what it is, in a few sentences
	// Proves is what is known once all required checks have passed, and Not what is not known even then.
	Proves, Not []string
	Links       []Link
}

// Link is a section of a specification, or of a manual where there is none.
type Link struct{ Name, URL string }

// Lesson is a page about one node.
type Lesson struct {
	Topic Topic
	Page
	Form  Form  // how this one is stored
	Store []Row // the same, drawn with its values
	Words []Word
}

// For is the lesson about a node of a tree.
func For(t *model.Tree, e *model.Entry) Lesson {
	l := Lesson{Topic: topicOf(e), Form: formOf(e)}
	l.Page = about(l.Topic)
	if e.Attestation != nil && e.Attestation.Message {
		l.Form.Signed = "The bytes of what it is attached to, as they are."
	}
	if !e.Node.Format.Signed() && slices.Contains(l.Proves, provesSaid) {
		l.Proves = []string{provesCovered}
	}
	l.Store = draw(t, e)
	texts := append([]string{l.What, l.Form.Stored, l.Form.Signed}, l.Proves...)
	l.Words = wordsIn(append(texts, l.Not...))
	return l
}

// about is the page on a topic. There is one for every topic.
func about(t Topic) Page {
	for _, pages := range []map[Topic]Page{imagePages, signaturePages, attestationPages, otherPages} {
		if p, there := pages[t]; there {
			return p
		}
	}
	return otherPages[TopicArtifact]
}

// AllLinks are the sections that say more about a lesson: of what it is, then of how it is stored.
func (l Lesson) AllLinks() []Link { return append(append([]Link{}, l.Links...), l.Form.Links...) }
