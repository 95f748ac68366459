package api

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"fitroom/render"

	"github.com/chromedp/chromedp"
)

// Chromium, which shares no code with us, plays the animated turntable: all
// frames, each to the byte, for ever, at the speed it was written for.
func TestBrowserPlaysTheTurntable(t *testing.T) {
	const side, perSecond = 40, 12
	sheet := image.NewNRGBA(image.Rect(0, 0, 6*side, 6*side))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range sheet.Pix {
		sheet.Pix[i] = byte(random.Uint32())
		if i%4 == 3 {
			sheet.Pix[i] = 255
		}
	}
	var file bytes.Buffer
	if err := render.WriteAPNG(&file, sheet, perSecond); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/turntable.png" {
			w.Header().Set("Content-Type", "image/png")
			w.Write(file.Bytes())
			return
		}
		fmt.Fprint(w, "<!doctype html><title>turntable</title>")
	}))
	defer srv.Close()
	v := visit{t, browser(t), "apng"}
	v.run(chromedp.Navigate(srv.URL))
	type played struct {
		Frames  int
		Forever bool
		Each    float64 // [ms]
		Sums    []string
	}
	got := learn(v, chromedp.Evaluate[played](`(async () => {
		const reader = new ImageDecoder({ data: (await fetch("/turntable.png")).body, type: "image/png" });
		await reader.completed;
		const track = reader.tracks.selectedTrack, out = { Frames: track.frameCount, Forever: track.repetitionCount === Infinity, Sums: [] };
		for (let k = 0; k < track.frameCount; k++) {
			const { image } = await reader.decode({ frameIndex: k });
			const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight), on = canvas.getContext("2d");
			on.drawImage(image, 0, 0);
			out.Each = image.duration / 1000;
			const sum = await crypto.subtle.digest("SHA-256", on.getImageData(0, 0, canvas.width, canvas.height).data);
			out.Sums.push([...new Uint8Array(sum)].map(b => b.toString(16).padStart(2, "0")).join(""));
			image.close();
		}
		return out })()`, chromedp.EvalAwaitPromise))
	if got.Frames != render.TurnFrames || !got.Forever || got.Each < 1000/perSecond-1 || got.Each > 1000/perSecond+1 {
		t.Errorf("%d frames of %g ms, for ever: %v; want %d of %d ms for ever", got.Frames, got.Each, got.Forever, render.TurnFrames, 1000/perSecond)
	}
	for k, sum := range got.Sums {
		at := image.Pt(k%6*side, k/6*side)
		var pixels []byte
		for y := range side {
			pixels = append(pixels, sheet.Pix[sheet.PixOffset(at.X, at.Y+y):][:4*side]...)
		}
		if want := fmt.Sprintf("%x", sha256.Sum256(pixels)); sum != want {
			t.Errorf("frame %d is another picture", k)
		}
	}
}
