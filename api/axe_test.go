package api

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axePackage judges pages by WCAG 2.2, level AA.
const axePackage = "axe-core@4.14.1"

// fetchAxe gets the judge from npm; where that cannot be had the test says why
// and goes on without.
func fetchAxe(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Log("short: axe-core comes from npm; the pages go unjudged")
		return ""
	}
	dir := t.TempDir()
	if out, err := exec.Command("npm", "install", "--prefix", dir, "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0", "--fetch-timeout=20000", axePackage).CombinedOutput(); err != nil {
		t.Logf("npm cannot install axe-core, the pages go unjudged: %v\n%s", err, out)
		return ""
	}
	script, err := os.ReadFile(filepath.Join(dir, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// judge has axe look at the page as it stands, if there is one.
func (v visit) judge(axe, page string) {
	v.t.Helper()
	if axe == "" {
		return
	}
	learn(v, chromedp.Evaluate[bool](axe+";true"))
	faults := learn(v, chromedp.Evaluate[[]string](`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then(found => found.violations.flatMap(f => f.nodes.map(n => f.id + ": " + n.target.join(" ") + " " + n.failureSummary)))`, chromedp.EvalAwaitPromise))
	if len(faults) > 0 {
		v.t.Errorf("%s, %s: %s", v.name, page, strings.Join(faults, "\n"))
	}
}

// Every page a customer sees without a login is held to WCAG 2.2 AA, at a desk
// and on a phone.
func TestPagesAreAccessible(t *testing.T) {
	srv, _, _ := testServer(t, Options{})
	axe := fetchAxe(t)
	if axe == "" {
		t.Skip("no axe-core")
	}
	tab := browser(t)
	for _, width := range []int{1280, 360} {
		v := visit{t, tab, fmt.Sprint("axe-", width)}
		v.run(chromedp.EmulateViewport(int64(width), 800), chromedp.Navigate(srv.URL+"/?lang=de"), chromedp.WaitVisible(chromedp.CSS("#form")))
		v.judge(axe, "start")
		v.run(chromedp.SetValue(chromedp.CSS("#m-waist_girth"), "7.4"))
		v.click("[type=submit]")
		v.waitFor(`document.querySelector("#alert")?.checkVisibility()`)
		v.judge(axe, "faults")
		v.fillIn("tee-women", typedWoman)
		v.click("[type=submit]")
		v.waitForResult()
		v.judge(axe, "result")
		at := learn(v, chromedp.Location())
		v.run(chromedp.Navigate(srv.URL+"/docs"), chromedp.WaitVisible(chromedp.CSS("#schemas")))
		v.judge(axe, "docs")
		v.look("docs", width)
		v.run(chromedp.Navigate(at), chromedp.WaitVisible(chromedp.CSS(".result")))
		for _, show := range []string{"turn", "model"} {
			v.click(".advised [data-show=" + show + "]")
			v.run(chromedp.WaitVisible(chromedp.CSS("#stand[open]")))
			v.judge(axe, show)
			v.click("#stand-close")
		}
	}
}
