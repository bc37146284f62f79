package predicate

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// collection is the type of Witness's collections, without its version.
const collection = "https://witness.testifysec.com/attestation-collection"

// Collections may hold collections: maxCollections is how deep they are looked into, maxAttestations how many
// attestations are described in all.
const (
	maxCollections  = 4
	maxAttestations = 200
)

// decodeCollection reads a collection of Witness's (in-toto/go-witness, attestation/collection.go): what several
// attestors saw of one step.
//
// The summary holds name and attestations, a list of type, title, startedOn and finishedOn, with those of nested
// collections after them.
func decodeCollection(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	name := text(r, "name")
	n := newNote("Witness collection", name, model.Counted(length(r.Get("attestations")), "attestation"))
	n.say("Step", "name", name)
	listed := []any{}
	n.attestations(r, 0, &listed)
	n.summary["attestations"] = listed
	if length(r.Get("attestations")) == 0 {
		n.warn("empty-collection", "it holds no attestation at all: look at attestations")
	}
	return n
}

// attestations describes those of a collection, one after another.
func (n *Note) attestations(r gjson.Result, depth int, listed *[]any) {
	eachOf(r.Get("attestations"), func(a gjson.Result) {
		if len(*listed) == maxAttestations {
			return
		}
		base, version := model.SplitVersion(text(a, "type"))
		inner := a.Get("attestation")
		said := attested(base, version, inner)
		started, finished := text(a, "starttime"), text(a, "endtime")
		n.fields.add(strings.TrimSpace(base[strings.LastIndex(base, "/")+1:]), said.title)
		n.fields = append(n.fields, said.fields...)
		*listed = append(*listed, map[string]any{
			"type": text(a, "type"), "title": said.title, "startedOn": started, "finishedOn": finished,
		})
		if len(n.findings) < maxList {
			n.findings = append(n.findings, said.findings...)
			n.span("a step", started, finished)
		}
		if base == collection && depth < maxCollections {
			n.attestations(inner, depth+1, listed)
		}
	})
}

// attestors are those of Witness that are known, by their type without its version.
var attestors = map[string]func(gjson.Result) Note{
	"https://witness.dev/attestations/git":         gitAttestor,
	"https://witness.dev/attestations/command-run": commandAttestor,
	"https://witness.dev/attestations/github":      runAttestor,
	"https://witness.dev/attestations/gitlab":      runAttestor,
	"https://witness.dev/attestations/material":    filesAttestor,
	"https://witness.dev/attestations/product":     filesAttestor,
	"https://witness.dev/attestations/environment": environmentAttestor,
	"https://witness.dev/attestations/sarif":       reportAttestor,
	"https://witness.dev/attestations/sbom":        reportAttestor,
	"https://witness.dev/attestations/vex":         reportAttestor,
	"https://witness.dev/attestations/secretscan":  secretAttestor,
}

// attested describes what one attestor saw. Attestors may be predicates of other types.
func attested(base, version string, r gjson.Result) Note {
	var p model.Predicate
	raw := []byte(r.Raw)
	switch base {
	case collection:
		return newNote(text(r, "name"), model.Counted(length(r.Get("attestations")), "attestation"))
	case "https://slsa.dev/provenance":
		p = decodeProvenance(raw, version)
	case "https://in-toto.io/attestation/link", "https://in-toto.io/Link":
		p = decodeLink(raw, version)
	case "https://slsa.dev/verification_summary": // of a policy of Witness's own
		p = decodeVSA(raw, version)
	default:
		if describe, known := attestors[base]; known {
			return describe(r)
		}
		decode, known := documents[model.SniffDocument(raw)]
		if !known {
			return newNote(model.Counted(members(r), "member"))
		}
		p = decode(raw, version)
	}
	n := newNote(p.Title())
	n.fields, n.findings = p.Fields(), p.Findings()
	return n
}

func gitAttestor(r gjson.Result) Note {
	n := newNote(text(r, "commithash"), text(r, "branch"))
	n.fields.add("Commit", text(r, "commithash"))
	n.fields.add("Branch", text(r, "branch"))
	n.fields.add("Author", strings.TrimSpace(text(r, "author")+" "+text(r, "authoremail")))
	n.fields.add("Committed", text(r, "commitdate"))
	n.fields.add("Remotes", strings.Join(list(r.Get("remotes")), "\n"))
	if changed := members(r.Get("status")); changed > 0 {
		n.fields.add("Changed files", strconv.Itoa(changed))
		n.warn("uncommitted-changes", model.Counted(changed, "file")+" had changes that the commit does not have: look at status")
	}
	return n
}

func commandAttestor(r gjson.Result) Note {
	command := strings.Join(list(r.Get("cmd")), " ")
	n := newNote(command)
	n.fields.add("Exit code", str(r.Get("exitcode")))
	if processes := length(r.Get("processes")); processes > 0 {
		n.fields.add("Processes", strconv.Itoa(processes))
	}
	switch code, ok := number(r, "exitcode"); {
	case !ok && r.Get("exitcode").Type != gjson.Null:
		n.warn("failed-step", "a command's exit code is no number, so that nobody knows whether it failed: look at exitcode")
	case code != 0:
		n.warn("failed-step", "a command ended with code "+strconv.Itoa(code)+", not with 0: look at what it printed, in stdout and stderr")
	}
	return n
}

func runAttestor(r gjson.Result) Note {
	n := newNote(anyText(r, "pipelineurl", "joburl", "projecturl"))
	n.fields.add("Project", text(r, "projecturl"))
	n.fields.add("Runner", anyText(r, "runnerid", "runnerhost"))
	return n
}

// secretAttestor describes a scan for secrets in what the step read, wrote and printed.
func secretAttestor(r gjson.Result) Note {
	secrets := length(r.Get("findings"))
	if !r.Get("findings").IsArray() { // which is not the same as none
		return newNote("a list of findings is not there")
	}
	n := newNote(model.Counted(secrets, "secret"))
	var places []string
	eachOf(r.Get("findings"), func(s gjson.Result) {
		if len(places) < mostNamed {
			places = append(places, found(anyText(s, "description", "ruleId"), text(s, "location"), ""))
		}
	})
	n.fields.add("Secrets", strings.Join(places, "\n"))
	if secrets > 0 {
		n.warn("secrets-found", model.Counted(secrets, "secret")+" was found in what a step read, wrote or printed: look at findings, and revoke what is real")
	}
	return n
}

func filesAttestor(r gjson.Result) Note { return newNote(model.Counted(members(r), "file")) }

func environmentAttestor(r gjson.Result) Note {
	n := newNote(text(r, "os"), text(r, "hostname"))
	n.fields.add("User", text(r, "username"))
	if names := secretNames(r, "variables"); names != "" {
		n.warn("build-args-secret", "an environment variable looks like a secret, and whoever gets the attestation can read it: look at "+
			"the value of "+strings.ReplaceAll(names, "\n", ", ")+" in the payload, and revoke it if it is real")
	}
	return n
}

// reportAttestor describes a report that is wrapped: a document of a known form, with the file's name beside it.
func reportAttestor(r gjson.Result) Note {
	document := r
	for _, key := range []string{"report", "sbom", "vexDocument", "vex"} {
		if r.Get(key).IsObject() {
			document = r.Get(key)
			break
		}
	}
	n := newNote(text(r, "reportFileName"))
	if decode, known := documents[model.SniffDocument([]byte(document.Raw))]; known {
		p := decode([]byte(document.Raw), "")
		n.title = title(p.Title(), text(r, "reportFileName"))
		n.fields, n.findings = p.Fields(), p.Findings()
	}
	return n
}

// decodeWitnessPolicy reads Witness's policy (in-toto/go-witness, policy/policy.go).
//
// The summary holds expires, steps (names) and publicKeys (a number).
func decodeWitnessPolicy(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	var steps []string
	if r.Get("steps").IsObject() {
		r.Get("steps").ForEach(func(name, _ gjson.Result) bool {
			steps = append(steps, clip(name.String(), maxTitle))
			return len(steps) < maxList
		})
	}
	n := newNote("Witness policy", model.Counted(len(steps), "step"))
	n.list("Steps", "steps", steps)
	n.say("Expires", "expires", text(r, "expires"))
	n.tell("Public keys", "publicKeys", members(r.Get("publickeys")))
	n.fields.add("Roots", strconv.Itoa(members(r.Get("roots"))))
	return n
}
