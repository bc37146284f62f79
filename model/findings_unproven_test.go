package model

import (
	"slices"
	"testing"
)

func TestWhatTheCertificateProvesIsNotSaidAgain(t *testing.T) {
	t.Parallel()
	said := []Finding{{ID: "pull-request-trigger"}, {ID: "self-hosted-runner"}, {ID: "build-args-secret"}}
	cases := []struct {
		name   string
		proven []Finding
		want   []Finding
	}{
		{"nothing is proven", nil, said},
		{"the trigger is proven", []Finding{{ID: "pull-request-run"}}, said[1:]},
		{"the runner is proven", []Finding{{ID: "self-hosted-runner"}}, []Finding{said[0], said[2]}},
	}
	for _, c := range cases {
		if got := unproven(said, c.proven); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
