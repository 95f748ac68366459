package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The walk in the README, from the first key to the verdict and the erasure, is
// run as it stands there, in a fresh folder; only the port is another.
func TestWalkOfTheReadme(t *testing.T) {
	for _, needed := range []string{"bash", "curl", "jq"} {
		if _, err := exec.LookPath(needed); err != nil {
			t.Skipf("the walk needs %s", needed)
		}
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, walk, _ := strings.Cut(string(readme), "### The service")
	_, walk, _ = strings.Cut(walk, "```\n")
	walk, _, _ = strings.Cut(walk, "```")
	address := freeAddress(t)
	for old, now := range map[string]string{"localhost:8080": address, "serve --data data": "serve --data data --addr " + address} {
		if !strings.Contains(walk, old) {
			t.Fatalf("the walk does not say %q", old)
		}
		walk = strings.ReplaceAll(walk, old, now)
	}
	dir := t.TempDir()
	program := fmt.Sprintf("#!/bin/sh\n%s=1 exec '%s' \"$@\"\n", asProgram, os.Args[0])
	if err := os.WriteFile(filepath.Join(dir, "fitroom"), []byte(program), 0o700); err != nil {
		t.Fatal(err)
	}
	told, err := runToTheEnd(dir, "set -eo pipefail\n"+walk+"\nkill $!\nwait || true")
	if err != nil || !strings.Contains(told, `"outcome": "one"`) || !strings.Contains(told, `"what":"fit.read"`) {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		t.Errorf("%v:\n%s\n%s", err, told, log)
	}
}

// runToTheEnd runs a script, for five minutes at most, and ends what it may have
// left running.
func runToTheEnd(dir, script string) (told string, err error) {
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir, cmd.WaitDelay = dir, time.Second
	cmd.Env = append(os.Environ(), "PATH="+dir+":"+os.Getenv("PATH"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var out strings.Builder
	cmd.Stdout = &out
	if err := cmd.Start(); err != nil {
		return "", err
	}
	end := func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	patience := time.AfterFunc(5*time.Minute, end)
	err = cmd.Wait()
	patience.Stop()
	end()
	return out.String(), err
}
