package screen

import (
	"context"
	"slices"
	"sync"

	"github.com/attestree/attestree/cmd/attestree/internal/command/imagecmd"
	"github.com/attestree/attestree/cmd/attestree/internal/command/run"
	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/model/diagnosis"
	"github.com/attestree/attestree/verifier/policy/doctor"
)

// examiner holds policy files against the image of a screen. It reads files that a person named, and no other.
type examiner struct {
	app *run.App
	job run.Job

	mu    sync.Mutex
	files []string // of the last examination; nil before the first
}

func newExaminer(a *run.App, j run.Job) *examiner { return &examiner{app: a, job: j} }

// PolicyFiles is doctor.Backend.
func (x *examiner) PolicyFiles() []string {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.files != nil {
		return slices.Clone(x.files)
	}
	var files []string
	for _, name := range append([]string{x.app.Flags.Policy}, x.app.Flags.Examined...) {
		if name != "" && !slices.Contains(files, name) {
			files = append(files, name)
		}
	}
	return files
}

// Examine is doctor.Backend.
func (x *examiner) Examine(ctx context.Context, t *model.Tree, names []string) diagnosis.Examination {
	x.mu.Lock()
	x.files = slices.Clone(names)
	x.mu.Unlock()
	answer := x.job.Trust.Policy(t)
	options := doctor.Options{Now: x.app.JudgedAt(), Names: imagecmd.ImageNames(x.app, x.job.Source, t), Answer: answer}
	var files []doctor.File
	unread := map[string]diagnosis.Rule{}
	for _, name := range names {
		data, err := readTyped(name)
		if err != nil {
			unread[name] = diagnosis.Rule{File: name, Rule: "file", Result: diagnosis.Unsupported, Message: "It could not be read: " + err.Error() + "."}
			continue
		}
		files = append(files, doctor.File{Name: name, Data: data})
		if sameFile(name, answer.Path) {
			options.Own = name
		}
	}
	return inOrder(names, unread, doctor.Examine(ctx, files, t, options))
}

// inOrder puts the rules of all files in the order of the files.
func inOrder(names []string, unread map[string]diagnosis.Rule, e diagnosis.Examination) (out diagnosis.Examination) {
	for _, name := range names {
		if r, is := unread[name]; is {
			out.Rules = append(out.Rules, r)
		}
		for _, r := range e.Rules {
			if r.File == name {
				out.Rules = append(out.Rules, r)
			}
		}
	}
	return out
}
