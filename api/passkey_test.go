package api

import (
	"context"
	"strings"
	"testing"

	"fitroom/api/concierge"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// withDevice gives the tab an authenticator such as a phone with a fingerprint.
func withDevice() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: "ctap2", Transport: "internal", HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}})
		return err
	})
}

// A customer logs in by code, keeps a figure, tries something on and keeps it,
// lets a shop see, adds a passkey, leaves, and comes back by the passkey alone;
// on every page axe-core has no objection, at a desk and on a phone.
func TestMyDataInTheBrowser(t *testing.T) {
	srv, desk, mail := accountServer(t)
	aShop(t, desk, "A", "https://a.example")
	home := strings.Replace(srv.URL, "127.0.0.1", "localhost", 1) // passkeys are of names, not of addresses
	v := visit{t, browser(t), "mydata"}
	axe := fetchAxe(t)
	v.run(chromedp.EmulateViewport(1280, 800), withDevice(), chromedp.Navigate(home+"/account?lang=de"), chromedp.WaitVisible(chromedp.CSS("#email")))
	v.judge(axe, "login")
	v.look("login", 1280)
	v.run(chromedp.SendKeys(chromedp.CSS("#email"), "ada@example.org\n"), chromedp.WaitVisible(chromedp.CSS("#code")))
	v.run(chromedp.SendKeys(chromedp.CSS("#code"), letter(t, mail)+"\n"), chromedp.WaitVisible(chromedp.CSS("#h-avatars")))
	v.click(`a[href^="/account/figures"]`)
	v.run(chromedp.WaitVisible(chromedp.CSS("#m-height")))
	v.judge(axe, "figure")
	v.run(chromedp.SendKeys(chromedp.CSS("#m-height"), "168"), chromedp.SendKeys(chromedp.CSS("#m-bust_girth"), "91"), chromedp.SendKeys(chromedp.CSS("#m-waist_girth"), "160\n"), chromedp.WaitVisible(chromedp.CSS("#alert")))
	if said := learn(v, chromedp.Text(chromedp.CSS("#alert"))); !strings.Contains(said, "Taillenumfang") || !strings.Contains(said, "passt nicht") {
		t.Errorf("a figure that does not go together: %q", said)
	}
	v.look("figure", 1280)
	v.run(chromedp.Clear(chromedp.CSS("#m-waist_girth")), chromedp.SendKeys(chromedp.CSS("#m-waist_girth"), "74\n"), chromedp.WaitVisible(chromedp.CSS(".note")))
	v.click(`form:has([value=try]) button`)
	v.waitFor(`document.querySelector(".verdicts")`)
	v.judge(axe, "kept fit")
	v.look("fit", 1280)
	v.run(chromedp.Navigate(home+"/account?lang=de"), chromedp.WaitVisible(chromedp.CSS("details.paper summary")))
	v.click("details.paper summary")
	v.click(`form:has([value=grant]) button`)
	v.run(chromedp.WaitVisible(chromedp.CSS(".note")))
	v.click(`[data-passkey=add] button`)
	v.waitFor(`document.querySelector(".keys li")`)
	v.judge(axe, "my data")
	v.look("account", 1280)
	v.run(chromedp.EmulateViewport(360, 800))
	v.judge(axe, "my data on a phone")
	v.look("account-phone", 360)
	v.click(`form:has([value=logout]) button`)
	v.run(chromedp.WaitVisible(chromedp.CSS(`[data-passkey=login] button`)))
	v.click(`[data-passkey=login] button`)
	v.run(chromedp.WaitVisible(chromedp.CSS("#h-avatars")))
	v.run(chromedp.Navigate(home+"/?lang=de"), chromedp.WaitVisible(chromedp.CSS("#form")))
	if typed := learn(v, chromedp.Value(chromedp.CSS("#m-bust_girth"))); typed != "91" {
		t.Errorf("the dressing room does not know the kept figure: bust %q", typed)
	}
	shops, err := desk.Shops(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if grants, err := desk.Grants(t.Context(), concierge.Who{Shop: shops[0].ID}, pageOf(5)); err != nil || len(grants) != 1 {
		t.Errorf("the shop holds %v, %v", grants, err)
	}
}
