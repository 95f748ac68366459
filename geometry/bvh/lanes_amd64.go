//go:build amd64 && !purego

package bvh

import "golang.org/x/sys/cpu"

// lanes tells whether the processor has what the assembly needs.
var lanes = cpu.X86.HasAVX2
