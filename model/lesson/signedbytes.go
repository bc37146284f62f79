package lesson

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strconv"

	"github.com/tidwall/gjson"

	"github.com/attestree/attestree/model"
)

// paeHead is what DSSE signs before a payload: "DSSEv1", then length and text of the payload's type, then the payload's
// length, with blanks between. Together with the payload it is the pre-authentication encoding (DSSE v1, protocol.md).
func paeHead(payloadType string, length int) string {
	return "DSSEv1 " + strconv.Itoa(len(payloadType)) + " " + payloadType + " " + strconv.Itoa(length) + " "
}

// jwsInput is what a JWS signs: protected header and payload as they stand in it, with a full stop between (RFC 7515
// section 5.1). It is nil for bytes that are no such envelope.
func jwsInput(envelope []byte) []byte {
	protected, payload := gjson.GetBytes(envelope, "protected"), gjson.GetBytes(envelope, "payload")
	if protected.Type != gjson.String || payload.Type != gjson.String {
		return nil
	}
	return []byte(protected.Str + "." + payload.Str)
}

// coseInput is what a COSE_Sign1 message signs (RFC 9052 section 4.4): a list of "Signature1", the protected header, no
// further data, and the payload. It is nil for bytes that are no such message.
func coseInput(envelope []byte) []byte {
	protected, payload, err := model.Sign1(envelope)
	if err != nil {
		return nil
	}
	out := append([]byte{0x84, 0x6a}, "Signature1"...)
	out = append(byteString(out, len(protected)), protected...)
	out = byteString(out, 0)
	return append(byteString(out, len(payload)), payload...)
}

// byteString appends the head of a CBOR byte string (RFC 8949 section 3).
func byteString(to []byte, length int) []byte {
	const major = 2 << 5
	switch {
	case length < 24:
		return append(to, major|byte(length))
	case length < 1<<8:
		return append(to, major|24, byte(length))
	case length < 1<<16:
		return binary.BigEndian.AppendUint16(append(to, major|25), uint16(length))
	}
	return binary.BigEndian.AppendUint32(append(to, major|26), uint32(length))
}

// logged are the hashes that the log's entry beside a signature names: of the payload alone, and of all that was signed.
// What is not named is "". Whether the log really holds the entry is for the check log to say.
type logged struct {
	kind            string
	payload, signed model.Digest
}

// loggedIn reads the entry in a bundle.
func loggedIn(bundle []byte) logged {
	body := gjson.GetBytes(bundle, "verificationMaterial.tlogEntries.0.canonicalizedBody").String()
	return readEntry(body)
}

// loggedBy reads the entry in cosign's annotation.
func loggedBy(annotation string) logged {
	return readEntry(gjson.Get(annotation, "Payload.body").String())
}

// readEntry reads a log entry's body in base64 (rekor, pkg/types; rekor-tiles for hashedrekord 0.0.2 and dsse 0.0.2).
func readEntry(encoded string) logged {
	body, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || !json.Valid(body) {
		return logged{}
	}
	entry := gjson.ParseBytes(body)
	l := logged{kind: entry.Get("kind").String() + " " + entry.Get("apiVersion").String()}
	hash := func(path string) model.Digest {
		h := entry.Get(path)
		return model.Digest(h.Get("algorithm").String() + ":" + h.Get("value").String())
	}
	sum := func(path string) model.Digest {
		raw, err := base64.StdEncoding.DecodeString(entry.Get(path).String())
		if err != nil || len(raw) != 32 {
			return ""
		}
		return model.Digest("sha256:" + hexText(raw))
	}
	switch l.kind {
	case "hashedrekord 0.0.1":
		l.signed = hash("spec.data.hash")
	case "hashedrekord 0.0.2":
		l.signed = sum("spec.hashedRekordV002.data.digest")
	case "dsse 0.0.1":
		l.payload = hash("spec.payloadHash")
	case "dsse 0.0.2":
		l.payload = sum("spec.dsseV002.payloadHash.digest")
	case "intoto 0.0.1", "intoto 0.0.2":
		l.payload = hash("spec.content.payloadHash")
	}
	if !l.payload.Valid() {
		l.payload = ""
	}
	if !l.signed.Valid() {
		l.signed = ""
	}
	return l
}
