package predicate

import (
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// decodeApko reads the configuration that apko made an image from (chainguard-dev/apko, pkg/build/types).
//
// The summary holds packages, repositories, architectures (lists), entrypoint, and runAs.
func decodeApko(raw []byte, _ string) model.Predicate {
	r := parse(raw)
	packages := r.Get("contents.packages")
	counted := ""
	if packages.IsArray() {
		counted = model.Counted(length(packages), "package")
	}
	n := newNote("apko configuration", counted)
	entrypoint := anyText(r, "entrypoint.command", "entrypoint.shell-fragment")
	n.say("Entry point", "entrypoint", entrypoint)
	n.fields.add("Command", text(r, "cmd"))
	runAs := str(r.Get("accounts.run-as"))
	n.say("Runs as", "runAs", runAs)
	n.list("Architectures", "architectures", list(r.Get("archs")))
	n.list("Repositories", "repositories", list(r.Get("contents.repositories")))
	if packages.IsArray() {
		n.fields.add("Packages", strconv.Itoa(length(packages)))
	}
	n.list("Package", "packages", list(packages))
	n.fields.add("Keys", strings.Join(list(r.Get("contents.keyring")), "\n"))
	return n
}

// decodeEndOfLife reads until when something is supported: Chainguard's predicate, and OpenEOX (OASIS, openeox shell and
// eox-core v1.0), whose members are shown as they are.
//
// The summary holds endOfLife, a list of the texts that are dates of an end.
func decodeEndOfLife(raw []byte, _ string) model.Predicate {
	n := newNote("End of life")
	ends := []string{}
	collectEnds(parse(raw), 0, &ends)
	for i, end := range ends {
		name, date, _ := strings.Cut(end, " ")
		n.fields.add(endLabel(name), date)
		if day, _, _ := strings.Cut(date, "T"); i == 0 {
			n.title = title("End of life", day)
		}
	}
	for _, f := range opaque("", raw).fields {
		if !endNames[strings.Join(words(f.Label), "")] {
			n.fields.add(f.Label, f.Value)
		}
	}
	n.summary["endOfLife"] = ends
	return n
}

// endLabel is the name of a member that is a date of an end, in words.
func endLabel(name string) string {
	switch strings.Join(words(name), "") {
	case "eol", "eoldate":
		return "End of life"
	case "eos":
		return "End of support"
	case "eossec":
		return "End of security support"
	}
	return label(strings.Join(words(name), " "))
}

// endNames are the members that say when something ends, in lower case without punctuation.
var endNames = map[string]bool{
	"eoldate": true, "endoflife": true, "endofsecuritysupport": true, "endofsales": true, "endofsupport": true,
	"eol": true, "endoflifedate": true, "eossec": true, "eos": true,
}

// maxEndDepth is how deep a date of an end is looked for.
const maxEndDepth = 8

// collectEnds collects "name: date" of the members of a document that are dates of an end.
func collectEnds(r gjson.Result, depth int, out *[]string) {
	if depth > maxEndDepth || !r.IsObject() && !r.IsArray() {
		return
	}
	r.ForEach(func(key, value gjson.Result) bool {
		name := strings.Join(words(key.String()), "")
		if value.Type == gjson.String && endNames[name] {
			*out = append(*out, clip(key.String()+" "+value.String(), maxTitle))
		} else {
			collectEnds(value, depth+1, out)
		}
		return len(*out) < maxList
	})
}
