package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fitroom/api/concierge"
	"fitroom/api/metrics"
	"fitroom/api/post"
	"fitroom/api/problem"
	"fitroom/api/vault"
	"fitroom/assets"
	"fitroom/garment/tryon"
	"fitroom/render"

	"github.com/spf13/cobra"
)

// serviceFlags say where the service keeps things and how much it does.
type serviceFlags struct {
	data, db, blobs, master, mail string
	workers                       int
	mostOpen                      int
	privateWebhooks               bool
	admin                         string
	metrics                       *metrics.Metrics
	drawer                        render.Drawer // of pictures; nil: the processor
	by                            drawerFlag
	opened                        *concierge.Concierge
}

func (f *serviceFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.data, "data", "", "folder of the service: database, blobs, master key and mail; without it nothing is kept")
	cmd.Flags().StringVar(&f.db, "db", "", "database, postgres://... or sqlite:PATH; without it DATA/fitroom.db")
	cmd.Flags().StringVar(&f.blobs, "blobs", "", "blobs, a folder or s3://KEY:SECRET@host/bucket; without it DATA/blobs")
	cmd.Flags().StringVar(&f.master, "master-key", "", "file:PATH, env:NAME or kms:URI,file:PATH of the key above all others; without it file:DATA/master.key")
	cmd.Flags().StringVar(&f.mail, "mail", "", "file:DIR or smtp://USER:PASSWORD@host:port?from=ADDRESS; without it file:DATA/mail")
}

func (f *serviceFlags) addWork(cmd *cobra.Command, workers int) {
	f.by.add(cmd)
	cmd.Flags().IntVar(&f.workers, "workers", workers, "fittings at once; one uses all processors")
	cmd.Flags().IntVar(&f.mostOpen, "most-open", 0, "jobs waiting before new ones are turned away; 0 for 1000")
	cmd.Flags().StringVar(&f.admin, "admin", "", "address of metrics and readiness, such as localhost:9090; without it they are not served")
	cmd.Flags().BoolVar(&f.privateWebhooks, "private-webhooks", false, "let webhooks name this machine and its network, for trying things out")
}

// wanted tells whether there is to be a service at all.
func (f *serviceFlags) wanted() bool { return f.data != "" || f.db != "" }

// complete fills in what follows from the data folder.
func (f *serviceFlags) complete() error {
	if f.data == "" {
		if f.db == "" || f.blobs == "" || f.master == "" || f.mail == "" {
			return usagef("--data is missing; without it --db, --blobs, --master-key and --mail must all be given")
		}
		return nil
	}
	if err := os.MkdirAll(f.data, 0o700); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	for into, fallback := range map[*string]string{
		&f.db: "sqlite:" + filepath.Join(f.data, "fitroom.db"), &f.blobs: filepath.Join(f.data, "blobs"),
		&f.master: "file:" + filepath.Join(f.data, "master.key"), &f.mail: "file:" + filepath.Join(f.data, "mail"),
	} {
		if *into == "" {
			*into = fallback
		}
	}
	return nil
}

// open opens the service. Idle leaves the work to others.
func (f *serviceFlags) open(ctx context.Context, room *tryon.Room, idle bool, log *slog.Logger) (*concierge.Concierge, error) {
	if err := f.complete(); err != nil {
		return nil, err
	}
	if f.workers < 0 {
		return nil, usagef("--workers is %d; it must be 0 or more", f.workers)
	}
	master, err := vault.OpenMaster(f.master)
	if err != nil {
		return nil, err
	}
	mail, err := post.Open(f.mail)
	if err != nil {
		return nil, err
	}
	f.opened, err = concierge.Open(ctx, concierge.Options{
		Room: room, Database: f.db, Blobs: f.blobs, Master: master, Mail: mail, Workers: f.workers, Idle: idle,
		MostOpen: f.mostOpen, Patience: drainTime, PrivateWebhooks: f.privateWebhooks, Drawer: f.drawer, Engine: version, Log: log, Metrics: f.metrics,
	})
	return f.opened, err
}

// closing is how long a stopped service may take beyond its running jobs.
const closing = 30 * time.Second

func stopService(c *concierge.Concierge) error {
	ctx, cancel := context.WithTimeout(context.Background(), drainTime+closing)
	defer cancel()
	return c.Stop(ctx)
}

func workerCommand() *cobra.Command {
	var f serviceFlags
	var child bool
	cmd := &cobra.Command{
		Use:     "worker",
		Short:   "Do the jobs of a service that others serve",
		Example: "  fitroom worker --db postgres://fitroom@db/fitroom --blobs s3://key:secret@s3/fitroom --master-key env:FITROOM_MASTER --mail file:mail",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.workers < 1 {
				return usagef("--workers is %d; a worker must do at least 1 at once", f.workers)
			}
			room, err := tryon.Open(assets.FS, tryon.Settings{})
			if err != nil {
				return err
			}
			end, err := f.openDrawer(cmd.ErrOrStderr())
			if err != nil {
				return err
			}
			defer end()
			f.metrics = metrics.New(countOf(func() *concierge.Concierge { return f.opened }))
			untrace, err := f.metrics.Trace(cmd.Context(), version)
			if err != nil {
				return err
			}
			defer untrace(context.WithoutCancel(cmd.Context()))
			c, err := f.open(cmd.Context(), room, false, serviceLog(cmd))
			if err != nil {
				return err
			}
			port, err := openAdminPort(f.admin, f.metrics, c.Ready, nil)
			if err != nil {
				return errors.Join(err, stopService(c))
			}
			if err := c.Start(context.WithoutCancel(cmd.Context())); err != nil {
				return errors.Join(err, stopService(c))
			}
			if child {
				go func() {
					io.Copy(io.Discard, os.Stdin)
					os.Exit(exitFailed) // whoever started this is gone; jobs bear being cut off
				}()
			}
			if err := tellMade(cmd, map[string]any{"status": "ok", "admin": port.address()}, "fitroom works"); err != nil {
				return errors.Join(err, port.close(), stopService(c))
			}
			<-cmd.Context().Done()
			return errors.Join(port.close(), stopService(c))
		},
	}
	f.add(cmd)
	f.addWork(cmd, 1)
	cmd.Flags().BoolVar(&child, "until-eof", false, "end when the standard input ends")
	cmd.Flags().MarkHidden("until-eof")
	return configured(jsonFlag(cmd))
}

func serviceLog(cmd *cobra.Command) *slog.Logger {
	return slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), nil))
}

// adminCommand is for who runs the service; it works on the database itself,
// beside a service that is running or not.
func adminCommand() *cobra.Command {
	var f serviceFlags
	admin := &cobra.Command{Use: "admin", Short: "Make organisations and their first keys"}
	open := func(cmd *cobra.Command) (*concierge.Concierge, error) {
		return f.open(cmd.Context(), nil, true, serviceLog(cmd))
	}
	org := &cobra.Command{
		Use: "org NAME", Short: "Make an organisation", Example: "  fitroom admin org 'Shop Ltd' --data data", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := open(cmd)
			if err != nil {
				return err
			}
			shop, err := c.AddShop(cmd.Context(), args[0])
			if err = errors.Join(err, stopService(c)); err != nil {
				return err
			}
			return tellMade(cmd, map[string]any{"status": "ok", "id": shop.ID, "name": shop.Name}, shop.ID)
		},
	}
	orgs := &cobra.Command{
		Use: "orgs", Short: "List the organisations", Example: "  fitroom admin orgs --data data", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := open(cmd)
			if err != nil {
				return err
			}
			shops, err := c.Shops(cmd.Context())
			if err = errors.Join(err, stopService(c)); err != nil {
				return err
			}
			all, lines := []map[string]any{}, []string{}
			for _, s := range shops {
				all = append(all, map[string]any{"id": s.ID, "name": s.Name, "created": s.Created})
				lines = append(lines, s.ID+"  "+s.Name)
			}
			return tellMade(cmd, map[string]any{"status": "ok", "organisations": all}, strings.Join(lines, "\n"))
		},
	}
	var w concierge.KeyWish
	var of string
	var browser bool
	key := &cobra.Command{
		Use: "key", Short: "Make a key for an organisation; it is shown this once", Example: "  fitroom admin key --org org_... --data data", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if of == "" {
				return usagef("--org is missing; `fitroom admin orgs` lists the organisations")
			}
			if browser {
				w.Kind = "browser"
			}
			c, err := open(cmd)
			if err != nil {
				return err
			}
			k, err := c.KeyForShop(cmd.Context(), of, w)
			if err = errors.Join(err, stopService(c)); err != nil {
				return sayKeyFault(err)
			}
			return tellMade(cmd, map[string]any{"status": "ok", "id": k.ID, "token": k.Token, "scopes": k.Scopes}, k.Token)
		},
	}
	key.Flags().StringVar(&of, "org", "", "the organisation's id")
	key.Flags().StringVar(&w.Label, "label", "", "what the key is for")
	key.Flags().StringSliceVar(&w.Scopes, "scopes", nil, "what it may do; without it everything: "+strings.Join(concierge.Scopes(), ", "))
	key.Flags().BoolVar(&browser, "browser", false, "a key for pages, which everybody may see")
	key.Flags().StringSliceVar(&w.Origins, "origins", nil, "pages a browser key works from, as https://shop.example")
	key.Flags().IntVar(&w.Days, "days", 0, "days it is good for; 0 for ever")
	for _, cmd := range []*cobra.Command{org, orgs, key} {
		f.add(cmd)
		admin.AddCommand(configured(jsonFlag(cmd)))
	}
	return admin
}

func tellMade(cmd *cobra.Command, asObject map[string]any, plain string) error {
	if asJSON(cmd) {
		return writeJSON(cmd.OutOrStdout(), asObject)
	}
	if plain != "" {
		fmt.Fprintln(cmd.OutOrStdout(), plain)
	}
	return nil
}

// sayKeyFault says in a sentence what of a wished key cannot be.
func sayKeyFault(err error) error {
	var p *problem.Problem
	if !errors.As(err, &p) {
		return err
	}
	var said struct {
		Detail string
		Errors []struct{ Pointer, Detail string }
	}
	if json.Unmarshal(p.JSON("en", ""), &said) != nil || len(said.Errors) == 0 {
		return err
	}
	var lines []string
	for _, e := range said.Errors {
		lines = append(lines, "--"+strings.ReplaceAll(strings.TrimPrefix(e.Pointer, "/"), "/", " ")+" "+e.Detail)
	}
	return errors.New(strings.Join(lines, "\n"))
}
