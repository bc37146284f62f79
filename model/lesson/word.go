package lesson

import "strings"

// Word is a word of the trade, with what it means.
type Word struct{ Word, Means string }

// words are explained where a text uses them. Each is given as it stands in texts, in lower case.
var words = []Word{
	{"digest", "a hash of bytes, such as sha256:13b9…. Other bytes have another digest; nobody can choose bytes to fit one."},
	{"manifest", "a small JSON document that lists what belongs together, each part by its digest."},
	{"index", "a manifest that lists manifests: one for each platform."},
	{"layer", "a part of a manifest that holds bytes: files of an image, or an attachment's content."},
	{"tag", "a name for a digest, such as 1.4.0. It can be moved."},
	{"statement", "the form of in-toto for: about this digest (subject), of this type, I say this (predicate)."},
	{"attestation", "a signed statement."},
	{"predicate", "what a statement says, in a form that its predicate type names."},
	{"envelope", "a wrapper around bytes that holds signatures over them."},
	{"bundle", "one file with what was signed, the signature, and all proofs."},
	{"certificate", "says to whom a public key belongs, signed by an authority."},
	{"transparency log", "a public list that can be added to and never changed."},
	{"log entry", "a line of a transparency log: which key signed which hash."},
	{"subject", "what a statement is about, named by digest."},
	{"referrers", "manifests that name an image as what they refer to."},
	{"provenance", "where something comes from and how it was made."},
	{"covered", "inside of something signed, without a signature of its own."},
	{"vouches", "answers for it, with a signature about exactly this digest."},
	{"trust store", "a folder with the certificates of authorities that you believe."},
	{"base64", "a way to write any bytes with letters and digits."},
	{"identity", "who somebody is: an e-mail address, or the address of a workflow file."},
	{"workflow", "a script that a service such as GitHub Actions runs."},
	{"cbor", "a compact binary form for the same things that JSON holds."},
}

// mostWords is how many are explained at the end of a page; the first ones are those that the others rest on.
const mostWords = 8

// wordsIn are the words that texts use.
func wordsIn(texts []string) []Word {
	all := " " + strings.ToLower(strings.Join(texts, " "))
	var out []Word
	for _, w := range words {
		if i := strings.Index(all, " "+w.Word); i >= 0 && len(out) < mostWords {
			out = append(out, w)
		}
	}
	return out
}
