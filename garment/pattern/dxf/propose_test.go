package dxf

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"fitroom/garment/pattern"
)

// Of the files of the data, whose seams are known, the proposal finds most, is
// refused as it stands, and builds a garment once its mark is taken out.
func TestProposal(t *testing.T) {
	for _, style := range synthStyles {
		src := Source{Drawings: []*Drawing{openDrawing(t, "synth/"+style+"_nest.dxf")}}
		p, err := Propose(src, Options{Style: style})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := p.WriteSeams(&b); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadSeams(bytes.NewReader(b.Bytes()), "x"); !errors.Is(err, ErrProposed) {
			t.Errorf("%s: the proposal is taken as it is: %v", style, err)
		}
		text := strings.Replace(b.String(), `"proposed": true`, `"proposed": false`, 1)
		src.Seams = seamsOf(t, text)
		got := mustBuild(t, src, Options{Style: style}).Run.Sizes[0].Pattern
		src.Seams = openSeams(t, "synth/"+style+"_seams.json")
		want := mustBuild(t, src, Options{Style: style}).Run.Sizes[0].Pattern
		right := 0
		for _, s := range got.Seams {
			if slices.ContainsFunc(want.Seams, func(w pattern.Seam) bool { return w.A == s.A && w.B == s.B }) {
				right++
			}
		}
		t.Logf("%s: %d seams proposed, %d of %d right", style, len(got.Seams), right, len(want.Seams))
		if 4*right < 3*len(want.Seams) || 4*right < 3*len(got.Seams) {
			t.Errorf("%s: %d seams proposed, %d of %d right", style, len(got.Seams), right, len(want.Seams))
		}
	}
}
