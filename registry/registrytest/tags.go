package registrytest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
)

var tagsRoute = regexp.MustCompile(`^/v2/(.+)/tags/list$`)

// serveTags lists the tags of a repository in the order of their names, as many at once as Page says.
func (r *Registry) serveTags(w http.ResponseWriter, req *http.Request, repository string) {
	r.mu.Lock()
	held := r.contents[repository]
	var tags []string
	if held != nil {
		tags = slices.Sorted(maps.Keys(held.tags))
	}
	r.mu.Unlock()
	if held == nil {
		refuse(w, http.StatusNotFound, "NAME_UNKNOWN", "not here")
		return
	}
	if last := req.URL.Query().Get("last"); last != "" {
		at, found := slices.BinarySearch(tags, last)
		if found {
			at++
		}
		tags = tags[at:]
	}
	if page := r.config.Page; page > 0 && len(tags) > page {
		tags = tags[:page]
		w.Header().Set("Link", fmt.Sprintf(`</v2/%s/tags/list?last=%s&n=%d>; rel="next"`, repository, tags[page-1], page))
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"name": repository, "tags": tags})
}
