package main

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"fitroom/garment/fit"
	"fitroom/geometry/body"
	"fitroom/render"
)

// bin is the statements of one stated probability.
type bin struct{ stated, seen, count float64 }

// calibration holds stated probabilities against what came true.
type calibration struct {
	replays  int
	bins     [21]bin
	ece      float64
	worst    float64 // largest difference of a bin with at least leastCount statements
	verdicts [21]bin // of zones
	zoneECE  float64
	// zoneWorst counts what a statement loses by being rounded to 5 %.
	zoneWorst float64
}

const leastCount = 2000 // statements of a bin whose share is known to 1.1 percentage points (one standard deviation)

// calibrate replays bodies spread evenly over a chart with noise on the tape.
func calibrate(s *fit.Style, replays int) (*calibration, error) {
	rng := rand.New(rand.NewPCG(11, 1))
	c := &calibration{replays: replays}
	// Bodies beyond the chart get no size, yet verdicts on its zones: without them
	// every stated probability near its ends would be too low.
	const sigma, margin = 0.012, 0.06
	key := s.Primary[0]
	lo, hi := s.Chart[key].Bands[s.Sizes[0]][0]-margin, s.Chart[key].Bands[s.Sizes[len(s.Sizes)-1]][1]+margin
	for range replays {
		truth := lo + (hi-lo)*rng.Float64()
		who := func(v, sigma float64) fit.Wearer {
			return fit.Wearer{Population: s.Population, Readings: []fit.Reading{{Key: key, Value: v, Sigma: sigma}}}
		}
		right, exact, err := fit.Advise(who(truth, 1e-9), s, fit.Options{Draws: 1})
		if err != nil {
			return nil, err
		}
		said, zones, err := fit.Advise(who(truth+sigma*rng.NormFloat64(), sigma), s, fit.Options{Draws: 256})
		if err != nil {
			return nil, err
		}
		sized := right.Outcome != fit.RefuseOutcome && said.Outcome != fit.RefuseOutcome
		for _, size := range s.Sizes {
			if sized {
				add(&c.bins, said.Share[size], right.Ranked[0] == size)
			}
			z, e := zones[size].Zones[0], exact[size].Zones[0]
			if z.Verdict != fit.Between && !math.IsNaN(z.Confidence) {
				add(&c.verdicts, z.Confidence, e.Likely == z.Verdict)
			}
		}
	}
	c.ece, c.worst = errorOf(&c.bins)
	c.zoneECE, c.zoneWorst = errorOf(&c.verdicts)
	return c, nil
}

func add(bins *[21]bin, p float64, right bool) {
	b := &bins[int(math.Round(p*20))]
	b.stated += p
	b.count++
	if right {
		b.seen++
	}
}

func errorOf(bins *[21]bin) (ece, worst float64) {
	total := 0.0
	for _, b := range bins {
		ece += math.Abs(b.stated - b.seen)
		total += b.count
		if b.count >= leastCount {
			worst = math.Max(worst, math.Abs(b.stated-b.seen)/b.count)
		}
	}
	return ece / total, worst
}

// draw writes the plot of stated against observed: on the diagonal a stated
// probability is a true one. A dot's area is its number of statements.
func (c *calibration) draw(dir string) error {
	const side, border = 640, 70
	img := image.NewNRGBA(image.Rect(0, 0, side+2*border, side+2*border))
	render.Blank(img)
	at := func(x, y float64) [2]float64 { return [2]float64{border + side*x, border + side*(1-y)} }
	grey, blue := color.NRGBA{R: 150, G: 150, B: 150, A: 255}, color.NRGBA{R: 0, G: 0x72, B: 0xb2, A: 255}
	var l render.Lettering
	for k := 0.0; k <= 1.01; k += 0.25 {
		render.Stroke(img, [][2]float64{at(k, 0), at(k, 1)}, 0.7, false, grey)
		render.Stroke(img, [][2]float64{at(0, k), at(1, k)}, 0.7, false, grey)
		name := fmt.Sprintf("%.0f %%", 100*k)
		x, y := at(k, 0), at(0, k)
		if err := l.Text(img, name, int(x[0]), int(x[1])+22, 15, 60); err != nil {
			return err
		}
		if err := l.Text(img, name, int(y[0])-32, int(y[1])+5, 15, 60); err != nil {
			return err
		}
	}
	render.Stroke(img, [][2]float64{at(0, 0), at(1, 1)}, 1.5, false, color.NRGBA{R: 80, G: 80, B: 80, A: 255})
	for _, b := range c.bins {
		if b.count > 0 {
			render.Stroke(img, [][2]float64{at(b.stated/b.count, b.seen/b.count)}, 5+math.Sqrt(b.count)/25, false, blue)
		}
	}
	title := fmt.Sprintf("Probability of a size: stated (across) and observed (up), %d replays, error %.2f %%", c.replays, 100*c.ece)
	if err := l.Text(img, title, side/2+border, 36, 19, side+2*border-20); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "calibration.png"))
	if err != nil {
		return err
	}
	return closing(f, render.WritePNG(f, img))
}

func closing(f io.Closer, err error) error {
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// tee is the chart that is replayed: letters of 8 cm, men.
func tee() *fit.Style {
	s := &fit.Style{ID: "tee", Kind: "t-shirt", Population: body.Men, Sizes: []string{"S", "M", "L", "XL"}, Primary: []body.Key{body.ChestGirth},
		Chart: map[body.Key]fit.Chart{body.ChestGirth: {Bands: map[string][2]float64{
			"S": {.86, .94}, "M": {.94, 1.02}, "L": {1.02, 1.10}, "XL": {1.10, 1.18}}}}}
	return s
}
