package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"time"

	"fitroom/api"
	"fitroom/api/concierge"
	"fitroom/api/metrics"
	v1 "fitroom/api/v1"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"

	"github.com/spf13/cobra"
)

// drainTime is how long running fittings may finish after a stop is asked for.
const drainTime = 20 * time.Second

func serveCommand() *cobra.Command {
	var addr, styles, proxies string
	var o api.Options
	var f serviceFlags
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Serve the dressing room: page, API and workers",
		Example: "  fitroom serve --addr localhost:8080 --data data",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			files := assets.Demo()
			root := "styles"
			if styles != "" {
				files, root = os.DirFS(styles), "."
			}
			var err error
			if o.Garments, err = catalogue(files, root); err != nil {
				return fmt.Errorf("styles %s: %w", styles, err)
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
			o.Drawer = f.drawer
			if o.Proxies, err = v1.ParseProxies(proxies); err != nil {
				return usagef("--%s", err)
			}
			o.Version = version
			o.Log = serviceLog(cmd)
			f.metrics = metrics.New(countOf(func() *concierge.Concierge { return f.opened }))
			o.Metrics = f.metrics
			untrace, err := f.metrics.Trace(cmd.Context(), version)
			if err != nil {
				return err
			}
			defer untrace(context.WithoutCancel(cmd.Context()))
			if f.wanted() {
				if o.Concierge, err = f.open(cmd.Context(), room, true, o.Log); err != nil {
					return err
				}
				if f.data != "" {
					o.Data = filepath.Join(f.data, "shelf")
				}
			}
			server, err := api.New(room, o)
			if err != nil {
				return errors.Join(err, closeService(o.Concierge))
			}
			ln, err := net.Listen("tcp", addr)
			if err != nil {
				return errors.Join(err, server.Close(), closeService(o.Concierge))
			}
			var helper *apart
			var ofWorker http.HandlerFunc
			if o.Concierge != nil && f.workers > 0 {
				helper = startApart(cmd.Context(), &f, cmd.ErrOrStderr(), o.Log)
				defer helper.wait()
				ofWorker = helper.metricsOfWorker
			}
			port, err := openAdminPort(f.admin, f.metrics, readyOf(o.Concierge), ofWorker)
			if err != nil {
				return errors.Join(err, ln.Close(), server.Close(), closeService(o.Concierge))
			}
			defer port.close()
			if asJSON(cmd) {
				if err := writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "url": fmt.Sprintf("http://%s/", ln.Addr()), "styles": len(o.Garments)}); err != nil {
					return err
				}
				return errors.Join(server.Serve(cmd.Context(), ln, drainTime), closeService(o.Concierge))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "fitroom serves %d styles at http://%s/\n", len(o.Garments), ln.Addr())
			return errors.Join(server.Serve(cmd.Context(), ln, drainTime), closeService(o.Concierge))
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "localhost:8080", "address to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&styles, "styles", "", "folder of style folders; without it the bundled ones")
	f.add(cmd)
	f.addWork(cmd, 1)
	cmd.Flags().IntVar(&o.AtOnce, "at-once", 0, "fittings at once; 0 for one, which uses all processors")
	cmd.Flags().IntVar(&o.Waiting, "waiting", 0, "customers in line beyond those; 0 for 8")
	cmd.Flags().BoolVar(&o.AllowRemote, "allow-remote", false, "let other machines try on without a login")
	cmd.Flags().StringVar(&proxies, "proxies", "", "addresses or networks of the proxies before it, by commas; the addresses they pass on (X-Forwarded-For) are believed")
	return configured(jsonFlag(cmd))
}

// readyOf is always ready where there is no service.
func readyOf(c *concierge.Concierge) func(context.Context) error {
	if c == nil {
		return func(context.Context) error { return nil }
	}
	return c.Ready
}

// closeService stops the service, if there is one.
func closeService(c *concierge.Concierge) error {
	if c == nil {
		return nil
	}
	return stopService(c)
}

// catalogue reads every style folder below root, in the order of their names.
func catalogue(files fs.FS, root string) ([]api.Garment, error) {
	entries, err := fs.ReadDir(files, root)
	if err != nil {
		return nil, err
	}
	var all []api.Garment
	for _, e := range entries {
		name := path.Join(root, e.Name())
		if _, err := fs.Stat(files, path.Join(name, "style.json")); err != nil {
			continue // not a style folder
		}
		s, sheet, err := wire.OpenStyle(files, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, api.Garment{Style: s, Sheet: sheet})
	}
	if len(all) == 0 {
		return nil, errors.New("no folder in it holds a style.json")
	}
	return all, nil
}
