package ui

import (
	"errors"
	"slices"
	"testing"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/page"
	"github.com/attestree/attestree/ui/screen"
	"github.com/attestree/attestree/ui/uitest"
)

// shot is a screen that is worth looking at.
type shot struct {
	name    string
	backend Backend
	info    Info
	opts    Options
	keys    string
}

var failing = uitest.Backend{Events: [][]model.Event{{model.DiscoveryDone{
	Err: errors.New("read manifest of ghcr.io/stacklok/dockyard/npx/context7:9.9.9: 404 Not Found: manifest unknown"),
}}}}

// scenes are all of them.
func shots() []shot {
	full, bare, renewed := uitest.Trusting(), uitest.Backend{Events: uitest.Rich()}, uitest.Trusting()
	return append(slices.Concat(diffShots(), doctorShots()), []shot{
		{"tree", full, fakeInfo, Options{}, "j j"},
		{"platform", full, fakeInfo, Options{}, "G k k k h h"},
		{"summary", full, fakeInfo, Options{}, "/ S L S A enter 1"},
		{"checks", full, fakeInfo, Options{}, "/ C y c l o n e enter 2 j j"},
		{"checks-covered", full, fakeInfo, Options{}, "/ B u i l d K i t enter 2"},
		{"signer", full, fakeInfo, Options{}, "/ S L S A enter 3"},
		{"signer-claimed", full, fakeInfo, Options{}, "/ u n v e r i f enter 3"},
		{"payload", full, fakeInfo, Options{}, "/ S L S A enter 4 j l"},
		{"payload-search", full, fakeInfo, Options{}, "/ S L S A enter 4 / u r i enter n"},
		{"payload-query", full, fakeInfo, Options{}, "/ S L S A enter 4 f p r e d i c a t e . m a t e r i a l s . # . u r i"},
		{"payload-query-wrong", full, fakeInfo, Options{}, "/ S L S A enter 4 f s u b j e c t . # ( n a m e"},
		{"payload-query-none", full, fakeInfo, Options{}, "/ S L S A enter 4 f x"},
		{"payload-query-computed", full, fakeInfo, Options{}, "/ S L S A enter 4 f p r e d i c a t e | @ k e y s enter j"},
		{"raw-search", full, fakeInfo, Options{}, "g 5 / s c h e m a"},
		{"raw", full, fakeInfo, Options{}, "g 5"},
		{"raw-hex", full, fakeInfo, Options{}, "/ c o v e r a g e enter 5"},
		{"ledger", full, fakeInfo, Options{}, "shift+tab j j"},
		{"pin", full, fakeInfo, Options{}, "/ V S A enter t"},
		{"pin-wider", full, fakeInfo, Options{}, "/ V S A enter t space j j j space"},
		{"pin-save", full, fakeInfo, Options{}, "/ V S A enter t w"},
		{"pin-claimed", full, fakeInfo, Options{}, "/ u n v e r i f enter t"},
		{"pin-covered", full, fakeInfo, Options{}, "/ B u i l d K i t enter t"},
		{"tour", full, Info{Source: "demo", Demo: true, Offline: true}, Options{Tour: Tour{Begin: true}}, "j"},
		{"learn", full, fakeInfo, Options{}, "/ S L S A enter 6"},
		{"learn-trail", full, fakeInfo, Options{}, "/ S L S A enter 6 z j j j"},
		{"learn-check", full, fakeInfo, Options{}, "/ C y c l o n e enter 2 6"},
		{"learn-commands", full, fakeInfo, Options{}, "/ S L S A enter 6 z G"},
		{"learn-ascii", full, fakeInfo, Options{Drawing: screen.Drawing{ASCII: true, NoColor: true}}, "/ B u i l d K i t enter 6 z ctrl+d"},
		{"evil-learn", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "j 6 z ctrl+d"},
		{"signers", full, fakeInfo, Options{}, "s j"},
		{"signers-full", full, fakeInfo, Options{}, "s j j enter"},
		{"signers-nobody", bare, fakeInfo, Options{}, "s"},
		{"policy", full, fakeInfo, Options{}, "p j"},
		{"policy-default", bare, fakeInfo, Options{}, "p"},
		{"root", full, fakeInfo, Options{}, "u"},
		{"root-changed", renewed, fakeInfo, Options{}, "u enter"},
		{"root-refused", bare, fakeInfo, Options{}, "u enter"},
		{"evil-root", uitest.Backend{Events: uitest.Good(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "u enter"},
		{"evil-pin", uitest.Backend{Events: uitest.Good(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "j t space"},
		{"evil-signers", uitest.Backend{Events: uitest.Good(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "s enter j enter"},
		{"evil-policy", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "p"},
		{"card", full, fakeInfo, Options{}, "g 1 j j"},
		{"audit", uitest.Auditing(), fakeInfo, Options{}, "a"},
		{"audit-reading", uitest.Auditing(), fakeInfo, Options{}, "a j j tab"},
		{"audit-filter", uitest.Auditing(), fakeInfo, Options{}, "a f f l a g : n o - r"},
		{"audit-sorted", uitest.Auditing(), fakeInfo, Options{}, "a s s s S"},
		{"audit-scan", uitest.Auditing(), fakeInfo, Options{}, "a g"},
		{"audit-review", uitest.Auditing(), fakeInfo, Options{}, "a r enter o k enter a n n enter r e v i e w s enter enter"},
		{"audit-review-form", uitest.Auditing(), fakeInfo, Options{}, "a r tab a n n"},
		{"audit-report", uitest.Auditing(), fakeInfo, Options{}, "a e r . m d"},
		{"audit-bare", full, fakeInfo, Options{}, "a"},
		{"packages", uitest.Packaging(), fakeInfo, Options{}, "g P"},
		{"packages-one", uitest.Packaging(), fakeInfo, Options{}, "/ S P D X enter P s s s s s"},
		{"packages-filter", uitest.Packaging(), fakeInfo, Options{}, "g P f v u l n : o p e n"},
		{"packages-wrong", uitest.Packaging(), fakeInfo, Options{}, "g P f v u l n : x"},
		{"packages-page", uitest.Packaging(), fakeInfo, Options{}, "g P f q s enter enter j"},
		{"packages-unlisted", uitest.Packaging(), fakeInfo, Options{}, "g P v"},
		{"packages-none", uitest.Backend{Events: uitest.Many(3)}, fakeInfo, Options{}, "P"},
		{"help", full, fakeInfo, Options{}, "?"},
		{"search", full, fakeInfo, Options{}, "/ p r o v e"},
		{"filter", full, fakeInfo, Options{}, "f p l a t f o r m : a r m enter"},
		{"filter-typed", full, fakeInfo, Options{}, "f : i n v"},
		{"filter-empty", full, fakeInfo, Options{}, "f"},
		{"filter-wrong", full, fakeInfo, Options{}, "f : n o n s e n s e"},
		{"search-payload", full, fakeInfo, Options{}, "/ a c t i o n s / r u n n e r enter n"},
		{"palette", full, fakeInfo, Options{}, ":"},
		{"palette-typed", full, fakeInfo, Options{}, ": s b o m down"},
		{"palette-none", full, fakeInfo, Options{}, ": q q q q"},
		{"marks", full, fakeInfo, Options{}, "j space space"},
		{"coverage", full, fakeInfo, Options{}, "c j j"},
		{"coverage-gap", full, fakeInfo, Options{}, "c j j j l enter"},
		{"coverage-several", full, fakeInfo, Options{}, "c enter"},
		{"evil-coverage", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "c enter"},
		{"by-signer", full, fakeInfo, Options{}, "b j"},
		{"evil-by-signer", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "b"},
		{"copy", full, fakeInfo, Options{}, "/ S L S A enter y"},
		{"copy-payload", full, fakeInfo, Options{}, "/ S L S A enter 4 j y j"},
		{"copy-raw", full, fakeInfo, Options{}, "g y w"},
		{"evil-copy", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "j 4 y w"},
		{"export", full, fakeInfo, Options{}, "/ S L S A enter e j"},
		{"export-where", full, fakeInfo, Options{}, "/ S L S A enter e G enter"},
		{"export-refused", full, fakeInfo, Options{}, "/ S L S A enter e enter enter"},
		{"export-marked", full, fakeInfo, Options{}, "j space space e"},
		{"evil-export", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, fakeInfo, Options{}, "j e"},
		{"sender", full, inAPack, Options{}, "g 1"},
		{"evil-sender", full, Info{Source: uitest.Hostile, Sender: &page.Sender{Verdict: uitest.Hostile, Policy: uitest.Hostile, Tool: uitest.Hostile, JudgedAt: uitest.SignedAt}}, Options{}, "g 1"},
		{"breaking", uitest.Breakable(), fakeInfo, Options{}, "/ S L S A enter x j j n"},
		{"breaking-uncaught", uitest.Breakable(), fakeInfo, Options{}, "/ S L S A enter x j G"},
		{"breaking-read", uitest.Breakable(), fakeInfo, Options{}, "/ S L S A enter x j n tab j"},
		{"breaking-ascii", uitest.Breakable(), fakeInfo, Options{Drawing: screen.Drawing{ASCII: true, NoColor: true}}, "/ S L S A enter x j"},
		{"breaking-none", full, fakeInfo, Options{}, "/ S L S A enter x"},
		{"evil-breaking", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust(), Bench: &uitest.Bench{Text: uitest.Hostile}}, fakeInfo, Options{}, "j x j j n"},
		{"zoom", full, fakeInfo, Options{}, "j j tab z"},
		{"ascii", full, fakeInfo, Options{Drawing: screen.Drawing{ASCII: true}}, "j j"},
		{"error", failing, fakeInfo, Options{}, ""},
		{"empty", uitest.Backend{Events: [][]model.Event{{model.DiscoveryDone{}, model.Done{}}}}, fakeInfo, Options{}, ""},
		{"evil", uitest.Backend{Events: uitest.Evil(), Trust: uitest.HostileTrust()}, Info{Source: uitest.Hostile, Demo: true, Offline: true}, Options{}, "j"},
		{"nobody-pinned", bare, Info{Source: "demo", Demo: true, Offline: true}, Options{}, ""},
	}...)
}

func TestScenes(t *testing.T) {
	for i := range shots() {
		for _, size := range []string{"60x16", "80x24", "120x40"} {
			s := shots()[i] // a backend of its own: some keys change it
			t.Run(s.name+"-"+size, func(t *testing.T) {
				uitest.Golden(t, s.name+"-"+size, plain(drive(t, fakeApp(s.backend, s.info, s.opts), size, s.keys)))
			})
		}
	}
	for _, size := range []string{"44x14", "39x12", "200x60"} {
		t.Run("tree-"+size, func(t *testing.T) {
			uitest.Golden(t, "tree-"+size, plain(drive(t, fakeApp(uitest.Trusting(), fakeInfo, Options{}), size, "j j")))
		})
	}
}
