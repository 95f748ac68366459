package lanes

// beyond is how many numbers kernels may read after the last: those that fill a
// register of four.
const beyond = 3

// Vector makes a vector of n numbers that kernels may read beyond.
func Vector(n int) []float32 { return make([]float32, n, n+beyond) }
