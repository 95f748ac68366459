package main

import (
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// envPrefix begins the environment variables that set flags: FITROOM_DB is
// --db, FITROOM_MASTER_KEY is --master-key.
const envPrefix = "FITROOM_"

// configured lets a command's flags be set by a file and the environment too:
// defaults < file < environment < flags. A file holds the names of flags:
//
//	data: /var/lib/fitroom
//	addr: 0.0.0.0:8080
func configured(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().String("config", "", "YAML file of flags by name; "+envPrefix+"... in the environment goes before it, the command line before both")
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error { return applyConfig(cmd) }
	return cmd
}

// ownFlags are those no configuration sets.
func ownFlag(name string) bool { return name == "config" || name == "help" || name == "json" }

func applyConfig(cmd *cobra.Command) error {
	k := koanf.New("\x00") // no nesting: names of flags have no such character
	name, err := cmd.Flags().GetString("config")
	if err != nil {
		return err
	}
	if name == "" {
		name = os.Getenv(envPrefix + "CONFIG")
	}
	if name != "" {
		if err := k.Load(file.Provider(name), yaml.Parser()); err != nil {
			return fmt.Errorf("config %s: %w", name, err)
		}
	}
	for _, key := range k.Keys() {
		if cmd.Flags().Lookup(key) == nil || ownFlag(key) {
			return fmt.Errorf("config %s: %q is not a flag of %s", name, key, cmd.CommandPath())
		}
	}
	var faults []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || ownFlag(f.Name) {
			return
		}
		env := envPrefix + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := os.LookupEnv(env)
		if !ok && !k.Exists(f.Name) {
			return
		}
		if !ok {
			env, value = name+": "+f.Name, k.String(f.Name)
		}
		if err := f.Value.Set(value); err != nil {
			faults = append(faults, fmt.Sprintf("%s: %v", env, err))
			return
		}
		f.Changed = true
	})
	if len(faults) > 0 {
		return usagef("%s", strings.Join(faults, "\n"))
	}
	return nil
}

// configCommand shows what serve would run with.
func configCommand() *cobra.Command {
	config := &cobra.Command{Use: "config", Short: "Show the configuration"}
	serve := serveCommand()
	show := &cobra.Command{
		Use: "print", Short: "Print what serve would run with, secrets masked", Example: "  FITROOM_DATA=data fitroom config print --addr localhost:80", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			all := map[string]any{}
			var lines []string
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				if ownFlag(f.Name) {
					return
				}
				value := masked(f.Value.String())
				all[f.Name] = value
				lines = append(lines, f.Name+": "+yamlText(value))
			})
			return tellMade(cmd, map[string]any{"status": "ok", "config": all}, strings.Join(lines, "\n"))
		},
	}
	show.Flags().AddFlagSet(serve.Flags())
	show.PreRunE = func(cmd *cobra.Command, _ []string) error { return applyConfig(cmd) }
	config.AddCommand(show)
	return config
}

// masked hides the password of an address.
func masked(value string) string {
	u, err := url.Parse(value)
	if err != nil {
		if strings.Contains(value, "@") {
			return "xxxxx" // an address that cannot be read may hold a password all the same
		}
		return value
	}
	if u.Query().Has("password") {
		q := u.Query()
		q.Set("password", "xxxxx")
		u.RawQuery = q.Encode()
		return u.Redacted()
	}
	if u.User == nil {
		return value
	}
	return u.Redacted()
}

func yamlText(s string) string {
	if s == "" || strings.ContainsAny(s, ": #'\"") {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return s
}
