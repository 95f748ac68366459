package post_test

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fitroom/api/post"
)

func TestLettersIntoAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	s, err := post.Open("file:" + dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if err := s.Send(t.Context(), post.Letter{To: "ada@example.org", Subject: "Größe", Text: "Der Code: 123456\n"}); err != nil {
			t.Fatal(err)
		}
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.eml"))
	if len(files) != 3 {
		t.Fatalf("%d letters, want 3", len(files))
	}
	data, err := os.ReadFile(files[0])
	if text := string(data); err != nil || !strings.Contains(text, "To: <ada@example.org>") || !strings.Contains(text, "Code: 123456") || !strings.Contains(text, "=?utf-8?q?Gr") {
		t.Errorf("%v in %s", err, data)
	}
}

// A letter over SMTP arrives as it was written.
func TestLettersBySMTP(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	got := make(chan string, 1)
	go receive(ln, got)
	s, err := post.Open(fmt.Sprintf("smtp://%s?from=shop@example.org&tls=0", ln.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Send(t.Context(), post.Letter{To: "ada@example.org", Subject: "Code", Text: "123456"}); err != nil {
		t.Fatal(err)
	}
	if text := <-got; !strings.Contains(text, "RCPT TO:<ada@example.org>") || !strings.Contains(text, "MAIL FROM:<shop@example.org>") || !strings.Contains(text, "123456") {
		t.Error(text)
	}
}

// receive is as much of a mail server as one letter needs.
func receive(ln net.Listener, got chan<- string) {
	conn, err := ln.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	var all strings.Builder
	fmt.Fprint(conn, "220 test\r\n")
	in, data := bufio.NewScanner(conn), false
	for in.Scan() {
		line := in.Text()
		all.WriteString(line + "\n")
		switch {
		case data && line != ".":
		case line == "DATA":
			data = true
			fmt.Fprint(conn, "354 go on\r\n")
		case line == "QUIT":
			fmt.Fprint(conn, "221 bye\r\n")
			got <- all.String()
			return
		default:
			data = false
			fmt.Fprint(conn, "250 ok\r\n")
		}
	}
}

func TestAddresses(t *testing.T) {
	for text, want := range map[string]string{
		" Ada@Example.org ": "ada@example.org", "a.b+c@d.example": "a.b+c@d.example",
		"": "", "ada": "", "Ada <ada@example.org>": "", "a@b\r\nBcc: c@d": "", "a b@c": "", strings.Repeat("a", 250) + "@b.example": "",
	} {
		if got, err := post.Address(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for _, address := range []string{"", "smtp://host", "smtp://host:25", "http://host:25?from=a@b.c", "smtp://host:25?from=x"} {
		if _, err := post.Open(address); err == nil {
			t.Errorf("%q was opened", address)
		}
	}
}
