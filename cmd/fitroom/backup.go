package main

import (
	"fmt"
	"path/filepath"

	"fitroom/api/backup"

	"github.com/spf13/cobra"
)

func backupCommand() *cobra.Command {
	var data, out string
	cmd := &cobra.Command{
		Use: "backup", Short: "Copy the data of a service, running or not", Args: cobra.NoArgs,
		Example: "  fitroom backup --data data --out /mnt/backup",
		Long: "Copies database and blobs into " + backup.Archive + " and the customers' wrapped keys into " + backup.Keys + ".\n" +
			"Keep archives as long as you like, but of the keys only the newest file: who is erased is then erased from the archives too.\n" +
			"The master key is in neither; without it nothing personal can be read. PostgreSQL and S3 are backed up by their own tools.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if data == "" || out == "" {
				return usagef("--data and --out must both be given")
			}
			t, err := backup.Write(cmd.Context(), data, out)
			if err != nil {
				return err
			}
			return tellMade(cmd, map[string]any{"status": "ok", "files": t.Files, "bytes": t.Bytes, "keys": t.Keys},
				fmt.Sprintf("written: %s (%d files, %.1f MB) and %s (%d keys)", filepath.Join(out, backup.Archive), t.Files, float64(t.Bytes)/1e6, backup.Keys, t.Keys))
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "folder of the service")
	cmd.Flags().StringVar(&out, "out", "", "folder the backup is written into; an earlier one is replaced")
	return configured(jsonFlag(cmd))
}

func restoreCommand() *cobra.Command {
	var from, data string
	cmd := &cobra.Command{
		Use: "restore", Short: "Lay a backup out in an empty folder", Args: cobra.NoArgs,
		Example: "  fitroom restore --from /mnt/backup --data data && cp master.key data/",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if from == "" || data == "" {
				return usagef("--from and --data must both be given")
			}
			t, err := backup.Read(cmd.Context(), from, data)
			if err != nil {
				return err
			}
			return tellMade(cmd, map[string]any{"status": "ok", "files": t.Files, "bytes": t.Bytes, "keys": t.Keys},
				fmt.Sprintf("restored %d files (%.1f MB) and the keys of %d customers into %s; the master key belongs into %s", t.Files, float64(t.Bytes)/1e6, t.Keys, data, filepath.Join(data, "master.key")))
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "folder of the backup")
	cmd.Flags().StringVar(&data, "data", "", "folder of the service, empty or not there yet")
	return configured(jsonFlag(cmd))
}
