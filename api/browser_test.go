package api

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// screenshotsVar names a folder for pictures of every page the browser test
// sees, for people to look at.
const screenshotsVar = "FITROOM_SCREENSHOTS"

// browser starts a headless Chromium with a fresh profile, or skips the test
// where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine; the browser test needs Debian's package chromium")
	}
	flags := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.NoFirstRun, chromedp.NoSandbox, chromedp.Headless, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("enable-unsafe-swiftshader", true), chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("lang", "en"),
		chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute),
	}
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, flags...)
	t.Cleanup(stop)
	ctx, stopTab := chromedp.NewContext(ctx)
	t.Cleanup(stopTab)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	return ctx
}

// visit is one customer in the browser.
type visit struct {
	t    *testing.T
	ctx  context.Context
	name string // of the pictures
}

// stepTime ends a step that Chromium never answers: a page may wait for a
// drape beside other work, but a test must end and say where it stood.
const stepTime = 100 * time.Second

func (v visit) run(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, stepTime)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		v.t.Fatalf("%s: %v; the browser stands at %s", v.name, err, v.where())
	}
}

// learn runs an action that has an answer.
func learn[T any](v visit, action chromedp.Action[T]) T {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, stepTime)
	defer cancel()
	answer, err := chromedp.Run(ctx, action)
	if err != nil {
		v.t.Fatalf("%s: %v; the browser stands at %s", v.name, err, v.where())
	}
	return answer
}

// where tells what the browser shows, for the message of a step that failed.
func (v visit) where() string {
	ctx, cancel := context.WithTimeout(v.ctx, 5*time.Second)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + " (" + document.readyState + "): " + (document.querySelector("main") ?? document.body).innerText.slice(0, 200)`))
	if err != nil {
		return "a page that does not answer: " + err.Error()
	}
	return at
}

// click waits until the element stands still and nothing lies over it: a click
// aimed at where a page that still grows had it goes astray, and what it should
// have begun is waited for in vain.
func (v visit) click(selector string) {
	v.t.Helper()
	v.waitFor(fmt.Sprintf(`(() => {
		const e = document.querySelector(%q); e.scrollIntoView({block: "center", behavior: "instant"})
		const r = e.getBoundingClientRect(), was = e.dataset.stood, is = [r.x, r.y, r.width, r.height].join()
		e.dataset.stood = is
		const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)
		return is === was && document.readyState === "complete" && (e.contains(top) || top?.contains(e)) })()`, selector))
	v.run(chromedp.Click(chromedp.CSS(selector)))
}

func (v visit) number(script string) int {
	v.t.Helper()
	return learn(v, chromedp.Evaluate[int](script))
}

// look checks that nothing sticks out sideways and takes a picture.
func (v visit) look(page string, width int) {
	v.t.Helper()
	v.settle()
	if got := v.number(`document.documentElement.scrollWidth`); got > width {
		v.t.Errorf("%s, %s: the page is %d px wide on a screen of %d", v.name, page, got, width)
	}
	dir := os.Getenv(screenshotsVar)
	if dir == "" {
		return
	}
	png := learn(v, chromedp.FullScreenshot(100))
	if err := os.WriteFile(filepath.Join(dir, v.name+"-"+page+".png"), png, 0o644); err != nil {
		v.t.Error(err)
	}
}

// settle waits for the pictures that show; without scripts the page cannot
// wait by itself.
func (v visit) settle() {
	v.t.Helper()
	for range 100 {
		if v.number(`[...document.querySelectorAll('img')].filter(i => i.offsetHeight > 0 && !i.complete && i.getBoundingClientRect().top < innerHeight).length`) == 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// fillIn types the measurements and chooses a garment.
func (v visit) fillIn(garment string, measurements [][2]string) {
	v.t.Helper()
	for _, m := range measurements {
		v.run(chromedp.Clear(chromedp.CSS("#m-"+m[0])), chromedp.SendKeys(chromedp.CSS("#m-"+m[0]), m[1]))
	}
	v.click(fmt.Sprintf(`.garment:has([value="%s"])`, garment))
}

var typedWoman = [][2]string{
	{"height", "168"}, {"weight", "64"}, {"neck_girth", "33,5"}, {"bust_girth", "91"}, {"underbust_girth", "78"},
	{"waist_girth", "74"}, {"hip_girth", "99"}, {"inside_leg_height", "77"},
}

// A customer types measurements, presses the button and sees every size with
// its pictures and verdicts: at a desk and on a phone, with and without the
// script, in both languages, and nothing is fetched from anywhere else.
func TestInTheBrowser(t *testing.T) {
	srv, s, _ := testServer(t, Options{})
	tab := browser(t)
	asked := watchRequests(t, tab)
	for _, c := range []struct {
		name, lang string
		width      int
		script     bool
	}{
		{"desktop", "de", 1280, true},
		{"phone", "de", 360, true},
		{"noscript", "de", 1024, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := visit{t, tab, c.name}
			v.run(chromedp.EmulateViewport(int64(c.width), 800), scripts(c.script),
				chromedp.Navigate(srv.URL+"/?lang="+c.lang), chromedp.WaitVisible(chromedp.CSS("#form")))
			v.look("start", c.width)
			v.run(chromedp.SetValue(chromedp.CSS("#m-waist_girth"), "7.4"))
			v.click("[type=submit]")
			v.waitFor(`document.querySelector("#alert")?.checkVisibility()`)
			if n := v.number(`document.querySelectorAll('.field .fault:not(:empty)').length`); n < 2 {
				t.Errorf("%d fields are marked, want at least height and waist", n)
			}
			v.look("faults", c.width)
			v.fillIn("tee-women", typedWoman)
			v.look("filled", c.width)
			v.click("[type=submit]")
			v.waitForResult()
			v.checkResult(s, c.lang)
			v.look("result", c.width)
			v.click(`label:has(#view-fit)`)
			if n := v.number(`[...document.querySelectorAll('.size .fit img')].filter(i => i.offsetHeight > 0).length`); n == 0 {
				t.Error("the fit maps do not show")
			}
			v.look("fitmap", c.width)
			v.click(`label:has(#view-sections)`)
			v.look("sections", c.width)
		})
	}
	for _, address := range asked() {
		if u, err := url.Parse(address); err != nil || !strings.HasPrefix(address, srv.URL) && u.Scheme != "data" {
			t.Errorf("the page asked for %s", address)
		}
	}
}

// checkResult holds the page to the style: all sizes, each with loaded
// pictures or a remark, each with verdicts. The second customer of the same
// measurements is answered from the shelf.
func (v visit) checkResult(s *Server, lang string) {
	v.t.Helper()
	i := slices.IndexFunc(s.garments, func(g Garment) bool { return g.Style.ID == "tee-women" })
	want := s.garments[i].Style.Sizes
	got := learn(v, chromedp.Evaluate[[]string](`[...document.querySelectorAll('.size')].map(e => e.dataset.size)`))
	if !slices.Equal(got, want) {
		v.t.Errorf("the page shows sizes %q, want %q", got, want)
	}
	v.settle()
	pictured := v.number(`[...document.querySelectorAll('.size')].filter(e => e.querySelector('.remark') || e.querySelector('.front img')?.naturalWidth > 0).length`)
	if pictured != len(want) {
		v.t.Errorf("%d of %d sizes have their pictures or a remark", pictured, len(want))
	}
	if n := v.number(`document.querySelectorAll('.size .front img').length`); n == 0 {
		v.t.Error("no size has a picture")
	}
	if n := v.number(`[...document.querySelectorAll('.size')].filter(e => e.querySelector('.verdict')).length`); n != len(want) {
		v.t.Errorf("%d of %d sizes have verdicts", n, len(want))
	}
	if n := v.number(`[...document.querySelectorAll('.contours')].filter(f => f.querySelector('h2').textContent && f.querySelector('a img').alt && !/[{}]/.test(f.outerHTML)).length`); n != 3 {
		v.t.Errorf("%d pictures compare sizes, with words; want 3: two sizes, fit maps, sections", n)
	}
	if advice := learn(v, chromedp.Text(chromedp.CSS("#result"))); strings.TrimSpace(advice) == "" {
		v.t.Error("there is no advice")
	}
	at := learn(v, chromedp.Location())
	// The id in the path is random and may hold any digits.
	if u, err := url.Parse(at); err != nil || u.RawQuery != "lang="+lang || u.Fragment != "" {
		v.t.Errorf("the result's address is %s", at)
	}
}

// scripts switches the page's script on or off.
func scripts(on bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
		return err
	})
}

// watchRequests notes every address the tab asks for.
func watchRequests(t *testing.T, tab context.Context) func() []string {
	var mu sync.Mutex
	var all []string
	err := chromedp.Listen(tab, func(event any) {
		if sent, ok := event.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			defer mu.Unlock()
			all = append(all, sent.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(all)
	}
}
