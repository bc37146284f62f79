package policy

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/attestree/attestree/model"
)

func seed(f *testing.F) {
	f.Add([]byte(full(newKey(f, "release"))))
	f.Add([]byte(identity(", images: ['ghcr.io/acme/**'], expires: 2027-01-01")))
	f.Add([]byte("signing_policy:\r\n  trusted_keys: # x\r\n    -\r\n      name: 'a'\r\n      key_ref: kms://b\r\n      enabled: false\r\n"))
	f.Add([]byte("signing_policy: {trusted_keys: [{name: a, key_ref: \"kms://}]\", enabled: false},]}"))
	f.Add([]byte("signing_policy: &a {require: *a}"))
	f.Add([]byte("---\n# nothing\n"))
}

// FuzzAFileThatIsAcceptedIsNarrow: whatever is read names everybody whom it trusts, trusts nobody beyond whom it names,
// and is satisfied by nothing that is empty. Whatever is not says where and why.
func FuzzAFileThatIsAcceptedIsNarrow(f *testing.F) {
	seed(f)
	stranger := model.Signer{Kind: model.SignerCertificate, Issuer: "https://evil.example", Subject: "https://evil.example/mallory"}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Parse("p", data, nil)
		if err != nil {
			var wrong *SyntaxError
			if file != nil || !errors.As(err, &wrong) || len(wrong.Problems) == 0 {
				t.Fatalf("error %v", err)
			}
			for _, p := range wrong.Problems {
				if p.Line < 1 || p.Column < 1 || p.Message == "" {
					t.Fatalf("problem %+v", p)
				}
			}
			return
		}
		names := map[string]bool{}
		for _, s := range file.Signers() {
			if s.Name == "" || names[s.Name] {
				t.Fatalf("the name %q", s.Name)
			}
			names[s.Name] = true
			if s.Keyless && s.Issuer != stranger.Issuer && s.Enabled && strings.Contains(s.Subject, "*") {
				t.Fatal("a pattern as a subject")
			}
		}
		if answer := file.Judge(indexOf(), image, today); answer.Satisfied || len(answer.Reasons) == 0 {
			t.Fatalf("an image with nothing attached satisfies: %+v", answer)
		}
	})
}

// FuzzAnEditDoesWhatItSaysOrNothing: an edited file is read again as what was there and what was meant, in the same
// order, with every comment; and what is added and removed again leaves the same signers.
func FuzzAnEditDoesWhatItSaysOrNothing(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		input := bytes.Clone(data)
		before, problems := (&reader{unknown: true}).read(data)
		out, err := Add(data, alice("alice"))
		if !bytes.Equal(data, input) {
			t.Fatal("the input was changed")
		}
		if err != nil {
			if out != nil {
				t.Fatal("an error and a file")
			}
			return
		}
		if len(problems) > 0 {
			t.Fatal("a file with problems was edited")
		}
		after, problems := (&reader{unknown: true}).read(out)
		if len(problems) > 0 || !same(after.signers, append(slices.Clone(before.signers), alice("alice"))) {
			t.Fatalf("became\n%s", out)
		}
		if bytes.Count(out, []byte("#")) < bytes.Count(data, []byte("#")) {
			t.Fatalf("a comment is lost:\n%s", out)
		}
		for _, change := range []func([]byte) ([]byte, error){
			func(b []byte) ([]byte, error) { return SetEnabled(b, "alice", false) },
			func(b []byte) ([]byte, error) { return SetExpires(b, "alice", time.Time{}) },
			func(b []byte) ([]byte, error) { return Remove(b, "alice") },
		} {
			if out, err = change(out); err != nil {
				t.Fatalf("what was added cannot be changed: %v", err)
			}
		}
		if end, problems := (&reader{unknown: true}).read(out); len(problems) > 0 || !same(end.signers, before.signers) {
			t.Fatalf("without alice again:\n%s", out)
		}
	})
}
