package lanes

// beyond is how many numbers kernels may read after the last: those that fill a
// register of eight.
const beyond = 7

// Vector makes a vector of n numbers that kernels may read beyond.
func Vector(n int) []float32 { return make([]float32, n, n+beyond) }
