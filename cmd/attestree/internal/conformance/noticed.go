package main

// refused is what decides where the program does not get as far as a verdict: a key, root or source that is none.
const refused = "(options)"

// noticedBy says which check ought to notice what is wrong in a case, without the suffix of its name. A case that is not
// listed only has to fail.
var noticedBy = map[string]string{
	"bundle-malformed-json":                  refused,
	"managed-key-wrong-key":                  refused, // the key is no point on its curve
	"trust-root-tlog-missing-validity-start": refused,

	"bundle-invalid-base64-signature":      "envelope",
	"bundle-unknown-version":               "envelope",
	"rekor2-timestamp-with-incorrect-time": "envelope", // its timestamp is wrapped into lines, which is no JSON form of bytes

	"dsse-invalid-sig":        "signature",
	"message-digest-mismatch": "signature", // the bundle names another digest than the one that was signed
	"rekor2-dsse-invalid-sig": "signature",
	"signature-mismatch":      "signature",

	"wrong-material": "subject",

	"bundle-empty-certificate-chain":             "certificate",
	"bundle-from-wrong-instance":                 "certificate",
	"integrated-time-in-future":                  "certificate",
	"intoto-expired-certificate":                 "certificate",
	"intoto-set-outside-signing-cert-validity":   "certificate",
	"intoto-tsa-timestamp-outside-cert-validity": "certificate",

	"invalid-ct-key": "sct",

	"bundle-negative-log-index":               "log",
	"bundle-with-root-cert":                   "log", // the root is ignored, as the specification allows; its proof has no checkpoint
	"checkpoint-bad-keyhint":                  "log",
	"checkpoint-wrong-roothash":               "log",
	"dsse-mismatch-envelope":                  "log",
	"dsse-mismatch-sig":                       "log",
	"inclusion-proof-corrupted-hash":          "log",
	"incorrect-public-key":                    "log",
	"intoto-log-entry-mismatch":               "log",
	"intoto-missing-inclusion-proof":          "log",
	"invalid-checkpoint-signature":            "log",
	"invalid-inclusion-proof":                 "log",
	"rekor2-checkpoint-missing-log-signature": "log",
	"rekor2-checkpoint-missing-origin":        "log",
	"rekor2-checkpoint-missing-root-hash":     "log",
	"rekor2-checkpoint-missing-size":          "log",
	"rekor2-checkpoint-no-matching-signature": "log",
	"rekor2-dsse-mismatch-envelope":           "log",
	"rekor2-dsse-mismatch-sig":                "log",
	"rekor2-no-inclusion-proof":               "log",
	"set-invalid-signature":                   "log",
	"wrong-hashedrekord-artifact":             "log",
	"wrong-hashedrekord-cert-and-sig":         "log",
	"wrong-hashedrekord-entry":                "log",

	"rekor2-no-timestamp":                                  "timestamp",
	"rekor2-timestamp-outside-trust-root-tsa-validity":     "timestamp",
	"rekor2-timestamp-outside-tsa-cert-validity":           "timestamp",
	"rekor2-timestamp-payload-mismatch":                    "timestamp",
	"rekor2-timestamp-untrusted-tsa-with-embedded-cert":    "timestamp",
	"rekor2-timestamp-untrusted-tsa-without-embedded-cert": "timestamp",

	"managed-key-no-key": "signer", // by the key in its log entry, which nobody listed
}
