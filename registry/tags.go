package registry

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
)

// tagsPerPage is how many tags are asked for at once; a registry may give fewer.
const tagsPerPage = "1000"

// Tags lists the tags of a repository, all pages of the list (distribution-spec, "Listing Tags"), without those that
// cosign and the referrers tag schema make from digests. reference names the repository; opts are those of Discover.
// missing says why there may be more than was listed, "" if there is not. limit bounds how many are read.
func Tags(ctx context.Context, reference string, opts Options, limit int) (tags []string, missing string, err error) {
	opts.Limits = opts.Limits.withDefaults()
	r, err := parseReference(reference, opts.PlainHTTP)
	if err != nil {
		return nil, "", &SourceError{Source: reference, Kind: KindUsage, Hint: "write registry/repository", Err: err}
	}
	if opts.Offline {
		return nil, "", &SourceError{
			Source: reference, Kind: KindOffline, Hint: "leave out --offline, or give a list of references",
			Err: failed(KindOffline, "the tags of %s are in a registry, and --offline opens no connection", normalName(r.repo)),
		}
	}
	client := opts.Client
	if client == nil {
		client = NewClient(opts)
		defer client.Close()
	}
	place := newRemote(r.repo, client, opts)
	tags, missing, err = place.tags(ctx, limit)
	err = explain(ctx, reference, remoteProblem(err, r, place.session))
	var problem *SourceError
	if errors.As(err, &problem) {
		problem.Tried = "GET /v2/" + r.repo.RepositoryStr() + "/tags/list at " + normalName(r.repo)
	}
	return tags, missing, err
}

// tags reads page after page. Once the list has begun, what is missing of it is no error.
func (r *remote) tags(ctx context.Context, limit int) (tags []string, missing string, err error) {
	next := r.base.JoinPath("v2", r.repo.RepositoryStr(), "tags", "list")
	next.RawQuery = "n=" + tagsPerPage
	seen, known := map[string]bool{}, map[string]bool{}
	for page := 1; next != nil; page++ {
		if page > r.limits.Pages || seen[next.String()] {
			return tags, "the list of tags has no end: not followed further", nil
		}
		seen[next.String()] = true
		names, link, err := r.tagsPage(ctx, next)
		switch {
		case err != nil && page == 1:
			return nil, "", err
		case err != nil:
			return tags, "a page of the list of tags could not be had: " + err.Error(), nil
		}
		for _, name := range names {
			if known[name] || attachmentTag(name) {
				continue
			}
			if len(tags) == limit {
				return tags, "it has more tags than are read", nil
			}
			known[name] = true
			tags = append(tags, name)
		}
		var f *failure
		if next, f = r.follow(link); f != nil {
			return tags, f.detail, nil
		}
	}
	return tags, "", nil
}

func (r *remote) tagsPage(ctx context.Context, u *url.URL) ([]string, link, error) {
	ctx, leave, err := r.turn(ctx, r.limits.Request)
	if err != nil {
		return nil, link{}, err
	}
	defer leave()
	resp, err := r.get(ctx, u, "application/json")
	if err != nil {
		return nil, link{}, waitedFor(ctx, err)
	}
	defer drop(resp)
	raw, err := readAtMost(resp.Body, r.limits.Manifest)
	if err != nil {
		return nil, link{}, cutShort(err)
	}
	var answer struct {
		Tags []string `json:"tags"`
	}
	if err := json.Unmarshal(raw, &answer); err != nil {
		return nil, link{}, failed(KindBroken, "the answer is not a list of tags")
	}
	return answer.Tags, linkOf(resp), nil
}
