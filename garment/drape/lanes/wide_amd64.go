//go:build amd64 && !purego

package lanes

import "golang.org/x/sys/cpu"

// wide tells whether the processor has what the assembly needs.
var wide = cpu.X86.HasAVX2
