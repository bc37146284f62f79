package screen

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestWhichPagerIsRun(t *testing.T) {
	there := func(names ...string) func(string) (string, error) {
		return func(name string) (string, error) {
			if slices.Contains(names, name) {
				return "/usr/bin/" + name, nil
			}
			return "", errors.New(name + ": not found")
		}
	}
	for _, c := range []struct {
		name, pager string
		find        func(string) (string, error)
		want        []string
		fails       bool
	}{
		{"the one that PAGER names", "most -s", there("most", "less"), []string{"/usr/bin/most", "-s"}, false},
		{"less where PAGER is unset", "", there("less", "more"), []string{"/usr/bin/less"}, false},
		{"less where PAGER is empty", "  ", there("less", "more"), []string{"/usr/bin/less"}, false},
		{"more where there is no less", "", there("more"), []string{"/usr/bin/more"}, false},
		{"none where there is none", "", there(), nil, true},
		{"no other than the one that was named", "most", there("less"), nil, true},
		{"no shell reads it", "less; rm -r $HOME", there("less"), nil, true},
		{"nor its quotes", `less "-P x"`, there("less"), []string{"/usr/bin/less", `"-P`, `x"`}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := pagerWords(c.pager, c.find)
			if !slices.Equal(got, c.want) || (err != nil) != c.fails {
				t.Errorf("%q, %v, want %q", got, err, c.want)
			}
		})
	}
}

func TestThePagerIsToldNothingThatRunsPrograms(t *testing.T) {
	got := pagerEnvironment([]string{"LESSOPEN=|evil %s", "LESSCLOSE=evil", "LESSKEY=/evil", "LESS=-R +!evil", "lessopen=x", "MORE=-x", "LESSCHARSET=utf-8", "TERM=xterm", "PATH=/bin"})
	if want := []string{"LESSCHARSET=utf-8", "TERM=xterm", "PATH=/bin", "LESSSECURE=1", "LESSHISTFILE=-"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A pager that says what it was given, instead of one that a person reads with.
func TestThePagerReadsAPrivateFileThatIsGoneAfterwards(t *testing.T) {
	script := filepath.Join(t.TempDir(), "reader")
	program := "#!/bin/sh\nprintf '%s\\n' \"$1\"; ls -l \"$1\" | cut -c1-10; ls -ld \"$(dirname \"$1\")\" | cut -c1-10; cat \"$1\"\nexit \"${READER_ENDS:-0}\"\n"
	if err := os.WriteFile(script, []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, ends := range []string{"0", "3"} {
		var out bytes.Buffer
		p := &pager{ctx: t.Context(), words: []string{script}, environment: append(os.Environ(), "READER_ENDS="+ends), text: []byte("the text\n")}
		p.SetStdin(strings.NewReader(""))
		p.SetStdout(&out)
		p.SetStderr(&out)
		if err := p.Run(); (err != nil) != (ends != "0") {
			t.Errorf("it ended with %s: %v", ends, err)
		}
		lines := strings.Split(out.String(), "\n")
		if len(lines) < 4 || filepath.Base(lines[0]) != pagerFile || lines[1] != "-rw-------" || lines[2] != "drwx------" || lines[3] != "the text" {
			t.Fatalf("it was given %q", lines)
		}
		if _, err := os.Stat(filepath.Dir(lines[0])); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the folder is still there: %v", err)
		}
	}
}
