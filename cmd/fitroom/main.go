// Command fitroom tries garments on a body built from tape measurements and
// says plainly how they fit.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// version is set by the linker.
var version = "development"

// Exit codes of the contract.
const (
	exitOK = iota
	exitFailed
	exitUsage
)

// usageError is wrong usage of the command line, not a refusal of its input.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// gcPercent trades nothing measurable in time for a fifth less peak memory: a
// fitting makes few large buffers and keeps them.
const gcPercent = 50

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	started := false
	root := &cobra.Command{
		Use: "fitroom",
		// Cobra's guess at a mistyped command takes several lines.
		DisableSuggestions: true,
		Short:              "A fitting room that belongs to the customer",
		SilenceErrors:      true,
		SilenceUsage:       true,
		PersistentPreRun:   func(*cobra.Command, []string) { started = true },
		CompletionOptions:  cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.AddCommand(tryCommand(), bodyCommand(), garmentCommand(), adviseCommand(), drapeCommand(),
		benchCommand(), serveCommand(), workerCommand(), adminCommand(), backupCommand(), restoreCommand(), configCommand(), demoCommand(), galleryCommand(), versionCommand())
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errors.New("stopped before it was done; nothing was written")
	}
	said := oneLine(err)
	fmt.Fprintln(errOut, "fitroom:", said)
	if asJSON(cmd) || slices.Contains(args, "--json") { // a flag after a wrong one is not parsed
		writeJSON(out, map[string]string{"status": "failed", "error": said})
	}
	var usage usageError
	if !started || errors.As(err, &usage) {
		fmt.Fprintln(errOut, "Run", cmd.CommandPath(), "--help for how to use it.")
		return exitUsage
	}
	return exitFailed
}

// oneLine makes one sentence of an error that joins several.
func oneLine(err error) string {
	var lines []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "; ")
}

// jsonFlag adds --json to a command.
func jsonFlag(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().Bool("json", false, "print the result as JSON")
	return cmd
}

func asJSON(cmd *cobra.Command) bool {
	on, err := cmd.Flags().GetBool("json")
	return err == nil && on
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
