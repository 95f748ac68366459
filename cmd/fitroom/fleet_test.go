package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"fitroom/api/sqldb/sqldbtest"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
)

// A fleet of the one binary: a process that serves and does no work, two that
// work, PostgreSQL and S3 between them. No two of them share a folder.
func TestFleet(t *testing.T) {
	db := sqldbtest.Postgres(t)
	backend := s3mem.New()
	if err := backend.CreateBucket("fitroom"); err != nil {
		t.Fatal(err)
	}
	s3 := httptest.NewServer(gofakes3.New(backend).Server())
	defer s3.Close()
	t.Setenv("FITROOM_DB", db)
	t.Setenv("FITROOM_BLOBS", "s3://key:secret@"+strings.TrimPrefix(s3.URL, "http://")+"/fitroom?tls=0")
	t.Setenv("FITROOM_MASTER_KEY", "env:FITROOM_MASTER")
	t.Setenv("FITROOM_MASTER", base64.StdEncoding.EncodeToString(make([]byte, 32)))
	t.Setenv("FITROOM_MAIL", "file:"+filepath.Join(t.TempDir(), "mail"))
	org, _ := made(t, "admin", "org", "Shop")
	_, key := made(t, "admin", "key", "--org", org)
	s := startService(t, t.TempDir(), "127.0.0.1:0", "--workers", "0")
	defer s.kill()
	var style struct{ ID string }
	sheet := `{"style": "tee", "kind": "t-shirt", "population": "women", "sizes": ["S", "M"], "primary": ["bust_girth"], "chart": {"bust_girth": {"unit": "cm", "bands": {"S": [80, 88], "M": [88, 96]}}}}`
	if err := json.Unmarshal(sendUntilHeard(t, s.url+"/v1/styles", key, "style", sheet), &style); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		defer startWorker(t)()
	}
	awaitStyles(t, s.url+"/v1/", key)
	for _, size := range []string{"S", "M"} {
		var fit struct{ ID string }
		if err := json.Unmarshal(sendUntilHeard(t, s.url+"/v1/fits", key, size, fmt.Sprintf(`{"style": %q, "mannequin": %q}`, style.ID, size)), &fit); err != nil {
			t.Fatal(err)
		}
		awaitFit(t, s.url+"/v1/fits/"+fit.ID, key)
	}
}

// startWorker starts a process that works; its stop asks it to end well.
func startWorker(t *testing.T) (stop func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "worker")
	cmd.Env = append(os.Environ(), asProgram+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "fitroom works\n" {
		t.Errorf("a worker begins with %q, %v", line, err)
	}
	return func() {
		cmd.Process.Signal(syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			t.Errorf("a worker's end: %v\n%s", err, said.String())
		}
	}
}
