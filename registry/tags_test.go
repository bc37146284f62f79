package registry_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/attestree/attestree/registry"
	"github.com/attestree/attestree/registry/registrytest"
)

func TestAllTagsOfARepositoryAreListed(t *testing.T) {
	t.Parallel()
	for name, page := range map[string]int{"at once": 0, "in pages": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{Page: page, Token: true})
			var want []string
			for i := range 5 {
				tag := fmt.Sprintf("1.%d", i)
				image := r.Image(t, "a/b", tag, tag)
				r.Attach(t, "a/b", strings.Replace(string(image.Digest), ":", "-", 1)+".sig", image, registrytest.BundleType, []byte(tag))
				want = append(want, tag)
			}
			tags, missing, err := registry.Tags(t.Context(), r.Host()+"/a/b", registry.Options{}, 100)
			if err != nil || missing != "" {
				t.Fatal(missing, err)
			}
			if diff := cmp.Diff(want, tags); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTagsThatCouldNotAllBeListedAreNotCalledAll(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		fault   registrytest.Fault
		limit   int
		kind    registry.ErrorKind // of the error, "" for none
		missing string
	}{
		{"denied", registrytest.Fault{Path: "tags/list", Status: http.StatusForbidden}, 100, registry.KindDenied, ""},
		{"no list", registrytest.Fault{Path: "tags/list", Status: http.StatusOK, Body: "<html>"}, 100, registry.KindBroken, ""},
		{"the second page is denied", registrytest.Fault{Path: "last=", Status: http.StatusForbidden}, 100, "", "could not be had"},
		{"more than are read", registrytest.Fault{Path: "never"}, 3, "", "more tags than are read"},
		{"a next page elsewhere", registrytest.Fault{
			Path: "tags/list", Status: http.StatusOK, Body: `{"tags":["1"]}`, Header: http.Header{"Link": {`<https://evil.example/x>; rel="next"`}},
		}, 100, "", "elsewhere"},
		{"pages in a circle", registrytest.Fault{
			Path: "tags/list", Status: http.StatusOK, Body: `{"tags":["1"]}`, Header: http.Header{"Link": {`</v2/a/b/tags/list?n=1>; rel="next"`}},
		}, 100, "", "no end"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := registrytest.New(t, registrytest.Config{Page: 2})
			for i := range 5 {
				r.Image(t, "a/b", fmt.Sprintf("1.%d", i), fmt.Sprint(i))
			}
			r.Fail(test.fault)
			tags, missing, err := registry.Tags(t.Context(), r.Host()+"/a/b", registry.Options{}, test.limit)
			var problem *registry.SourceError
			switch {
			case test.kind != "" && (!errors.As(err, &problem) || problem.Kind != test.kind || len(tags) > 0):
				t.Errorf("%v, want %s", err, test.kind)
			case test.kind == "" && (err != nil || !strings.Contains(missing, test.missing) || len(tags) == 0 || len(tags) > test.limit):
				t.Errorf("%v, %d tags, %q", err, len(tags), missing)
			}
		})
	}
}

func TestTagsOpenNoConnectionOffline(t *testing.T) {
	t.Parallel()
	r := registrytest.New(t, registrytest.Config{})
	_, _, err := registry.Tags(t.Context(), r.Host()+"/a/b", registry.Options{Offline: true}, 100)
	var problem *registry.SourceError
	if !errors.As(err, &problem) || problem.Kind != registry.KindOffline || r.Connections() > 0 {
		t.Errorf("%v, %d connections", err, r.Connections())
	}
}
