package registry

import (
	"encoding/json"

	"github.com/attestree/attestree/model"
)

// labels reads an image's configuration for its labels, in the wave of the payloads. They are claims, bound to the
// image by the configuration's digest, and decide nothing; so a configuration that cannot be had costs a remark.
func (c *crawl) labels(image model.Node, config model.Descriptor, p place) {
	problem := func(why string) { c.emit(model.Labelled{ID: image.ID, Problem: why}) }
	if !config.Digest.Valid() {
		problem("its digest cannot be checked")
		return
	}
	if f := sizeProblem(config.Size, c.limits.Manifest); f != nil {
		problem(f.detail)
		return
	}
	c.fetch(config, p, func(got *payload) {
		if got.failure != nil {
			problem(got.failure.detail)
			return
		}
		labels, ok := configLabels(got.bytes)
		if f := c.holdLabels(labels); f != nil {
			problem(f.detail)
			return
		}
		said := model.Labelled{ID: image.ID, Labels: labels, Config: got.bytes}
		if !ok {
			said.Problem = "it is not the JSON of an image configuration"
		}
		c.emit(said)
	})
}

// holdLabels counts labels against the memory limit, as they are once parsed: a configuration may consist of nothing else.
func (c *crawl) holdLabels(labels map[string]string) *failure {
	held := int64(0)
	for name, value := range labels {
		held += 2*stringWeight + int64(len(name)+len(value))
	}
	if c.memory+held > c.limits.Memory {
		return failed(KindTooLarge, "too large: everything attached is more than %s", bytesText(c.limits.Memory))
	}
	c.memory += held
	return nil
}

// configLabels are the labels of an image configuration (image-spec, config.md, "Labels").
func configLabels(raw []byte) (map[string]string, bool) {
	var image struct {
		Config struct {
			Labels map[string]string `json:"Labels"`
		} `json:"config"`
	}
	if json.Unmarshal(raw, &image) != nil {
		return nil, false
	}
	return image.Config.Labels, true
}
