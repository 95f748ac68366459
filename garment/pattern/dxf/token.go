package dxf

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"fitroom/geometry/fault"
)

// Limits on one DXF file. The largest of 36 files from shops has 5 MB and
// 60,000 entities; these bound the time and memory a hostile one can take.
const (
	MaxFileSize = 48 << 20 // [bytes]
	MaxEntities = 600_000
	maxLine     = 4096 // [bytes]
)

// tag is one pair of lines: a group code and its value.
type tag struct {
	code  int
	value string
}

// scanner cuts a file into tags, counting lines for the error messages.
type scanner struct {
	r    *bufio.Reader
	line int
	left int64 // bytes that may still be read
}

func newScanner(r io.Reader) *scanner {
	return &scanner{r: bufio.NewReaderSize(r, maxLine), left: MaxFileSize}
}

// binaryMark starts a binary DXF.
var binaryMark = []byte("AutoCAD Binary DXF")

// checkKind refuses what is no text at all before any line of it is read.
func (s *scanner) checkKind() error {
	head, _ := s.r.Peek(512)
	switch {
	case len(head) == 0:
		return fault.Errorf("the file is empty")
	case bytes.HasPrefix(head, binaryMark):
		return fault.Errorf("this is a binary DXF; export it again as ASCII DXF")
	case bytes.IndexByte(head, 0) >= 0:
		return fault.Errorf("this is not a DXF file: it holds binary data; export the pattern as ASCII DXF (AAMA or ASTM)")
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = s.r.Discard(3) // a byte order mark, seen by Peek already
	}
	return nil
}

func (s *scanner) text() (string, error) {
	b, err := s.r.ReadSlice('\n')
	if s.left -= int64(len(b)); s.left < 0 {
		return "", fault.Errorf("line %d: the file is larger than %d MB, the most that is read; export the pieces of one style alone", s.line+1, MaxFileSize>>20)
	}
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", fault.Errorf("line %d is longer than %d bytes; this is not a readable ASCII DXF", s.line+1, maxLine)
	}
	if err != nil && (len(b) == 0 || !errors.Is(err, io.EOF)) {
		return "", err
	}
	s.line++
	return string(bytes.TrimRight(b, "\r\n")), nil
}

// next returns the next tag. The end of the file is an error: a whole DXF ends
// with the entity EOF, after which nobody asks.
func (s *scanner) next() (tag, error) {
	head, err := s.text()
	if errors.Is(err, io.EOF) {
		return tag{}, fault.Errorf("line %d: the file ends without EOF; it is cut off", s.line)
	}
	if err != nil {
		return tag{}, err
	}
	code, bad := strconv.Atoi(strings.TrimSpace(head))
	if bad != nil || code < -5 || code > 1071 {
		return tag{}, fault.Errorf("line %d: %.40q is not a DXF group code; this is not a readable ASCII DXF", s.line, head)
	}
	value, err := s.text()
	if errors.Is(err, io.EOF) {
		return tag{}, fault.Errorf("line %d: the file ends in the middle of a group; it is cut off", s.line)
	}
	return tag{code, value}, err
}

func parseNumber(v string) (float64, error) {
	x, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fault.Errorf("%.40q is not a finite number", v)
	}
	return x, nil
}

// decode turns the bytes of a text into UTF-8: old writers use Latin-1, new
// ones UTF-8, and both may escape as \U+00E4.
func decode(v string) string {
	if !utf8.ValidString(v) {
		runes := make([]rune, len(v))
		for i := range len(v) {
			runes[i] = rune(v[i])
		}
		v = string(runes)
	}
	for {
		before, after, found := strings.Cut(v, `\U+`)
		if !found || len(after) < 4 {
			return v
		}
		code, err := strconv.ParseUint(after[:4], 16, 32)
		if err != nil {
			return v
		}
		v = before + string(rune(code)) + after[4:]
	}
}
