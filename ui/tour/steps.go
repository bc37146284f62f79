package tour

import (
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/scene"
)

// step is a step of the tour: what to do, and how it is known to be done. In what it says {checks} stands for the first key of
// that action, as settings name it, and {all down} for all of its keys.
type step struct {
	title string
	text  string
	// done reports whether it is so. It is asked after every key, so it looks at what is on screen and at nothing else. The
	// last step has none.
	done func(Place) bool
	// aside is said in place of the text where somebody has taken another way; it returns "" where nobody has.
	aside func(Place) string
	after string // said once it is done, before the next step
}

// steps lead through the demo image.
var steps = []step{
	{
		title: "What is attached",
		text: "This is one image with all that is attached to it: signatures, attestations, files. Each row has a verdict, as a word " +
			"or a sign. Press {all down} to go to one of them.",
		done: func(at Place) bool { return at.Node != nil && at.Node != at.Root },
	},
	{
		title: "Something is wrong",
		text: "Each is judged by itself, and not all is well. Find the SBOM (a list of packages) that is ✘ invalid: press {search} and type " +
			"SPDX, then {enter}; or walk there with {down}.",
		done: func(at Place) bool { return at.selects(model.FamilySBOM, model.Invalid) },
		aside: func(at Place) string {
			if e := at.Node; model.EntryFamily(e) == model.FamilySBOM && e.Standing.Verdict != model.Invalid {
				return "That is an SBOM, but not the wrong one. Look for SBOM SPDX 2.3 with 31 packages: {next-match} goes to the next match, {up} up."
			}
			return ""
		},
		after: "There it is.",
	},
	{
		title: "Which check failed",
		text:  "A verdict is made of checks, and every required one has to pass. Press {checks} to see them. The one that failed is selected.",
		done:  func(at Place) bool { return at.reads(scene.TabChecks) && at.selects(model.FamilySBOM, model.Invalid) },
		after: "The signature is right; the subject is not. This was signed for another image.",
	},
	{
		title: "What a check is for",
		text:  "Press {learn} to learn what the selected check does, what it proves, and what it does not.",
		done:  func(at Place) bool { return at.reads(scene.TabLearn) && at.Learning != "" },
		aside: func(at Place) string {
			if at.reads(scene.TabLearn) {
				return "This page is about the SBOM itself, which is worth reading too. Press {checks}, then {learn}: then it is about the check."
			}
			return ""
		},
		after: "So no signature can be borrowed.",
	},
	{
		title: "Something is right",
		text: "Now, where does this image come from? Press {back} to be back in the tree, then {search} and type provenance, then {enter}. Take the one " +
			"that is ✔ trusted.",
		done: func(at Place) bool { return at.selects(model.FamilyProvenance, model.Trusted) },
		aside: func(at Place) string {
			if e := at.Node; model.EntryFamily(e) == model.FamilyProvenance && e.Standing.Verdict == model.Covered {
				return "That one is BuildKit's: covered, but nobody signed what it says. The trusted one stands higher up: {prev-match}, or {up}."
			}
			return ""
		},
		after: "Trusted: every check passed, and its signer is on the list.",
	},
	{
		title: "Who says so",
		text:  "Press {signer}: who signed it. An authority vouched for this workflow, so its name is proven and not just claimed.",
		done: func(at Place) bool {
			return at.reads(scene.TabSigner) && at.selects(model.FamilyProvenance, model.Trusted)
		},
		after: "Its source and commit are in the certificate too.",
	},
	{
		title: "Follow the bytes",
		text: "Now follow the bytes: press {learn}, then {enter}, and go down with {down}. From the tag to the statement, every hash is computed " +
			"again before you.",
		done: func(at Place) bool {
			return at.reads(scene.TabLearn) && at.Learning == "" && at.Followed >= 3
		},
		after: "So one digest fixes it all.",
	},
	{
		title: "Break it",
		text:  "Would it be noticed if somebody altered this? Press {break}: it is broken on purpose, in memory only, in one way after the other.",
		done:  func(at Place) bool { return at.Breaking },
		after: "Each row is a way to break it, and what notices.",
	},
	{
		title: "Whom you trust",
		text: "Press {back}. Find the vulnerability scan that is ▲ untrusted: {search} trivy, {enter}. It is sound, but its signer is nobody you " +
			"named. Press {trust} to see what naming them would mean.",
		done: func(at Place) bool { return at.Trusting },
		aside: func(at Place) string {
			if e := at.Node; e != nil && at.selects(model.FamilyVuln, model.Untrusted) {
				return "That is it: signed by a workflow of somebody else. Press {trust} to see what trusting them would mean. Nothing is done yet."
			}
			return ""
		},
		after: "Close it with {back}: do not trust them.",
	},
	{
		title: "What was let through",
		text:  "A scan may pass because findings were allowed. Press {audit} for the audit: each with severity, reason and reach.",
		done:  func(at Place) bool { return at.Auditing },
		after: "Weak reasons are marked.",
	},
	{
		title: "That was the tour",
		text: "There is more: {coverage} coverage, {packages} packages, {compare} compare, {palette} finds anything, {help} shows all keys. " +
			"Your own image: attestree NAME. {tour} closes this.",
	},
}
