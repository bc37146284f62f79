package cache

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
)

// TestSeveralProcessesAtOnce has this test's own program write, read and sweep one small folder; see crowd.
func TestSeveralProcessesAtOnce(t *testing.T) {
	dir := t.TempDir()
	var crowd sync.WaitGroup
	for range 4 {
		crowd.Go(func() {
			run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMain$")
			run.Env = append(os.Environ(), "CROWD="+dir)
			if out, err := run.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	crowd.Wait()
	if info, err := Open(dir, crowdLimit).Info(); err != nil || info.Bytes > 2*crowdLimit {
		t.Errorf("%d bytes are kept, and %d are the limit (%v)", info.Bytes, crowdLimit, err)
	}
}

// TestAProcessKilledWhileWritingLeavesNothingWrong kills one of the crowd after each of many writes of others.
func TestAProcessKilledWhileWritingLeavesNothingWrong(t *testing.T) {
	dir := t.TempDir()
	for range 5 {
		run := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMain$")
		run.Env = append(os.Environ(), "CROWD="+dir, "FOREVER=1")
		out, err := run.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := run.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := out.Read(make([]byte, 1)); err != nil { // it says when it has begun
			t.Fatal(err)
		}
		if err := run.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = run.Wait() // killed
	}
	if problem := among(Open(dir, crowdLimit), 200); problem != "" {
		t.Error(problem)
	}
}

const crowdLimit = 8 << 20

// among writes and reads what many write and read at once. What is read must be right or absent.
func among(c *Cache, rounds int) string {
	for i := range rounds {
		raw := bytes.Repeat(fmt.Appendf(nil, "%4d", i%97), 8<<10)
		c.Put(space, digestOf(raw), raw)
		c.Remember(fmt.Sprint(i%7), i%7)
		if got := c.Get(space, digestOf(raw), 1<<20); got != nil && !bytes.Equal(got, raw) {
			return fmt.Sprintf("round %d: other bytes came", i)
		}
		if got := -1; c.Recall(fmt.Sprint(i%7), &got) && got != i%7 {
			return fmt.Sprintf("round %d: another record came", i)
		}
		if c.Problem() != nil {
			return c.Problem().Error()
		}
	}
	return ""
}

func TestMain(m *testing.M) {
	dir := os.Getenv("CROWD")
	if dir == "" {
		os.Exit(m.Run())
	}
	c := Open(dir, crowdLimit)
	for {
		if problem := among(c, 200); problem != "" {
			fmt.Println(problem)
			os.Exit(1)
		}
		c.Close()
		if os.Getenv("FOREVER") == "" {
			os.Exit(0)
		}
		fmt.Print(".")
	}
}
