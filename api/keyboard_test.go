package api

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// press sends one key.
func (v visit) press(key string) {
	v.t.Helper()
	v.run(chromedp.KeyEvent(key))
}

// tabTo goes on by Tab until the element in focus is the one wanted. Each stop
// on the way must be seen.
func (v visit) tabTo(wanted string) {
	v.t.Helper()
	for range 60 {
		v.press(kb.Tab)
		if unseen := learn(v, chromedp.Evaluate[string](`(() => {
			let e = document.activeElement;
			while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
			const seen = e.matches("input[type=radio]") ? e.parentElement : e, box = seen.getBoundingClientRect();
			return e === document.body || box.width > 0 && box.height > 0 && e.matches(":focus-visible") ? "" : e.outerHTML.slice(0, 120);
		})()`)); unseen != "" {
			v.t.Errorf("%s: the focus does not show on %s", v.name, unseen)
		}
		if v.number(fmt.Sprintf(`Number(document.activeElement.matches(%q))`, wanted)) == 1 {
			return
		}
	}
	v.t.Fatalf("%s: Tab does not lead to %s", v.name, wanted)
}

// waitFor asks the page until it says yes; while another one is loading there
// is nothing to ask, and a page that waits by itself may go in mid-question.
func (v visit) waitFor(condition string) {
	v.t.Helper()
	for range 1600 { // a drawing by software on a busy machine takes its time
		yes, err := chromedp.Run(v.ctx, chromedp.Evaluate[bool]("(() => { try { return Boolean("+condition+") } catch { return false } })()"))
		if err != nil && !strings.Contains(err.Error(), "navigated") {
			v.t.Fatalf("%s: %v", v.name, err)
		}
		if err == nil && yes {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	v.t.Fatalf("%s: waited in vain for %s", v.name, condition)
}

// waitForResult waits for all of a result, its script included: before that a link
// to a picture leads away, as without a script.
func (v visit) waitForResult() {
	v.t.Helper()
	v.waitFor(`document.readyState === "complete" && document.querySelector(".result")?.checkVisibility() && document.querySelector(".size:last-child")`)
}

// The whole way by keyboard alone: measurements, with a doubt about one of
// them, the garment, the try-on, a size in 3D and back to where the focus was.
func TestByKeyboard(t *testing.T) {
	srv, _, _ := testServer(t, Options{})
	v := visit{t, browser(t), "keyboard"}
	v.run(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(srv.URL+"/?lang=en"), chromedp.WaitVisible(chromedp.CSS("#form")))
	for _, m := range typedWoman {
		v.tabTo("#m-" + m[0])
		if m[0] == "hip_girth" { // a slip of the pen is doubted while it stands
			v.run(chromedp.KeyEvent("160"))
			v.waitFor(`document.querySelector("#d-hip_girth, #e-hip_girth").textContent + document.querySelector("#d-hip_girth").textContent`)
			v.look("doubt", 1280)
			for range 3 {
				v.press(kb.Backspace)
			}
		}
		v.run(chromedp.KeyEvent(m[1]))
	}
	v.waitFor(`document.querySelectorAll(".doubt:not(:empty)").length === 0`)
	v.tabTo("[name=style]")
	v.press(" ")
	v.waitFor(`document.querySelector("[name=style]:checked")`)
	for range 3 {
		if v.number(`Number(document.querySelector("[name=style]:checked").value === "tee-women")`) == 1 {
			break
		}
		v.press(kb.ArrowRight)
	}
	v.tabTo("[type=submit]")
	v.press(kb.Enter)
	v.waitForResult()
	v.tabTo("[data-show=turn]")
	v.press(kb.Enter)
	v.waitFor(`document.activeElement.matches("#stand [type=range]")`)
	v.press(kb.ArrowRight)
	if at := learn(v, chromedp.Evaluate[string](`document.querySelector(".turntable").style.backgroundPosition`)); !strings.HasPrefix(at, "20%") {
		t.Errorf("after one step the turntable stands at %q", at)
	}
	v.look("turntable", 1280)
	v.press(kb.Escape)
	v.tabTo("[data-show=model]")
	v.press(kb.Enter)
	v.waitFor(`document.querySelector("#stand canvas[data-ready]") || document.querySelector("#stand-hint").textContent.startsWith("This browser")`)
	if v.number(`document.querySelectorAll("#stand canvas").length`) == 0 {
		t.Log("this browser has no WebGL: the sentence that says so shows instead")
	} else {
		v.press(kb.ArrowRight)
		time.Sleep(200 * time.Millisecond)
	}
	v.look("model", 1280)
	v.press(kb.Escape)
	v.waitFor(`!document.querySelector("#stand").open && document.activeElement.matches("[data-show=model]")`)
}
