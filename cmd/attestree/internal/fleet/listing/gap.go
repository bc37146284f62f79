package listing

import (
	"path"
	"strings"

	"github.com/attestree/attestree/model/fleet"
)

// gap is a place that runs an image and names it elsewhere. It is a problem of the list, unless what was read says where.
type gap struct {
	problem Problem
	unless  string // the fact that fills it
}

// maxFacts is how many facts are remembered. A gap that one of the others would fill is said.
const maxFacts = 100_000

// misses takes a gap, which is a problem unless a fact turns up in whatever else is read.
func (l *List) misses(source fleet.Source, message, unless string) {
	if len(l.gaps) == maxTrials {
		l.trouble(source, message)
		return
	}
	l.gaps = append(l.gaps, gap{Problem{source, message}, unless})
}

// knows takes a fact.
func (l *List) knows(fact string) {
	if l.facts == nil {
		l.facts = map[string]bool{}
	}
	if len(l.facts) < maxFacts {
		l.facts[fact] = true
	}
}

// settle says the gaps that nothing filled, when everything was read.
func (l *List) settle() {
	for _, g := range l.gaps {
		if !l.facts[g.unless] {
			l.trouble(g.problem.Source, g.problem.Message)
		}
	}
	l.gaps = nil
}

// wasRead is the fact that a file was read.
func wasRead(file string) string { return "file " + path.Clean(file) }

// serviceNamed is the fact that a compose file of a folder names the image of a service. Files that are put on top of others
// do not repeat it.
func serviceNamed(file, service string) string {
	return "service " + path.Dir(path.Clean(file)) + " " + service
}

// workloads are the kinds that run the containers they list as they stand there. Others give a list to some controller,
// which may know the images by itself.
var workloads = map[string]bool{
	"Pod": true, "PodTemplate": true, "Deployment": true, "StatefulSet": true, "DaemonSet": true, "ReplicaSet": true,
	"ReplicationController": true, "Job": true, "CronJob": true,
}

const (
	noTemplate = "a template that nobody filled in; give what helm template prints"
	noText     = "its image is no text, so it names none"
	noImage    = "it names no image"
)

// kustomization says what a kustomization changes, so that the files beside it are not what runs (kustomize, "kustomization
// file").
func (f *finder) kustomization(n node) {
	name := path.Base(f.file)
	if !strings.HasPrefix(textAt(n, "apiVersion"), "kustomize.config.k8s.io/") && name != "kustomization.yaml" && name != "kustomization.yml" {
		return
	}
	const give = "; give what kubectl kustomize prints"
	if images := n.get("images"); images != nil {
		f.trouble(images.line(), "a kustomization that changes names, tags or digests of images, which are looked at as the other files name them"+give)
	}
	if charts := n.get("helmCharts"); charts != nil {
		f.trouble(charts.line(), "a kustomization that takes in a chart, whose images are not known here"+give)
	}
	if resources := n.get("resources"); resources != nil {
		resources.items(func(r node) {
			if strings.Contains(r.text(), "://") || strings.HasPrefix(r.text(), "github.com/") {
				f.trouble(r.line(), "a kustomization that takes in resources from elsewhere, whose images are not known here"+give)
			}
		})
	}
}

// trouble is a problem of the object that is looked at. line is that of the document, 0 where it is not known.
func (f *finder) trouble(line int, message string) {
	f.list.trouble(f.source(line, f.where), message)
}

// source is a place in the file.
func (f *finder) source(line int, object string) fleet.Source {
	if line > 0 {
		line += f.offset
	}
	return fleet.Source{File: f.file, Line: line, Object: object}
}
