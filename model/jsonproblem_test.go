package model_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/attestree/attestree/model"
)

func TestWhatIsWrongWithJSONIsSaidInOurWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "not JSON, at byte 0",
		"<html>":                   "not JSON, at byte 1",
		`{"a":`:                    "not JSON, at byte 5",
		`[]`:                       "the value is of another type than it should be",
		`{"inner":{"a":"\u009b"}}`: `"inner.a" is of another type than it should be`,
	} {
		var v struct{ Inner struct{ A int } }
		if got := model.JSONProblem(json.Unmarshal([]byte(text), &v)); got == nil || !strings.EqualFold(got.Error(), want) {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
	other := errors.New("other")
	if !errors.Is(model.JSONProblem(other), other) || model.JSONProblem(nil) != nil {
		t.Error("what is no error of JSON is changed")
	}
}
