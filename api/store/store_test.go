package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"fitroom/api/sqldb/sqldbtest"
	"fitroom/api/store"
)

func TestMain(m *testing.M) { sqldbtest.Main(m) }

// every runs a law on a store of each kind that holds two shops, s1 and s2,
// two customers, c1 and c2, an avatar a1 of c1, and a ready style y1 of s1.
func every(t *testing.T, law func(t *testing.T, s *store.Store)) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		s, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		update(t, s, func(tx *store.Tx) error {
			var err error
			for _, n := range []string{"1", "2"} {
				err = errors.Join(err, tx.AddShop(t.Context(), store.Shop{ID: "s" + n, Name: "Shop " + n, Created: day(0)}),
					tx.AddCustomer(t.Context(), store.Customer{ID: "c" + n, Index: []byte("index" + n), Sealed: []byte{1}, Created: day(0)}, []byte("key"+n)))
			}
			return errors.Join(err, tx.AddAvatar(t.Context(), store.Avatar{ID: "a1", Customer: "c1", Version: 1, Sealed: []byte("one"), Created: day(0), Changed: day(0)}),
				tx.AddStyle(t.Context(), store.Style{ID: "y1", Shop: "s1", Version: 1, State: store.Done, Name: "tee", Card: "{}", Created: day(0), Changed: day(0)}))
		})
		law(t, s)
	})
}

func update(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Update(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func day(n int) time.Time { return time.Date(2026, 1, 1+n, 0, 0, 0, 0, time.UTC) }

// wants fails unless the error is of that kind.
func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// Opening again keeps what is there: migrations run once.
func TestOpenTwice(t *testing.T) {
	sqldbtest.Each(t, func(t *testing.T, url string) {
		for i := range 2 {
			s, err := store.Open(t.Context(), url)
			if err != nil {
				t.Fatal(err)
			}
			if i == 0 {
				update(t, s, func(tx *store.Tx) error { return tx.AddShop(t.Context(), store.Shop{ID: "s", Name: "S"}) })
			} else if got, err := s.Shop(t.Context(), "s"); got.Name != "S" || err != nil {
				t.Errorf("after opening again: %+v, %v", got, err)
			}
			s.Close()
		}
	})
}

// What fails halfway leaves nothing.
func TestUpdateIsAllOrNothing(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		stop := errors.New("stop")
		err := s.Update(t.Context(), func(tx *store.Tx) error {
			if err := tx.AddShop(t.Context(), store.Shop{ID: "s3", Name: "three"}); err != nil {
				t.Fatal(err)
			}
			return stop
		})
		wants(t, "update", err, stop)
		_, err = s.Shop(t.Context(), "s3")
		wants(t, "the shop", err, store.ErrAbsent)
	})
}

// A record read is the record written, times to the microsecond.
func TestRoundTrips(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		at := time.Date(2026, 2, 3, 4, 5, 6, 789000, time.UTC)
		key := store.Key{ID: "k1", Shop: "s1", Kind: store.BrowserKey, Label: "web", Hash: []byte{0, 1, 255}, Scopes: []string{"styles:read", "fits"}, Origins: []string{"https://a.example"}, Created: at, Expires: at}
		hook := store.Webhook{ID: "w1", Shop: "s1", URL: "https://a.example/h", Events: []string{"fit.done"}, Sealed: []byte{9}, Created: at}
		fit := store.Fit{ID: "f1", Customer: "c1", Avatar: "a1", Style: "y1", Sizes: `["M"]`, Lang: "de", State: store.Queued, Job: "j1", Created: at, Changed: at}
		job := store.Job{ID: "j1", Kind: "fit", Subject: "f1", Customer: "c1", State: store.Queued, Stage: "waiting", Seq: 1, Created: at, Changed: at}
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.AddKey(ctx, key), tx.AddWebhook(ctx, hook), tx.AddFit(ctx, fit), tx.AddJob(ctx, job))
		})
		gotKey, err1 := s.Key(ctx, "s1", "k1")
		gotHook, err2 := s.Webhook(ctx, "s1", "w1")
		gotFit, err3 := s.Fit(ctx, "f1")
		gotJob, err4 := s.Job(ctx, "j1")
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
		for got, want := range map[string]string{
			fmt.Sprintf("%+v", gotKey): fmt.Sprintf("%+v", key), fmt.Sprintf("%+v", gotHook): fmt.Sprintf("%+v", hook),
			fmt.Sprintf("%+v", gotFit): fmt.Sprintf("%+v", fit), fmt.Sprintf("%+v", gotJob): fmt.Sprintf("%+v", job),
		} {
			if got != want {
				t.Errorf("read %s\nwrote %s", got, want)
			}
		}
	})
}

// Nobody finds what belongs to another.
func TestTenancy(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(
				tx.AddKey(ctx, store.Key{ID: "k1", Shop: "s1", Kind: store.SecretKey, Hash: []byte{1}, Created: day(0)}),
				tx.AddWebhook(ctx, store.Webhook{ID: "w1", Shop: "s1", Sealed: []byte{1}, Created: day(0)}),
				tx.AddConsent(ctx, store.Consent{ID: "g1", Customer: "c1", Shop: "s1", Avatar: "a1", Level: 1, Expires: time.Now().Add(time.Hour)}),
				tx.AddFit(ctx, store.Fit{ID: "f1", Customer: "c1", Avatar: "a1", Shop: "s1", Consent: "g1", Style: "y1", Sizes: "[]", State: store.Done}),
				tx.AddJob(ctx, store.Job{ID: "j1", Kind: "fit", Subject: "f1", Shop: "s1", Customer: "c1", State: store.Queued}))
		})
		for what, ask := range map[string]func(shop, customer string) error{
			"key":          func(shop, _ string) error { _, err := s.Key(ctx, shop, "k1"); return err },
			"webhook":      func(shop, _ string) error { _, err := s.Webhook(ctx, shop, "w1"); return err },
			"style":        func(shop, _ string) error { _, err := s.Style(ctx, shop, "y1"); return err },
			"fit":          func(shop, _ string) error { _, err := s.FitOfShop(ctx, shop, "f1"); return err },
			"customer fit": func(_, c string) error { _, err := s.FitOfCustomer(ctx, c, "f1"); return err },
			"avatar":       func(_, c string) error { _, err := s.Avatar(ctx, c, "a1"); return err },
			"grant":        func(shop, _ string) error { _, err := s.ConsentOfShop(ctx, shop, "g1"); return err },
			"given grant":  func(_, c string) error { _, err := s.ConsentOfCustomer(ctx, c, "g1"); return err },
			"job":          func(shop, _ string) error { _, err := s.JobOf(ctx, shop, "", "j1"); return err },
			"customer job": func(_, c string) error { _, err := s.JobOf(ctx, "", c, "j1"); return err },
			"nobody's job": func(shop, _ string) error { return neither(ctx, s, shop) },
			"revoke a key": func(shop, _ string) error {
				return s.Update(ctx, func(tx *store.Tx) error { return tx.RevokeKey(ctx, shop, "k1") })
			},
			"change avatar": func(_, c string) error {
				return s.Update(ctx, func(tx *store.Tx) error { return changeOther(ctx, tx, c) })
			},
		} {
			if err := ask("s1", "c1"); err != nil {
				t.Errorf("%s: its owner gets %v", what, err)
			}
			if err := ask("s2", "c2"); !errors.Is(err, store.ErrAbsent) {
				t.Errorf("%s: another gets %v", what, err)
			}
		}
	})
}

// neither asks for a job as nobody; only for the second shop that is an error.
func neither(ctx context.Context, s *store.Store, shop string) error {
	if shop == "s1" {
		return nil
	}
	_, err := s.JobOf(ctx, "", "", "j1")
	return err
}

// changeOther changes the avatar a1 in the name of a customer.
func changeOther(ctx context.Context, tx *store.Tx, customer string) error {
	err := tx.ChangeAvatar(ctx, store.Avatar{ID: "a1", Customer: customer, Sealed: []byte("two")}, 1)
	if errors.Is(err, store.ErrChanged) {
		return store.ErrAbsent
	}
	return err
}

// Revoking ends the grant, the shop's fits, their jobs and the news waiting,
// and nothing of anybody else.
func TestRevokeIsAtOnce(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		until := time.Now().Add(time.Hour)
		update(t, s, func(tx *store.Tx) error {
			err := tx.AddWebhook(ctx, store.Webhook{ID: "w1", Shop: "s1", Sealed: []byte{1}, Created: day(0)})
			for _, n := range []string{"1", "2"} {
				err = errors.Join(err, tx.AddConsent(ctx, store.Consent{ID: "g" + n, Customer: "c1", Shop: "s1", Avatar: "a1", Level: 1, Expires: until}),
					tx.AddFit(ctx, store.Fit{ID: "f" + n, Customer: "c1", Avatar: "a1", Shop: "s1", Consent: "g" + n, Style: "y1", State: store.Done, Job: "j" + n}),
					tx.AddJob(ctx, store.Job{ID: "j" + n, Kind: "fit", Shop: "s1", State: store.Queued}),
					tx.AddDelivery(ctx, store.Delivery{ID: "d" + n, Webhook: "w1", Consent: "g" + n, Event: "fit.done", Payload: "{}"}))
			}
			return err
		})
		if err := s.Update(ctx, func(tx *store.Tx) error { return tx.RevokeConsent(ctx, "c2", "g1") }); !errors.Is(err, store.ErrAbsent) {
			t.Errorf("another customer revokes: %v", err)
		}
		update(t, s, func(tx *store.Tx) error { return tx.RevokeConsent(ctx, "c1", "g1") })
		for n, want := range map[string]error{"1": store.ErrAbsent, "2": nil} {
			_, err := s.FitOfShop(ctx, "s1", "f"+n)
			wants(t, "fit "+n, err, want)
			_, err = s.ConsentOfShop(ctx, "s1", "g"+n)
			wants(t, "grant "+n, err, want)
			_, err = s.Job(ctx, "j"+n)
			wants(t, "job "+n, err, want)
			_, err = s.Delivery(ctx, "d"+n)
			wants(t, "delivery "+n, err, want)
		}
		if c, err := s.ConsentOfCustomer(ctx, "c1", "g1"); err != nil || c.Live(time.Now()) {
			t.Errorf("the customer sees the revoked grant as %+v, %v", c, err)
		}
	})
}

// A grant past its time shows nothing.
func TestExpiredGrant(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.AddConsent(ctx, store.Consent{ID: "g1", Customer: "c1", Shop: "s1", Avatar: "a1", Level: 5, Expires: time.Now().Add(-time.Second)}),
				tx.AddFit(ctx, store.Fit{ID: "f1", Customer: "c1", Avatar: "a1", Shop: "s1", Consent: "g1", Style: "y1", State: store.Done}))
		})
		_, err := s.FitOfShop(ctx, "s1", "f1")
		wants(t, "fit", err, store.ErrAbsent)
		if fits, err := s.FitsOfShop(ctx, "s1", store.Page{Limit: 9}); len(fits) != 0 || err != nil {
			t.Errorf("%d fits listed, %v", len(fits), err)
		}
	})
}

// Erasing takes everything of one customer and nothing of another.
func TestErase(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(
				tx.AddSession(ctx, store.Session{Hash: []byte("h"), Customer: "c1", Expires: time.Now().Add(time.Hour)}),
				tx.AddConsent(ctx, store.Consent{ID: "g1", Customer: "c1", Shop: "s1", Avatar: "a1", Expires: time.Now().Add(time.Hour)}),
				tx.AddFit(ctx, store.Fit{ID: "f1", Customer: "c1", Avatar: "a1", Shop: "s1", Consent: "g1", Style: "y1", State: store.Done}),
				tx.AddResult(ctx, store.Result{Owner: "c1", Key: "r", Files: "[]"}),
				tx.AddAccess(ctx, store.Access{ID: "x1", Customer: "c1", Shop: "s1", Consent: "g1", At: day(0)}))
		})
		update(t, s, func(tx *store.Tx) error { return tx.EraseCustomer(ctx, "c1") })
		_, err1 := s.Customer(ctx, "c1")
		_, err2 := s.WrappedKey(ctx, "c1")
		_, err3 := s.Session(ctx, []byte("h"))
		_, err4 := s.Avatar(ctx, "c1", "a1")
		_, err5 := s.Fit(ctx, "f1")
		_, err6 := s.Result(ctx, "c1", "r")
		_, err7 := s.ConsentOfCustomer(ctx, "c1", "g1")
		for i, err := range []error{err1, err2, err3, err4, err5, err6, err7} {
			wants(t, fmt.Sprint("record ", i+1), err, store.ErrAbsent)
		}
		if _, err := s.WrappedKey(ctx, "c2"); err != nil {
			t.Errorf("the other customer's key: %v", err)
		}
	})
}

// Two who change the same version: one wins, the other is told.
func TestChangeOfAVersion(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		var wins, told int
		var mu sync.Mutex
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				err := s.Update(t.Context(), func(tx *store.Tx) error {
					return tx.ChangeAvatar(t.Context(), store.Avatar{ID: "a1", Customer: "c1", Sealed: []byte("new")}, 1)
				})
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					wins++
				case errors.Is(err, store.ErrChanged):
					told++
				default:
					t.Error(err)
				}
			})
		}
		all.Wait()
		if wins != 1 || told != 3 {
			t.Errorf("%d won, %d were told; want 1 and 3", wins, told)
		}
	})
}

// Pages follow one another without gap or double, newest first.
func TestPages(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		var made []string
		update(t, s, func(tx *store.Tx) error {
			for range 7 {
				id := store.NewID("avt")
				made = append(made, id)
				if err := tx.AddAvatar(t.Context(), store.Avatar{ID: id, Customer: "c2", Version: 1, Sealed: []byte{1}}); err != nil {
					return err
				}
			}
			return nil
		})
		slices.Sort(made)
		slices.Reverse(made)
		var got []string
		for p := (store.Page{Limit: 3}); ; p.Before = got[len(got)-1] {
			part, err := s.Avatars(t.Context(), "c2", p)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range part {
				got = append(got, a.ID)
			}
			if len(part) < 3 {
				break
			}
		}
		if !slices.Equal(got, made) {
			t.Errorf("pages give %v\nwant %v", got, made)
		}
	})
}

// Identifiers made later come later.
func TestIdentifiersAreInOrder(t *testing.T) {
	a := store.NewID("fit")
	time.Sleep(2 * time.Millisecond)
	if b := store.NewID("fit"); a >= b {
		t.Errorf("%s is not before %s", a, b)
	}
}

// Ended jobs do not change, and every step is an event.
func TestJobEvents(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			return errors.Join(tx.AddJob(ctx, store.Job{ID: "j1", Kind: "fit", Shop: "s1", State: store.Queued, Stage: "waiting"}),
				tx.SetJob(ctx, store.Job{ID: "j1", State: store.Running, Done: 400, Stage: "draping"}),
				tx.SetJob(ctx, store.Job{ID: "j1", State: store.Done, Done: 1000}))
		})
		err := s.Update(ctx, func(tx *store.Tx) error { return tx.SetJob(ctx, store.Job{ID: "j1", State: store.Running}) })
		wants(t, "change after the end", err, store.ErrAbsent)
		events, err := s.JobEvents(ctx, "j1", 1)
		if want := []store.JobEvent{{2, store.Running, 400, "draping"}, {3, store.Done, 1000, ""}}; err != nil || !slices.Equal(events, want) {
			t.Errorf("events %+v, %v; want %+v", events, err, want)
		}
	})
}

// The same key again finds the first request; another principal's does not.
func TestOnce(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		o := store.Once{Principal: "s1", Key: "k", Request: []byte("r")}
		for i, c := range []struct {
			principal string
			found     bool
		}{{"s1", false}, {"s1", true}, {"s2", false}} {
			update(t, s, func(tx *store.Tx) error {
				o.Principal = c.principal
				earlier, found, err := tx.BeginOnce(ctx, o, time.Hour)
				if found != c.found || found && earlier.Location != "/made" {
					t.Errorf("%d: found %v, %+v", i, found, earlier)
				}
				if err == nil && !found {
					o.Status, o.Location = 201, "/made"
					err = tx.EndOnce(ctx, o)
				}
				return err
			})
		}
	})
}

// A code is guessed at most so many times.
func TestCodeTries(t *testing.T) {
	every(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		update(t, s, func(tx *store.Tx) error {
			return tx.PutCode(ctx, store.Code{Index: []byte("i"), Hash: []byte("h"), Expires: day(1)})
		})
		for n := range 4 {
			err := s.Update(ctx, func(tx *store.Tx) error { return tx.TryCode(ctx, []byte("i"), 3) })
			if (err == nil) != (n < 3) {
				t.Errorf("guess %d: %v", n+1, err)
			}
		}
	})
}
