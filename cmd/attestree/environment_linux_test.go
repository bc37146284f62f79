package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestAnOddEnvironmentActsOnNothing opens the screen where variables that programs read say what none should: it comes up,
// goes away, and tells the terminal nothing of theirs.
func TestAnOddEnvironmentActsOnNothing(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]string{
		"TERM": "xterm\x1b[2J", "COLORTERM": "\x1b]52;c;T1dORUQ=\x07", "TERM_PROGRAM": "\u009b2J", "COLUMNS": "-1", "LINES": "99999999999999999999",
		"LANG": "\xff\x1b[2J", "LC_ALL": strings.Repeat("a", 100_000), "TZ": "Evil\x1b[2J/X", "PAGER": "\x1b[2J", "EDITOR": "\u202e",
		"XDG_STATE_HOME": "relative\x1b[2J", "XDG_CONFIG_HOME": "/dev/null/x", "XDG_CACHE_HOME": "/proc/nobody/\x1b[2J", "DOCKER_CONFIG": "/dev/full",
		"NO_COLOR": "\x1b[2J", "HTTPS_PROXY": "\x1b[2J", "COSIGN_REPOSITORY": "evil\x1b[2J/\u009b2J", "TMPDIR": "/nowhere/\x1b[2J", "GITHUB_TOKEN": "\x1b[2J",
		"SSH_TTY": "\x1b[2J", "TMUX": "\x1b[2J,1,0", "USER": "\x1b[2J", "SHELL": "\u009b2J",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			layout, err := filepath.Abs("../../testdata/demo/layout")
			if err != nil {
				t.Fatal(err)
			}
			term, cmd := startTerminalWith(t, t.TempDir(), []string{name + "=" + value}, layout)
			term.shows("Attached")
			term.press("D")
			term.shows("octor")
			term.press("\x1b")
			term.hides("Policy doctor")
			term.press("q")
			if err := cmd.Wait(); err != nil {
				t.Errorf("it ended with %v:\n%s", err, term.text())
			}
			<-term.ended
			whole, _ := term.sofar()
			onlyOurs(t, whole)
		})
	}
}
