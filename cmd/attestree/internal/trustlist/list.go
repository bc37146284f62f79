// Package trustlist is whom one run of the program trusts: the entries of its one source (flags, a policy file, or the
// demo), what the person pins or switches off on the screen, and the policy's answer that follows.
//
// Sources are never merged (docs/policy.md): what a person does on the screen is added to the one that was chosen, for
// this run. Files are written only by Save, on request.
package trustlist

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/attestree/attestree/model"
	"github.com/attestree/attestree/verifier"
	"github.com/attestree/attestree/verifier/notation"
	"github.com/attestree/attestree/verifier/pkgsig"
	"github.com/attestree/attestree/verifier/policy"
	"github.com/attestree/attestree/verifier/slsa"
	"github.com/attestree/attestree/verifier/trust"
)

// Config says where a run's trust comes from. Either Entries or PolicyPath is set, or neither.
type Config struct {
	Source  string // what is judged, in the words of the policy's answer
	Roots   []trust.Root
	Spare   []trust.Root   // that are kept and were not asked for: they only explain
	Entries []trust.Signer // from flags or the demo
	Origin  string         // of Entries

	PolicyPath string             // the policy file that decides, "" for none
	SavePath   string             // the user's own policy file, where pins are saved; "" where saving makes no sense
	Resolve    policy.KeyResolver // for keys that are kept elsewhere; nil refuses them

	UpdateRoot  UpdateRoot // nil where nobody may be asked
	Notation    notation.Trust
	PackageKeys pkgsig.Keys // of package registries; none for those that the program carries
	IgnoreTlog  bool
	At          time.Time // judge as of another time; zero for now
	Now         func() time.Time
	Notes       []string // what a person should know of the roots, one sentence each
}

// List is the trust of one run. It is safe for concurrent use.
type List struct {
	config Config

	mu      sync.Mutex
	file    *policy.File // nil without a policy file
	base    []entry
	pinned  []entry
	enabled map[string]bool // what the person switched on the screen, by name
	judge   *verifier.Verifier
	signers trust.Signers // that judge was made with
	levels  slsa.Table
}

type entry struct {
	signer trust.Signer
	origin string
}

// New reads the policy file, if there is one, and prepares the verifier. Its errors say what is wrong with the trust
// that was asked for; a run never goes on with less trust, or more, than the person named.
func New(config Config) (*List, error) {
	l := &List{config: config, enabled: map[string]bool{}}
	for _, s := range config.Entries {
		l.base = append(l.base, entry{s, config.Origin})
	}
	if config.PolicyPath != "" {
		file, err := readPolicy(config.PolicyPath, config.Resolve)
		if err != nil {
			return nil, err
		}
		l.adopt(file)
	}
	return l, l.rebuild()
}

// adopt takes the entries of a policy file in place of those of an earlier version of it. What was pinned in this run
// and has been saved since is the file's from now on.
func (l *List) adopt(file *policy.File) {
	l.file, l.base = file, nil
	saved := map[string]bool{}
	for _, s := range file.Signers() {
		l.base = append(l.base, entry{s, model.OriginPolicy})
		saved[s.Name] = true
	}
	l.pinned = slices.DeleteFunc(slices.Clone(l.pinned), func(e entry) bool { return saved[e.signer.Name] })
}

// rebuild makes the verifier that judges by the list as it is now.
func (l *List) rebuild() error {
	var entries []trust.Signer
	for _, e := range l.entries() {
		entries = append(entries, e.signer)
	}
	signers, err := trust.NewSigners(entries...)
	if err != nil {
		return err
	}
	judge, err := l.verifier(signers, l.config.At)
	if err != nil {
		return err
	}
	l.judge, l.signers, l.levels = judge, signers, slsa.Known()
	if l.file != nil {
		l.levels = l.file.Table()
	}
	return nil
}

// verifier judges by the run's roots, as of a time; zero for now.
func (l *List) verifier(signers trust.Signers, at time.Time) (*verifier.Verifier, error) {
	return verifier.New(verifier.Options{
		Roots: l.config.Roots, Spare: l.config.Spare, Signers: signers, Notation: l.config.Notation,
		PackageKeys: l.config.PackageKeys, IgnoreTlog: l.config.IgnoreTlog, Now: l.config.Now, At: at,
	})
}

// entries are all entries as they are now: those of the source, then what was pinned, each switched as the person said.
func (l *List) entries() []entry {
	out := append(slices.Clone(l.base), l.pinned...)
	for i, e := range out {
		if on, said := l.enabled[e.signer.Name]; said {
			out[i].signer.Enabled = on
		}
	}
	return out
}

// Try judges evidence that was changed on purpose, as of a time; zero for that of the run. What comes out is for whoever
// changed it, and for nothing else.
func (l *List) Try(ctx context.Context, evidence model.Evidence, at time.Time) (model.Report, error) {
	l.mu.Lock()
	judge, signers := l.judge, l.signers
	var err error
	if !at.IsZero() {
		judge, err = l.verifier(signers, at)
	}
	l.mu.Unlock()
	if err != nil {
		return model.Report{}, err
	}
	return judge.Verify(ctx, evidence), nil
}

// Verify judges by the list as it is at this moment.
func (l *List) Verify(ctx context.Context, evidence model.Evidence) model.Report {
	l.mu.Lock()
	judge := l.judge
	l.mu.Unlock()
	return judge.Verify(ctx, evidence)
}

// Assess says at which SLSA level a judged node was built, by the builders that the list names at this moment.
func (l *List) Assess(evidence model.Evidence, claims *model.Attestation, report model.Report) *model.SLSA {
	l.mu.Lock()
	levels := l.levels
	l.mu.Unlock()
	return levels.Assess(evidence, claims, report)
}

// Signers are all entries in order, disabled ones included.
func (l *List) Signers() []model.TrustedSigner {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []model.TrustedSigner
	for _, e := range l.entries() {
		out = append(out, policy.Describe(e.signer, e.origin, l.config.Now()))
	}
	return out
}

// Policy is the answer for a judged tree: of the policy file, else of the default policy.
func (l *List) Policy(t *model.Tree) model.PolicyAnswer {
	l.mu.Lock()
	file := l.file
	l.mu.Unlock()
	if file == nil {
		return policy.Default(t, l.config.Source)
	}
	answer := file.Judge(t, l.config.Source, l.config.Now())
	answer.Path = l.config.PolicyPath
	return answer
}

// Pin trusts an entry for this run.
func (l *List) Pin(s model.TrustedSigner) error {
	signer, err := policy.Entry(s)
	if err != nil {
		return fmt.Errorf("pin %s: %w", s.Name, err)
	}
	signer.Enabled = true
	return l.change(func() error {
		if l.named(signer.Name) {
			return fmt.Errorf("pin %s: there is an entry of that name already", signer.Name)
		}
		l.pinned = append(l.pinned, entry{signer, model.OriginThisRun})
		return nil
	})
}

// SetEnabled switches an entry for this run.
func (l *List) SetEnabled(name string, enabled bool) error {
	return l.change(func() error {
		if !l.named(name) {
			return fmt.Errorf("switch %s: there is no entry of that name", name)
		}
		l.enabled[name] = enabled
		return nil
	})
}

// Unpin takes back what was pinned in this run. Entries from elsewhere can be switched off, not removed.
func (l *List) Unpin(name string) error {
	return l.change(func() error {
		at := slices.IndexFunc(l.pinned, func(e entry) bool { return e.signer.Name == name })
		if at < 0 {
			return fmt.Errorf("unpin %s: it was not pinned in this run; switch it off instead", name)
		}
		l.pinned = slices.Delete(slices.Clone(l.pinned), at, at+1)
		delete(l.enabled, name)
		return nil
	})
}

// change applies f and makes a new verifier. If either fails, everything stays as it was.
func (l *List) change(f func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	config, file, base, pinned, enabled := l.config, l.file, l.base, slices.Clone(l.pinned), maps.Clone(l.enabled)
	err := f()
	if err == nil {
		err = l.rebuild()
	}
	if err != nil {
		l.config, l.file, l.base, l.pinned, l.enabled = config, file, base, pinned, enabled
	}
	return err
}

func (l *List) named(name string) bool {
	return slices.ContainsFunc(l.entries(), func(e entry) bool { return e.signer.Name == name })
}
