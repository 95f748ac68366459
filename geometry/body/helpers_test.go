package body

import (
	"bytes"
	"io"
	"testing"
)

func reader(b []byte) io.Reader { return bytes.NewReader(b) }

func decode(t *testing.T, raw []byte) *Template {
	t.Helper()
	tpl, err := DecodeTemplate(reader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

func encode(t *testing.T, tpl *Template) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := tpl.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
