package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path"
	"time"

	"fitroom/api"
	"fitroom/api/wire"
	"fitroom/assets"
	"fitroom/garment/tryon"

	"github.com/spf13/cobra"
)

// drainTime is how long running fittings may finish after a stop is asked for.
const drainTime = 20 * time.Second

func serveCommand() *cobra.Command {
	var addr, styles string
	var o api.Options
	cmd := &cobra.Command{
		Use:     "serve",
		Short:   "Serve the dressing room: page and API",
		Example: "  fitroom serve --addr localhost:8080 --styles styles",
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
			o.Version = version
			o.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil))
			server, err := api.New(room, o)
			if err != nil {
				return err
			}
			ln, err := net.Listen("tcp", addr)
			if err != nil {
				server.Close()
				return err
			}
			if asJSON(cmd) {
				if err := writeJSON(cmd.OutOrStdout(), map[string]any{"status": "ok", "url": fmt.Sprintf("http://%s/", ln.Addr()), "styles": len(o.Garments)}); err != nil {
					return err
				}
				return server.Serve(cmd.Context(), ln, drainTime)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "fitroom serves %d styles at http://%s/\n", len(o.Garments), ln.Addr())
			return server.Serve(cmd.Context(), ln, drainTime)
		},
	}
	cmd.Flags().StringVar(&addr, "addr", "localhost:8080", "address to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&styles, "styles", "", "folder of style folders; without it the bundled ones")
	cmd.Flags().StringVar(&o.Data, "data", "", "folder for pictures and 3D files; without it a temporary one")
	cmd.Flags().IntVar(&o.AtOnce, "at-once", 0, "fittings at once; 0 for one, which uses all processors")
	cmd.Flags().IntVar(&o.Waiting, "waiting", 0, "customers in line beyond those; 0 for 8")
	cmd.Flags().BoolVar(&o.AllowRemote, "allow-remote", false, "let other machines try on; there are no logins yet")
	return jsonFlag(cmd)
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
