package v1_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"fitroom/api/client"
)

// as lets the generated client in by a token.
func as(token string) client.RequestEditorFn {
	return func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}
}

// The way of README from a key to a verdict and to erasure, by the Go client
// that is generated from the contract.
func TestTheWayByTheGoClient(t *testing.T) {
	w := open(t, "", nil)
	_, key := w.shop("Shop Ltd")
	c, err := client.NewClientWithResponses(w.url)
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	must := func(err error, resp *http.Response, body []byte) {
		t.Helper()
		if err != nil || resp.StatusCode/100 != 2 {
			t.Fatal(err, resp, string(body))
		}
	}
	style, err := c.AddStyleWithBodyWithResponse(ctx, nil, "application/json", strings.NewReader(chartStyle), as(key))
	must(err, style.HTTPResponse, style.Body)
	id := *style.JSON202.Id
	for state := client.StyleCardState(""); state != client.StyleCardStateDone; {
		got, err := c.GetStyleWithResponse(ctx, id, nil, as(key))
		must(err, got.HTTPResponse, got.Body)
		state = *got.JSON200.State
	}
	sent, err := c.SendCodeWithResponse(ctx, nil, client.CodeRequest{Email: "ada@example.org"})
	must(err, sent.HTTPResponse, sent.Body)
	in, err := c.LogInWithResponse(ctx, client.SessionRequest{Email: "ada@example.org", Code: w.code("ada@example.org")})
	must(err, in.HTTPResponse, in.Body)
	me := as(*in.JSON201.Token)
	avatar, err := c.AddAvatarWithBodyWithResponse(ctx, nil, "application/json", strings.NewReader(profile), me)
	must(err, avatar.HTTPResponse, avatar.Body)
	seen, err := c.GetStyleWithResponse(ctx, id, nil, me)
	must(err, seen.HTTPResponse, seen.Body)
	grant, err := c.AddGrantWithResponse(ctx, nil, client.GrantRequest{Shop: *seen.JSON200.Shop, Avatar: avatar.JSON201.Id, Purpose: client.SizeAdvice, Days: 30}, me)
	must(err, grant.HTTPResponse, grant.Body)
	wait := client.Prefer("wait=30")
	fit, err := c.AddFitWithResponse(ctx, &client.AddFitParams{Prefer: &wait}, client.FitRequest{Style: id, Grant: &grant.JSON201.Id}, as(key))
	must(err, fit.HTTPResponse, fit.Body)
	if fit.JSON200 == nil || fit.JSON200.Report == nil || strings.Join(fit.JSON200.Report.Advice.Sizes, " ") != "M" {
		t.Errorf("the verdict: %s", fit.Body)
	}
	log, err := c.ListAccessesWithResponse(ctx, nil, me)
	must(err, log.HTTPResponse, log.Body)
	if len(log.JSON200.Accesses) == 0 || log.JSON200.Accesses[0].Grant != grant.JSON201.Id {
		t.Errorf("the log: %s", log.Body)
	}
	gone, err := c.EraseMeWithResponse(ctx, me)
	must(err, gone.HTTPResponse, gone.Body)
	after, err := c.GetMeWithResponse(ctx, me)
	if err != nil || after.HTTPResponse.StatusCode != 401 || after.ApplicationproblemJSONDefault == nil || after.ApplicationproblemJSONDefault.Code != client.ProblemCodeInvalidCredentials {
		t.Errorf("after erasure: %v %s", err, after.Body)
	}
}

// The client knows every operation of the API that programs use.
func TestClientIsOfThisContract(t *testing.T) {
	text, err := os.ReadFile("../client/client.gen.go")
	if err != nil {
		t.Fatal(err)
	}
	_, contract := contract()
	for line := range strings.Lines(string(contract)) {
		path, ok := strings.CutSuffix(strings.TrimPrefix(line, "  "), ":\n")
		if !ok || !strings.HasPrefix(path, "/v1/") || strings.HasPrefix(path, "/v1/try-ons") {
			continue
		}
		for part := range strings.SplitSeq(path, "/") {
			if !strings.Contains(part, "{") && !strings.Contains(string(text), part) {
				t.Errorf("the client does not know %s: make client", path)
			}
		}
	}
}
