package audit

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// shortest is how many characters a reason needs to say anything.
const shortest = 40

// repeated is how often the same words make a reason that was written for none of them.
const repeated = 3

var (
	placeholder = regexp.MustCompile(`(?i)^(explicitly allowed|globally allowed|category '.*' allowed)\.?$`)
	llmConfirms = regexp.MustCompile(`(?i)\bLLM\s+(analyzer\s+)?confirms`)
	// cited finds versions: three numbers, or two after a "v". A number behind a hyphen or a letter is part of a code.
	cited = regexp.MustCompile(`(?:^|[^\w.\-])(?:[vV](\d+\.\d+(?:\.\d+)?(?:[-+][0-9A-Za-z.\-+]*[0-9A-Za-z])?)|(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.\-+]*[0-9A-Za-z])?))`)
)

// missing reports whether there is no reason: nothing, or the words that the scanner puts in place of one.
func missing(reason string) bool {
	reason = plain(reason)
	return reason == "" || placeholder.MatchString(reason)
}

func short(reason string) bool { return utf8.RuneCountInString(plain(reason)) < shortest }

// stale is the version that a reason was written for, "" if it names none or the packaged one too.
func stale(reason, version string) string {
	version = strings.TrimPrefix(strings.TrimSpace(version), "v")
	if version == "" {
		return ""
	}
	text, other := plain(reason), ""
	for _, at := range cited.FindAllStringSubmatchIndex(text, -1) {
		from, to := at[2], at[3]
		if from < 0 {
			from, to = at[4], at[5]
		}
		if partOfMore(text[to:]) {
			continue
		}
		said := text[from:to]
		if said == version || strings.HasPrefix(version, said+".") {
			return ""
		}
		if other == "" {
			other = said
		}
	}
	return other
}

// partOfMore reports whether what looked like a version goes on: an address, or a code with four numbers.
func partOfMore(rest string) bool {
	return len(rest) > 0 && (rest[0] >= '0' && rest[0] <= '9' || rest[0] == '_' || len(rest) > 1 && rest[0] == '.' && rest[1] >= '0' && rest[1] <= '9')
}

var commit = regexp.MustCompile(`^[0-9a-f]{40}([0-9a-f]{24})?$`)

// drift says why a repository_ref does not name the packaged version, "" if it does.
func drift(ref, version string) string {
	tag, isTag := strings.CutPrefix(ref, "refs/tags/")
	version = strings.TrimPrefix(strings.TrimSpace(version), "v")
	switch {
	case ref == "", commit.MatchString(ref):
		return ""
	case strings.HasPrefix(ref, "refs/heads/"):
		return "repository_ref is a branch (" + strings.TrimPrefix(ref, "refs/heads/") + "), which moves, and not the tag of the packaged version"
	case version != "" && names(tag, version):
		return ""
	case isTag:
		return "repository_ref is the tag " + tag + ", and what is packaged is version " + version
	}
	return "repository_ref is " + ref + ", which is not the tag of version " + version
}

// names reports whether a tag is that of a version, as in "v1.2.3", "@scope/name@1.2.3" or "name-1.2.3".
func names(tag, version string) bool {
	before, is := strings.CutSuffix(tag, version)
	if !is || before == "" {
		return is
	}
	last := before[len(before)-1]
	return last != '.' && (last < '0' || last > '9')
}
