package fleet

// A registry that gives no answer holds whoever waits for it as long as a request may take. So that it does not hold
// everybody, only a few of a registry's images are under way before it has answered once; those of others go first.
const (
	mostHeld = 10_000 // images that wait for their registry while those behind them go first
	oneIn    = 8      // so much of what may be under way is left to a registry that has not answered
)

// queue hands out the images of a list, in its order as far as their registries answer.
type queue struct {
	images []Numbered
	place  func(Numbered) string // "" where nothing is known of it
	room   func(place string) int

	next  int // of images, the first that was not looked at
	held  map[string][]int
	order []string // places that have held images, those that came first first
	count int      // held in all
	busy  map[string]int
}

func newQueue(images []Numbered, place func(Numbered) string, room func(string) int) *queue {
	return &queue{images: images, place: place, room: room, held: map[string][]int{}, busy: map[string]int{}}
}

// take gives the next image whose registry has room, with the registry's name. false says that there is none now; there will
// be when one that is under way is done, if any is.
func (q *queue) take() (image Numbered, place string, ok bool) {
	for i, name := range q.order {
		if q.busy[name] >= q.room(name) {
			continue
		}
		at := q.held[name][0]
		if q.held[name] = q.held[name][1:]; len(q.held[name]) == 0 {
			delete(q.held, name)
			q.order = append(q.order[:i:i], q.order[i+1:]...)
		}
		q.count--
		q.busy[name]++
		return q.images[at], name, true
	}
	for q.next < len(q.images) && q.count < mostHeld {
		at := q.next
		name := q.place(q.images[at])
		q.next++
		if name == "" || q.busy[name] < q.room(name) {
			q.busy[name]++
			return q.images[at], name, true
		}
		if len(q.held[name]) == 0 {
			q.order = append(q.order, name)
		}
		q.held[name] = append(q.held[name], at)
		q.count++
	}
	return Numbered{}, "", false
}

// done says that an image of that registry is no longer under way.
func (q *queue) done(place string) { q.busy[place]-- }

// room is how many images of a registry may be under way.
func (e *Engine) room(place string) int {
	if e.places.answers(place) {
		return e.config.InFlight
	}
	return max(e.config.InFlight/oneIn, 1)
}
