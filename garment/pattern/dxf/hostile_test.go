package dxf

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// repeat reads as head and then the same text for ever.
type repeat struct {
	head, text string
	at         int
}

func (r *repeat) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		src := r.head
		if r.at >= len(r.head) {
			src = r.text[(r.at-len(r.head))%len(r.text):]
		} else {
			src = src[r.at:]
		}
		k := copy(p[n:], src)
		n, r.at = n+k, r.at+k
	}
	return n, nil
}

const blockHead = "0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n2\nP\n"

// Endless and oversized files are refused after a bounded part of them.
func TestOversizedFiles(t *testing.T) {
	for name, r := range map[string]io.Reader{
		"entities":      &repeat{head: blockHead, text: "0\nPOINT\n8\n2\n10\n1\n20\n2\n"},
		"group":         &repeat{head: blockHead + "0\nLWPOLYLINE\n8\n1\n", text: "10\n1\n20\n2\n"},
		"larger than":   &repeat{head: "0\nSECTION\n2\nHEADER\n", text: "9\n$" + strings.Repeat("X", 2000) + "\n"},
		"points":        &repeat{head: blockHead, text: "0\nLWPOLYLINE\n8\n1\n" + strings.Repeat("10\n1\n20\n2\n42\n99\n10\n3\n20\n4\n42\n99\n", 500)},
		"longer than":   &repeat{head: "0\nSECTION\n2\n", text: "X"},
		"group code":    &repeat{text: "x\n"},
		"binary data":   strings.NewReader("PK\x03\x04\x00\x00"),
		"binary DXF":    strings.NewReader("AutoCAD Binary DXF\r\n\x1a\x00"),
		"empty":         strings.NewReader(""),
		"cut off":       strings.NewReader(blockHead + "0\nLINE\n8\n1\n"),
		"middle of a":   strings.NewReader(blockHead + "0"),
		"outside any e": strings.NewReader("8\n1\n0\nEOF\n"),
		"SEQEND":        strings.NewReader(blockHead + "0\nPOLYLINE\n8\n1\n0\nENDBLK\n0\nEOF\n"),
		"finite number": strings.NewReader(blockHead + "0\nLINE\n8\n1\n10\nNaN\n0\nEOF\n"),
		"go up to":      strings.NewReader(blockHead + "0\nLINE\n8\n1\n10\n1e300\n0\nEOF\n"),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Read(r, "big.dxf", "")
			if err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("got %v", err)
			}
			if took := time.Since(start); took > time.Minute {
				t.Errorf("it took %v", took)
			}
			t.Log(err, time.Since(start).Round(time.Millisecond))
		})
	}
}

// The most work that chains can make: every line of every piece in the worst
// order. And sizes without end.
func TestLaboriousFiles(t *testing.T) {
	start := time.Now()
	wide, err := Read(strings.NewReader(sheet(func(d *draft) {
		for b := range 100 {
			d.put(0, "BLOCK", 2, b)
			d.line(1, 0, 0, 1, 0).line(1, 0, 9, 0, 0).line(1, maxParts-2, 0, 0, 9)
			for i := maxParts - 4; i >= 0; i-- {
				d.line(1, float64(i+1), 0, float64(i+2), 0)
			}
			d.put(0, "ENDBLK")
		}
	}, nil)), "x", "")
	if err != nil || len(wide.Pieces) != 100 {
		t.Errorf("got %v", err)
	}
	d := mustRead(t, sheet(func(d *draft) {
		for b := range maxSizes + 1 {
			d.put(0, "BLOCK", 2, b)
			box100(d)
			d.text(1, 0, 0, fmt.Sprintf("Size: %d", b)).put(0, "ENDBLK")
		}
	}, nil))
	if _, err := Build(Source{Drawings: []*Drawing{d}}, Options{}); err == nil || !strings.Contains(err.Error(), "61 sizes") {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

func TestUnreadableSource(t *testing.T) {
	want := errors.New("the disc is gone")
	if _, err := Read(io.MultiReader(strings.NewReader(blockHead), failing{want}), "x", ""); !errors.Is(err, want) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// FuzzRead holds the reader to its promise: an error or a valid size run.
func FuzzRead(f *testing.F) {
	f.Add(onePiece(box100), 0.0)
	f.Add(onePiece(func(d *draft) {
		d.poly(1, 0, 0, 0, 100, 0)
		d.poly(1, 0, 100, 0, 80, 200, 0, 200)
		d.line(6, 0, 0, 0, 200)
	}), 0.01)
	f.Add(onePiece(func(d *draft) {
		d.put(0, "LWPOLYLINE", 8, 1, 90, 2, 70, 1, 10, -100, 20, 0, 42, 1, 10, 100, 20, 0, 42, 0.5)
		d.point(2, 0, 0).point(3, 100, 0).text(1, 1, 1, "Size: M").text(1, 1, 1, "Quantity: 1,1").text(2, 0, 0, "# 1")
		d.put(0, "ARC", 8, 8, 10, 1, 20, 1, 40, 5, 50, 0, 51, 90)
	}), 0.005)
	f.Add(gradedBox(func(d *draft) { d.line(5, 0, 0, 9, 9) }), 0.0)
	f.Fuzz(func(t *testing.T, text string, allowance float64) {
		d, err := Read(strings.NewReader(text), "fuzz.dxf", "")
		if err != nil {
			return
		}
		r, err := Build(Source{Drawings: []*Drawing{d}}, Options{Style: "fuzz", Allowance: allowance})
		if err != nil {
			return
		}
		if err := r.Run.Validate(); err != nil {
			t.Fatalf("Build handed out an invalid run: %v", err)
		}
	})
}

// FuzzRules does the same for rule tables: an error, or whole rules.
func FuzzRules(f *testing.F) {
	f.Add(ruleHead + "RULE: DELTA 1\n 0,0 0,0 1,1\nRULE: DELTA 2\n -1,2\n 0,0\n3,4\nEND\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ReadRules(strings.NewReader(text), "fuzz.rul", "")
		if err != nil {
			return
		}
		for n, deltas := range r.deltas {
			if len(deltas) != len(r.Sizes) {
				t.Fatalf("rule %d has %d deltas for %d sizes", n, len(deltas), len(r.Sizes))
			}
		}
	})
}

// FuzzSeams: an error, or a list whose pieces have names.
func FuzzSeams(f *testing.F) {
	f.Add(`{"pieces":{"A":{"mirror":true,"side":"left","edge_labels":{"0":"hem"}}},"seams":[{"a":{"piece":"A","edge":0},"b":{"piece":"A","edge":1}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ReadSeams(strings.NewReader(text), "fuzz.json")
		if err != nil {
			return
		}
		for _, p := range s.Panels {
			if p.Name == "" || p.Piece == "" {
				t.Fatalf("a piece without name: %+v", p)
			}
		}
	})
}

// 10,000 pieces, in one file and in one seam list; rules and lists without end.
func TestTooMuchOfEverything(t *testing.T) {
	start := time.Now()
	many := sheet(func(d *draft) {
		for b := range 10_000 {
			d.put(0, "BLOCK", 2, b)
			box100(d)
			d.put(0, "ENDBLK")
		}
	}, nil)
	if _, err := Read(strings.NewReader(many), "many.dxf", ""); err == nil || !strings.Contains(err.Error(), "many.dxf: 10000 blocks; at most") {
		t.Errorf("got %v", err)
	}
	var list strings.Builder
	list.WriteString(`{"pieces": {"P": {}`)
	for i := range 10_000 {
		fmt.Fprintf(&list, `, "P%d": {}`, i)
	}
	list.WriteString("}}")
	for want, r := range map[string]io.Reader{
		"more than 400 pieces": strings.NewReader(list.String()),
		"larger than":          &repeat{head: `{"note": "`, text: "x"},
		"with it there are":    strings.NewReader(`{"pieces": {` + copiesOf(30) + `}}`),
	} {
		if _, err := ReadSeams(r, "x.json"); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "x.json") {
			t.Errorf("%s: got %v", want, err)
		}
	}
	for want, r := range map[string]io.Reader{
		"larger than": &repeat{head: ruleHead, text: "AUTHOR: x\n"},
		"rules":       &repeat{head: ruleHead, text: "RULE: DELTA 1\n0,0 0,0 0,0\n"},
		"finite":      strings.NewReader(ruleHead + "RULE: DELTA 1\n 0,0 0,0 -NaN,0\n"),
		"numbers":     strings.NewReader(ruleHead + "RULE: DELTA 1\n 0,0 0,0 0,0 1,1\n"),
	} {
		if _, err := ReadRules(r, "x.rul", ""); err == nil || !strings.Contains(err.Error(), "x.rul") {
			t.Errorf("%s: got %v", want, err)
		}
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

func copiesOf(n int) string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf(`"P%d": {"copies": 20}`, i))
	}
	return strings.Join(out, ", ")
}

// FuzzSewing sews a drawing by any list: an error or a valid run.
func FuzzSewing(f *testing.F) {
	f.Add(bandList)
	f.Add(`{"pieces": {"band": {"piece": "BAND", "unfold_edge": 1, "turn_deg": 90, "copies": 2}}, "seams": [{"a": {"piece": "band", "edge": 0, "from": "notch 0"}, "b": [{"piece": "band", "edge": 2}], "gather": true, "closure": "open"}]}`)
	f.Add(`{"pieces": {"P": {"piece": "FRONT", "mirror": true, "edge_allowance_mm": {"0": 20}}}, "folds": [{"piece": "P", "line": 0, "angle_deg": 90}]}`)
	var nest *Drawing
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ReadSeams(strings.NewReader(text), "fuzz.json")
		if err != nil {
			return
		}
		if nest == nil {
			nest = nestOf(t)
		}
		r, err := Build(Source{Drawings: []*Drawing{nest}, Seams: s}, Options{Style: "fuzz", Allowance: 0.005})
		if err != nil {
			return
		}
		if err := r.Run.Validate(); err != nil {
			t.Fatalf("Build handed out an invalid run: %v", err)
		}
	})
}
