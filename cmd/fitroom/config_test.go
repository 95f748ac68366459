package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// Defaults give way to the file, the file to the environment, the environment
// to the command line.
func TestConfigOrder(t *testing.T) {
	file := put(t, "fitroom.yaml", "addr: file:1\ndata: from-file\nworkers: 3\nblobs: s3://key:verysecret@host/b\n")
	t.Setenv("FITROOM_DATA", "from-env")
	t.Setenv("FITROOM_DB", "postgres://u:verysecret@h/db?password=verysecret")
	code, out, errOut := invoke("config", "print", "--config", file, "--addr", "flag:1", "--json")
	var said struct{ Config map[string]string }
	if err := json.Unmarshal([]byte(out), &said); err != nil || code != exitOK {
		t.Fatal(code, err, errOut)
	}
	for name, want := range map[string]string{"addr": "flag:1", "data": "from-env", "workers": "3", "waiting": "0"} {
		if said.Config[name] != want {
			t.Errorf("%s is %q, want %q", name, said.Config[name], want)
		}
	}
	if strings.Contains(out, "verysecret") {
		t.Errorf("a secret is shown: %s", out)
	}
	for content, want := range map[string]string{"hat: 1\n": `"hat" is not a flag`, "workers: many\n": "workers", "{": "config"} {
		if code, _, errOut := invoke("config", "print", "--config", put(t, "bad.yaml", content)); code == exitOK || !strings.Contains(errOut, want) {
			t.Errorf("%q: exit %d, %s", content, code, errOut)
		}
	}
}
