package render

import "math"

// weave is the relief of a fabric as a tiling height map with mip levels. Seen
// from afar the threads fade out by averaging and only the uneven yarn stays:
// exactly what a lens does, and no shimmer.
type weave struct {
	levels [][]weaveTexel
	packed [][]uint64 // the same for the shader, see pack
	yarn
}

// yarn is the character of a fabric's thread.
type yarn struct {
	tone   float32 // how much the relief darkens and lightens the colour
	depth  float32 // how much it tilts the normal
	fleck  float32 // undyed light that the high places show, as white weft in denim
	uneven float64 // share of uneven yarn in the relief
	slubs  []slub
}

// slub is one octave of unevenness: patches per tile along weft and warp.
type slub struct {
	nu, nv int
	gain   float64
}

func yarnOf(kind Surface) yarn {
	spun := []slub{{32, 12, 0.5}, {12, 32, 0.5}, {16, 16, 0.35}}
	switch kind {
	case Twill: // ring-spun warp shows as upright streaks, darker and lighter
		return yarn{tone: 0.24, depth: 0.35, fleck: 0.012, uneven: 0.2, slubs: []slub{{64, 5, 0.8}, {24, 8, 0.5}, {16, 16, 0.3}}}
	case Satin:
		return yarn{tone: 0.05, depth: 0.12, uneven: 0.1, slubs: []slub{{48, 6, 0.5}}}
	case Brushed: // a haze of fibre in all directions
		return yarn{tone: 0.20, depth: 0.22, uneven: 0.3, slubs: []slub{{64, 64, 0.5}, {32, 32, 0.6}, {14, 14, 0.5}}}
	case Rib:
		return yarn{tone: 0.20, depth: 0.55, uneven: 0.2, slubs: spun}
	}
	return yarn{tone: 0.16, depth: 0.35, uneven: 0.2, slubs: spun}
}

// weaveTexel holds the slope of the relief along the weft and the warp and the
// tone, all centred on 0 and scaled by 127 / weaveRange.
type weaveTexel struct{ du, dv, tone int8 }

const (
	weaveBits  = 9
	weaveTile  = 0.048 // side of one tile [m]; 64 threads of 0.75 mm
	weaveRange = 1.5   // largest slope and tone
	threads    = 64    // per tile, in each direction
	weaveBlur  = 0.5   // levels: threads near the limit of the picture would beat with its pixels
)

func newWeave(kind Surface) *weave {
	side := 1 << weaveBits
	height := make([]float64, side*side)
	for i := range height {
		u, v := (float64(i%side)+0.5)/float64(side), (float64(i/side)+0.5)/float64(side)
		height[i] = relief(kind, u, v)
	}
	w := &weave{yarn: yarnOf(kind)}
	slub := slubNoise(side, w.slubs)
	base := make([]weaveTexel, side*side)
	for i := range base {
		x, y := i%side, i/side
		at := func(x, y int) float64 {
			k := (y&(side-1))*side + x&(side-1)
			return height[k] + w.uneven*slub[k]
		}
		base[i] = weaveTexel{
			du:   toTexel((at(x+1, y) - at(x-1, y))),
			dv:   toTexel((at(x, y+1) - at(x, y-1))),
			tone: toTexel(0.5*height[i] + 0.28*slub[i]),
		}
	}
	w.levels = append(w.levels, base)
	for s := side / 2; s > 0; s /= 2 {
		w.levels = append(w.levels, halve(w.levels[len(w.levels)-1], s))
	}
	for _, level := range w.levels {
		packed := make([]uint64, len(level))
		for i, t := range level {
			packed[i] = t.pack()
		}
		w.packed = append(w.packed, packed)
	}
	return w
}

// The shader mixes the three numbers of a texel in one word, each lifted above
// zero in a lane of 21 bits: 8 for the number, 8 for the weights of the four
// texels round a point, 5 for those of two levels.
const (
	weaveLane  = 21
	weaveMask  = 1<<weaveLane - 1
	weaveLift  = 128
	weaveOne   = 1 << 8 // the sum of four weights
	weaveLevel = 1 << 5 // the sum of two
)

func (t weaveTexel) pack() uint64 {
	lane := func(x int8) uint64 { return uint64(int(x) + weaveLift) }
	return lane(t.du) | lane(t.dv)<<weaveLane | lane(t.tone)<<(2*weaveLane)
}

func toTexel(x float64) int8 {
	return int8(math.Round(max(-1, min(1, x/weaveRange)) * 127))
}

func halve(prev []weaveTexel, s int) []weaveTexel {
	next := make([]weaveTexel, s*s)
	for i := range next {
		o := (i/s)*4*s + (i%s)*2
		a, b, c, d := prev[o], prev[o+1], prev[o+2*s], prev[o+2*s+1]
		mean := func(p, q, r, s int8) int8 { return int8((int(p) + int(q) + int(r) + int(s)) / 4) }
		next[i] = weaveTexel{mean(a.du, b.du, c.du, d.du), mean(a.dv, b.dv, c.dv, d.dv), mean(a.tone, b.tone, c.tone, d.tone)}
	}
	return next
}

// relief is the height of the yarn at a place of the tile, -1..1.
func relief(kind Surface, u, v float64) float64 {
	x, y := u*threads, v*threads
	sx, sy := math.Sin(math.Pi*x), math.Sin(math.Pi*y)
	switch kind {
	case Woven: // warp and weft dive under each other in turn
		over := sx * sy
		if (int(math.Floor(x))+int(math.Floor(y)))%2 == 0 {
			return math.Abs(sx)*0.7 + 0.3*over
		}
		return math.Abs(sy)*0.7 + 0.3*over
	case Knit: // wales: columns of V-shaped loops
		leg := math.Abs(math.Mod(x, 2) - 1)
		return 0.8*math.Abs(math.Sin(math.Pi*x/2)) + 0.35*math.Sin(2*math.Pi*(y/2+0.5*leg))
	case Twill: // lines climbing to the right, one thread up per thread across
		return math.Sin(math.Pi * (x - y) / 2)
	case Satin: // fine floats side by side, tied down at every eighth thread
		tie := math.Mod(y/8+3*math.Floor(x)/8, 1) - 0.5
		return 0.5*math.Abs(sx) - 0.5*math.Exp(-200*tie*tie)
	case Brushed: // a weave under its own fibre
		return 0.35 * relief(Woven, u, v)
	case Rib: // columns of plain and of purl loops in turn, 3 mm
		return math.Sin(2*math.Pi*x/4) + 0.25*math.Sin(2*math.Pi*y/2)
	}
	return 0
}

// slubNoise is smooth tiling noise of uneven yarn from a fixed seed.
func slubNoise(side int, octaves []slub) []float64 {
	out := make([]float64, side*side)
	for _, oct := range octaves {
		grid := make([]float64, oct.nu*oct.nv)
		seed := uint64(oct.nu*1000 + oct.nv)
		for i := range grid {
			seed = seed*6364136223846793005 + 1442695040888963407 // Knuth's MMIX generator
			grid[i] = float64(seed>>40)/float64(1<<23) - 1
		}
		for i := range out {
			u := float64(i%side) / float64(side) * float64(oct.nu)
			v := float64(i/side) / float64(side) * float64(oct.nv)
			out[i] += oct.gain * smoothValue(grid, oct.nu, oct.nv, u, v)
		}
	}
	return out
}

func smoothValue(g []float64, nu, nv int, u, v float64) float64 {
	iu, iv := int(u), int(v)
	fu, fv := u-float64(iu), v-float64(iv)
	fu, fv = fu*fu*(3-2*fu), fv*fv*(3-2*fv)
	at := func(i, j int) float64 { return g[(j%nv)*nu+i%nu] }
	a := at(iu, iv)*(1-fu) + at(iu+1, iv)*fu
	b := at(iu, iv+1)*(1-fu) + at(iu+1, iv+1)*fu
	return a*(1-fv) + b*fv
}

// at returns slopes and tone at a place of the fabric [m], averaged over a
// footprint [m].
func (w *weave) at(u, v, footprint float32) (du, dv, tone float32) {
	lod := log2(footprint*((1<<weaveBits)/weaveTile)) + weaveBlur
	if lod < 0 {
		lod = 0
	} else if lod > weaveBits {
		lod = weaveBits
	}
	k := int(lod)
	x := w.bilinear(k, u, v) * weaveLevel
	if f := uint64((lod - float32(k)) * weaveLevel); f > 0 && k < weaveBits {
		x = x/weaveLevel*(weaveLevel-f) + w.bilinear(k+1, u, v)*f
	}
	const step, lift = weaveRange / 127.0 / (weaveOne * weaveLevel), weaveLift * weaveOne * weaveLevel
	lane := func(x uint64) float32 { return float32(int32(x&weaveMask)-lift) * step }
	return lane(x), lane(x >> weaveLane), lane(x >> (2 * weaveLane))
}

// bilinear mixes the four texels round a place of the fabric; weights sum to weaveOne.
func (w *weave) bilinear(level int, u, v float32) uint64 {
	bits := uint(weaveBits-level) & 15
	side := float32(int32(1) << bits)
	x, y := u*(1/weaveTile)*side-0.5, v*(1/weaveTile)*side-0.5
	ix, iy := floor32(x), floor32(y)
	const half = 16 // steps of each of two weights
	fx, fy := uint64((x-float32(ix))*half), uint64((y-float32(iy))*half)
	m := 1<<bits - 1
	tex := w.packed[level]
	x0, x1, y0, y1 := ix&m, (ix+1)&m, (iy&m)<<bits, ((iy+1)&m)<<bits
	return (tex[y0+x0]*(half-fx)+tex[y0+x1]*fx)*(half-fy) + (tex[y1+x0]*(half-fx)+tex[y1+x1]*fx)*fy
}

// log2 to about 1 %: enough to choose a mip level, and far cheaper than math.
func log2(x float32) float32 {
	if x <= 0 {
		return -126
	}
	b := math.Float32bits(x)
	e := float32(int32(b>>23) - 127)
	m := math.Float32frombits(b&0x7fffff | 127<<23) // 1..2
	return e + (-1.0/3*m+2)*m - 5.0/3               // parabola through 1, 2 and close between
}
