package sew

import (
	"math"

	"fitroom/garment/pattern"
	"fitroom/geometry/fault"
)

// CutRun cuts all sizes of a style with one triangulation: same vertices,
// triangles, panels and seam vertices under the same numbers, at every edge
// length [m]. What was found on one size (a drape, a field) is thereby a start
// for every other, vertex by vertex. The cuts come in the order of the sizes.
//
// One size is meshed, the middle one; the others get its triangulation by a
// smooth map that takes each edge to the same edge by arc length (see carry).
// Edges are sampled for the longest of all sizes. Where a size differs so much
// that triangles would become slivers, another size is meshed instead; where
// none serves, the error names size and panel, and the sizes can only be cut
// one by one (NewCut): nothing can then be carried over between them.
func CutRun(run *pattern.SizeRun, edges []float64) ([]*Cut, error) {
	sizes := make([]*pattern.Pattern, len(run.Sizes))
	for i := range run.Sizes {
		sizes[i] = run.Sizes[i].Pattern
	}
	out := make([]*Cut, len(sizes))
	for i, p := range sizes {
		out[i] = &Cut{Pattern: p}
	}
	for _, h := range edges {
		h, err := edgeLength(h)
		if err != nil {
			return nil, err
		}
		levels, err := cutAlike(run, h)
		if err != nil {
			return nil, err
		}
		for i := range out {
			out[i].levels = append(out[i].levels, *levels[i])
		}
	}
	return out, nil
}

// cutAlike tries the sizes as base from the middle outwards.
func cutAlike(run *pattern.SizeRun, h float64) ([]*cutLevel, error) {
	n := runCounts(run, h)
	var first error
	for _, base := range fromMiddle(len(run.Sizes)) {
		levels, err := carryAll(run, base, h, n)
		if err == nil {
			return levels, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// fromMiddle lists the indices below n, the middle one first.
func fromMiddle(n int) []int {
	out := make([]int, 0, n)
	for d := 0; len(out) < n; d++ {
		for _, i := range [2]int{n/2 - d, n/2 + d} {
			if i >= 0 && i < n && (d > 0 || len(out) == 0) {
				out = append(out, i)
			}
		}
	}
	return out
}

// runCounts cuts every edge as finely as the size in which it is longest needs.
func runCounts(run *pattern.SizeRun, h float64) [][]int {
	n := counts(run.Sizes[0].Pattern, h)
	for _, s := range run.Sizes[1:] {
		for i, edges := range counts(s.Pattern, h) {
			for e, k := range edges {
				n[i][e] = max(n[i][e], k)
			}
		}
	}
	return n
}

// carryAll meshes the base size and carries its triangles to all others.
func carryAll(run *pattern.SizeRun, base int, h float64, n [][]int) ([]*cutLevel, error) {
	from := run.Sizes[base]
	l, err := cutAt(from.Pattern, h, n)
	if err != nil {
		return nil, fault.Errorf("size %q: %w", from.Name, err)
	}
	keep, err := outerSides(from.Pattern)
	if err != nil {
		return nil, err
	}
	out := make([]*cutLevel, len(run.Sizes))
	for k, size := range run.Sizes {
		if k == base {
			out[k] = l
			continue
		}
		pieces := make([]*piece, len(l.pieces))
		for i, pc := range l.pieces {
			pieces[i] = pc.carry(size.Pattern, i, n[i], keep[i])
			if got, want := pieces[i].minAngle(), pc.minAngle(); !(got >= leastCarried(want)) {
				return nil, fault.Errorf("sew: panel %q of size %q is too unlike that of size %q: carried triangles have angles down to %.1f deg, cut ones %.1f; its results cannot be carried over",
					size.Pattern.Panels[i].Name, size.Name, from.Name, got*180/math.Pi, want*180/math.Pi)
			}
		}
		w := &weld{p: size.Pattern, pieces: pieces, vert: l.weld.vert, count: l.weld.count}
		if w.laid, err = layOut(size.Pattern, pieces); err != nil {
			return nil, fault.Errorf("size %q: %w", size.Name, err)
		}
		out[k] = &cutLevel{h: h, pieces: pieces, weld: w}
	}
	return out, nil
}

// leastCarried is the smallest angle a carried mesh may have when the meshed
// one has own [rad]: 15 degrees, at which the error of linear elements is
// about twice that of good ones (Babuška & Aziz 1976), or half of what the
// corners of the panel itself allow.
func leastCarried(own float64) float64 { return min(15*math.Pi/180, own/2) }
