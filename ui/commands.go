package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/ui/phrase"
	"github.com/attestree/attestree/ui/safe"
)

// Every side effect of the screen. A command changes no state: what it finds out comes back as a message.

// openSource starts discovery and waits for its first batch.
func openSource(ctx context.Context, b Backend, stream int) tea.Cmd {
	return func() tea.Msg { return nextBatch(stream, b.Open(ctx)) }
}

// verifyNodes has nodes judged again, all of them when ids is nil, and waits for the first batch.
func verifyNodes(ctx context.Context, b Backend, stream int, ids []string) tea.Cmd {
	return func() tea.Msg { return nextBatch(stream, b.Verify(ctx, ids)) }
}

// awaitEvents waits for the next batch of a stream.
func awaitEvents(stream int, from <-chan []model.Event) tea.Cmd {
	return func() tea.Msg { return nextBatch(stream, from) }
}

func nextBatch(stream int, from <-chan []model.Event) tea.Msg {
	events, more := <-from
	if !more {
		return streamEndedMsg{stream}
	}
	return eventsArrivedMsg{stream, events, from}
}

// spinnerInterval is slow enough to look calm and to cost nothing.
const spinnerInterval = 120 * time.Millisecond

// tickSpinner moves the spinner after a while.
func tickSpinner() tea.Cmd {
	return tea.Tick(spinnerInterval, func(time.Time) tea.Msg { return spinnerTickedMsg{} })
}

// pinSigner trusts an entry for this run.
func pinSigner(b Backend, s model.TrustedSigner) tea.Cmd {
	return func() tea.Msg {
		return trustChangedMsg{what: safe.Format("%s trusted for this run", safe.LineMax(s.Name, phrase.MostName)), err: b.Pin(s)}
	}
}

// enableSigner switches an entry on or off for this run.
func enableSigner(b Backend, name string, on bool) tea.Cmd {
	return func() tea.Msg {
		word := safe.Const("off")
		if on {
			word = safe.Const("on")
		}
		what := safe.Format("%s switched %s for this run", safe.LineMax(name, phrase.MostName), word)
		return trustChangedMsg{what: what, err: b.SetEnabled(name, on)}
	}
}

// unpinSigner takes an entry out of this run's list.
func unpinSigner(b Backend, name string) tea.Cmd {
	return func() tea.Msg {
		return trustChangedMsg{what: safe.Format("%s removed for this run", safe.LineMax(name, phrase.MostName)), err: b.Unpin(name)}
	}
}

// saveSigner writes an entry to the policy file, and before that trusts it for this run too where that is wanted.
func saveSigner(b Backend, s model.TrustedSigner, pin bool) tea.Cmd {
	return func() tea.Msg {
		name := safe.LineMax(s.Name, phrase.MostName)
		if pin {
			if err := b.Pin(s); err != nil {
				return trustChangedMsg{what: safe.Format("%s trusted for this run", name), err: err}
			}
		}
		path, err := b.Save(s)
		what := safe.Format("%s written to %s", name, safe.LineMax(path, 2*phrase.MostName))
		if err != nil {
			what = safe.Format("%s not written to the policy file", name)
		}
		if pin {
			return trustChangedMsg{what: what, err: err, changed: true, saved: err == nil}
		}
		return signerSavedMsg{what, err}
	}
}

// updateRoot asks for the newest trusted root. However it ends, its context does too.
func updateRoot(ctx context.Context, end context.CancelFunc, b Backend) tea.Cmd {
	return func() tea.Msg {
		defer end()
		change, err := b.UpdateRoot(ctx)
		return rootUpdatedMsg{change, err}
	}
}

// awaitPolicy waits for a change of the policy file.
func awaitPolicy(ctx context.Context, b Backend) tea.Cmd {
	changed := b.Changed()
	if changed == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case err, open := <-changed:
			if !open {
				return nil
			}
			what := safe.Const("the policy file changed")
			if err != nil {
				what = safe.Const("the policy file changed and could not be read")
			}
			return trustChangedMsg{what: what, err: err, changed: true, await: true}
		case <-ctx.Done():
			return nil
		}
	}
}
