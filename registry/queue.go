package registry

import (
	"container/heap"
	"context"
	"slices"
)

// priority orders what waits for a free connection; lower goes first.
type priority int

const (
	priorityImage    priority = iota // the root and the children of an index
	priorityLookup                   // where attachments of an image are looked for
	priorityManifest                 // what was found
	priorityPayload
	priorityNested // what is attached to signatures and attestations: hardly ever anything
)

// task is one piece of input. run does the input, away from the loop, and returns what the loop is to do with it.
type task struct {
	priority priority
	order    int
	guess    bool // nobody waits for it
	run      func(context.Context) func()
}

// queue is a heap of tasks by priority, first come first served within one priority.
type queue struct {
	tasks   []task
	order   int
	guesses int
}

// Len, Less, Swap, Push and Pop are for container/heap.
func (q *queue) Len() int { return len(q.tasks) }

func (q *queue) Less(i, j int) bool {
	a, b := q.tasks[i], q.tasks[j]
	if a.priority != b.priority {
		return a.priority < b.priority
	}
	return a.order < b.order
}

func (q *queue) Swap(i, j int) { q.tasks[i], q.tasks[j] = q.tasks[j], q.tasks[i] }

func (q *queue) Push(x any) {
	if t, ok := x.(task); ok {
		q.tasks = append(q.tasks, t)
	}
}

func (q *queue) Pop() any {
	last := len(q.tasks) - 1
	t := q.tasks[last]
	q.tasks[last] = task{}
	q.tasks = q.tasks[:last]
	return t
}

func (q *queue) add(p priority, run func(context.Context) func()) {
	q.order++
	heap.Push(q, task{priority: p, order: q.order, run: run})
}

// guess adds what will probably be wanted. Nobody waits for it.
func (q *queue) guess(p priority, run func(context.Context) func()) {
	q.order++
	q.guesses++
	heap.Push(q, task{priority: p, order: q.order, guess: true, run: run})
}

func (q *queue) next() task {
	t, _ := heap.Pop(q).(task)
	if t.guess {
		q.guesses--
	}
	return t
}

// due is how many tasks somebody waits for.
func (q *queue) due() int { return len(q.tasks) - q.guesses }

// dropGuesses forgets what nobody waits for.
func (q *queue) dropGuesses() {
	q.tasks = slices.DeleteFunc(q.tasks, func(t task) bool { return t.guess })
	q.guesses = 0
	heap.Init(q)
}
