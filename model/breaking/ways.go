package breaking

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// ways are all ways, in the order of their IDs.
var ways = []way{
	{Break{ID: Content, Title: "a byte of the blob, and nothing else", Why: "Whoever serves the image answers with other bytes than the manifest names."},
		one(func(c cast) bool { return len(c.ev.Blob) > 0 }), content},
	{Break{ID: Payload, Title: "a byte of the payload", Why: "A finding less, another version, a kinder result: the statement is made to say something else."},
		func(c cast) int { return len(letters(c.payload(), c.at.statement)) }, payload},
	{Break{ID: Swap, Title: "the payload of another attestation", Why: "A good signature is put below a statement that it was not made for."},
		func(c cast) int { return len(c.swappable()) }, swap},
	{Break{ID: Signature, Title: "a bit of the signature", Why: "A signature is damaged, or made up."},
		has(func(m material) *place { return m.signature }), flip("the signature", func(m material) *place { return m.signature })},
	{Break{ID: Subject, Title: "the subject: another image", Why: "A scan or provenance of a good image is shown for a bad one."},
		one(func(c cast) bool {
			return c.ev.Subject != "" && strings.Contains(string(c.payload()), c.ev.Subject.Hex())
		}), subject},
	{Break{ID: Identity, Title: "a letter of the identity in the certificate", Why: "Somebody wants to be you."},
		func(c cast) int { return len(letters([]byte(c.identity()), false)) }, identity},
	{Break{ID: LogBody, Title: "a byte of the log entry", Why: "The log is made to have seen something else."},
		func(c cast) int { return len(letters(c.read(c.at.logBody), false)) }, logBody},
	{Break{ID: LogTime, Title: "the time in the log entry", Why: "A signature is made to look older, from when its certificate was still good."},
		has(func(m material) *place { return m.logTime }), logTime},
	{Break{ID: LogProof, Title: "a bit of the inclusion proof", Why: "An entry is claimed that the log does not have."},
		has(func(m material) *place { return m.logProof }), flip("the inclusion proof", func(m material) *place { return m.logProof })},
	{Break{ID: NoLog, Title: "the log entry taken away", Why: "A stolen key is used where nobody can see it."},
		has(func(m material) *place { return m.logged }), without("the log entry", func(m material) *place { return m.logged })},
	{Break{ID: Timestamp, Title: "a bit of the timestamp", Why: "The time of signing is made up."},
		has(func(m material) *place { return m.timestamp }), flip("the timestamp", func(m material) *place { return m.timestamp })},
	{Break{ID: NoTimestamp, Title: "the timestamp taken away", Why: "Nobody is to know when it was signed."},
		has(func(m material) *place { return m.timestamps }), without("the timestamp", func(m material) *place { return m.timestamps })},
	{Break{ID: Earlier, Title: "the clock, a day before it was signed", Why: "What is judged as of a time must not rest on what came later."},
		one(func(c cast) bool { return !c.signed.IsZero() }), func(c cast, _ int) (Broken, bool) { return c.clock(c.signed.AddDate(0, 0, -1)), true }},
	{Break{ID: Later, Title: "the clock, ten years on", Why: "Short-lived certificates end within minutes; what they signed in time stays signed."},
		one(func(cast) bool { return true }), func(c cast, _ int) (Broken, bool) { return c.clock(c.now.AddDate(10, 0, 0)), true }},
}

func one(is func(cast) bool) func(cast) int {
	return func(c cast) int {
		if is(c) {
			return 1
		}
		return 0
	}
}

func has(at func(material) *place) func(cast) int {
	return one(func(c cast) bool { return at(c.at) != nil })
}

func (c cast) read(p *place) []byte {
	if p == nil {
		return nil
	}
	return p.read(c.ev)
}

func (c cast) payload() []byte { return c.read(c.at.payload) }

// letters are the places of letters and digits, of which one can become another without breaking the form of what it is
// in: after the beginning of a predicate where there is one, for that is what somebody would change. Elsewhere those in the
// middle come first, where values are: at the beginning are the words that say of what form it is. There are a hundred at
// most, evenly spread.
func letters(text []byte, statement bool) []int {
	from := 0
	if at := bytes.Index(text, []byte(`"predicate":`)); statement && at >= 0 {
		from = at + len(`"predicate":`)
	}
	var all []int
	for i := from; i < len(text) && len(all) < 1<<20; i++ {
		if c := text[i]; c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			all = append(all, i)
		}
	}
	if len(all) == 0 && statement {
		return letters(text, false)
	}
	if from == 0 {
		all = slices.Concat(all[len(all)/2:], all[:len(all)/2])
	}
	const most = 100
	if len(all) <= most {
		return all
	}
	out := make([]int, most)
	for i := range out {
		out[i] = all[i*len(all)/most]
	}
	return out
}

// turned is the next letter or digit.
func turned(c byte) byte {
	switch c {
	case '9':
		return '0'
	case 'z':
		return 'a'
	case 'Z':
		return 'A'
	}
	return c + 1
}

// around is what stands at a place in a text, with a little on both sides.
func around(text []byte, at int) string {
	const side = 24
	return strings.ToValidUTF8(string(text[max(at-side, 0):min(at+side+1, len(text))]), "\ufffd")
}

// altered is the evidence with a letter changed at a place.
func (c cast) altered(p *place, where string, at int) (Broken, bool) {
	if p == nil {
		return Broken{}, false
	}
	before := p.read(c.ev)
	if at >= len(before) {
		return Broken{}, false
	}
	after := slices.Clone(before)
	after[at] = turned(after[at])
	return Broken{
		Evidence: p.write(c.ev, after), Where: where + ", byte " + strconv.Itoa(at), Before: around(before, at), After: around(after, at),
	}, true
}

// content is what a registry does that serves other bytes: the digest tells at once.
func content(c cast, _ int) (Broken, bool) {
	out := copied(c.ev)
	at := len(out.Blob) / 2
	before := around(out.Blob, at)
	out.Blob[at] ^= 1
	b := Broken{Where: "the blob, byte " + strconv.Itoa(at), Before: before, After: around(out.Blob, at)}
	out.Tampered, out.Problem, out.Blob = true, "the bytes have the digest "+string(model.DigestOf(out.Blob)), nil
	b.Evidence = out
	return b, true
}

func payload(c cast, variant int) (Broken, bool) {
	return c.altered(c.at.payload, "the payload", letters(c.payload(), c.at.statement)[variant])
}

func logBody(c cast, variant int) (Broken, bool) {
	return c.altered(c.at.logBody, "the log entry", letters(c.read(c.at.logBody), false)[variant])
}

// swappable are the payloads of others of the same form.
func (c cast) swappable() (payloads [][]byte) {
	mine := c.payload()
	if mine == nil || !c.at.statement {
		return nil
	}
	for _, o := range c.others {
		m := materialOf(o)
		if m.payload == nil || !m.statement {
			continue
		}
		if p := m.payload.read(o); !bytes.Equal(p, mine) {
			payloads = append(payloads, p)
		}
	}
	return payloads
}

func swap(c cast, variant int) (Broken, bool) {
	p := c.swappable()[variant]
	return Broken{
		Evidence: c.at.payload.write(c.ev, p), Where: "the payload", Before: gist(c.payload()), After: gist(p),
	}, true
}

// gist is what a statement is, and which one.
func gist(statement []byte) string {
	return gjson.GetBytes(statement, "predicateType").String() + " · " + model.DigestOf(statement).Short()
}

// flip changes a bit in the middle of what is at a place.
func flip(where string, at func(material) *place) func(cast, int) (Broken, bool) {
	return func(c cast, _ int) (Broken, bool) {
		p := at(c.at)
		before := p.read(c.ev)
		after := slices.Clone(before)
		i := len(after) * 2 / 3
		after[i] ^= 1
		return Broken{
			Evidence: p.write(c.ev, after), Where: where + ", byte " + strconv.Itoa(i),
			Before: hex.EncodeToString(before[max(i-6, 0):min(i+7, len(before))]), After: hex.EncodeToString(after[max(i-6, 0):min(i+7, len(after))]),
		}, true
	}
}

func without(where string, at func(material) *place) func(cast, int) (Broken, bool) {
	return func(c cast, _ int) (Broken, bool) {
		return Broken{Evidence: at(c.at).cut(c.ev), Where: where, Before: "there", After: "gone"}, true
	}
}

// subject puts another digest in the place of the one that the payload is about: a sibling's where there is one.
func subject(c cast, _ int) (Broken, bool) {
	is := c.ev.Subject.Hex()
	other, name := strings.Map(func(r rune) rune { return rune(turned(byte(r))) }, is), ""
	for _, s := range c.ev.Siblings {
		if s.Digest != c.ev.Subject && s.Digest.Algorithm() == c.ev.Subject.Algorithm() && len(s.Digest.Hex()) == len(is) {
			other, name = s.Digest.Hex(), " ("+s.Name+")"
			break
		}
	}
	after := bytes.ReplaceAll(c.payload(), []byte(is), []byte(other))
	return Broken{
		Evidence: c.at.payload.write(c.ev, after), Where: "the subject in the payload", Before: is, After: other + name,
	}, true
}

// identity is who the leaf was issued to, if that stands in the certificate's bytes as it is; "" where it does not.
func (c cast) identity() string {
	if c.who == "" || !bytes.Contains(c.read(c.at.certificate), []byte(c.who)) {
		return ""
	}
	return c.who
}

func identity(c cast, variant int) (Broken, bool) {
	is := c.identity()
	at := letters([]byte(is), false)[variant]
	name := []byte(is)
	name[at] = turned(name[at])
	der := c.at.certificate.read(c.ev)
	// The name stands in several extensions of a workflow's certificate; whoever forges one changes all of them.
	return Broken{
		Evidence: c.at.certificate.write(c.ev, bytes.ReplaceAll(der, []byte(is), name)),
		Where:    "the identity in the certificate", Before: is, After: string(name),
	}, true
}

func logTime(c cast, _ int) (Broken, bool) {
	before := string(c.at.logTime.read(c.ev))
	seconds, err := strconv.ParseInt(before, 10, 64)
	if err != nil {
		return Broken{}, false
	}
	earlier := seconds - int64(time.Hour/time.Second)
	return Broken{
		Evidence: c.at.logTime.write(c.ev, []byte(strconv.FormatInt(earlier, 10))), Where: "the time in the log entry",
		Before: time.Unix(seconds, 0).UTC().Format(time.RFC3339), After: time.Unix(earlier, 0).UTC().Format(time.RFC3339),
	}, true
}

func (c cast) clock(at time.Time) Broken {
	return Broken{
		Evidence: copied(c.ev), At: at, Where: "the clock", Before: c.now.UTC().Format(time.RFC3339), After: at.UTC().Format(time.RFC3339),
	}
}
