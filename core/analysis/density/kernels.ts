/**
 * The kernels of the density surface. Each integrates to 1 over the plane. With u = d/h and h the bandwidth in metres:
 * quartic 3/(πh²)·(1 − u²)², epanechnikov 2/(πh²)·(1 − u²), triangular 3/(πh²)·(1 − u), uniform 1/(πh²), each for
 * u < 1 and 0 beyond; gaussian e^(−u²/2)/(2πh²(1 − e⁻⁸)) for u ≤ 4, h its standard deviation on each axis.
 */
export type Kernel = 'quartic' | 'gaussian' | 'epanechnikov' | 'triangular' | 'uniform'

/** A gaussian is cut here, in bandwidths, and divided by the mass inside (1 − e⁻⁸): it still integrates to 1. */
export const GAUSSIAN_CUT = 4
const GAUSSIAN_MASS = 1 - Math.exp((-GAUSSIAN_CUT * GAUSSIAN_CUT) / 2)

export const kernelOptions = [
  { value: 'quartic', title: 'Quartic (ends at the bandwidth)' },
  { value: 'gaussian', title: 'Gaussian (bandwidth is its standard deviation)' },
  { value: 'epanechnikov', title: 'Epanechnikov (ends at the bandwidth)' },
  { value: 'triangular', title: 'Triangular (ends at the bandwidth)' },
  { value: 'uniform', title: 'Uniform (a disc that ends at the bandwidth)' },
] as const satisfies readonly { readonly value: Kernel; readonly title: string }[]

/** @param name a value of `kernelOptions` */
export function kernelNamed(name: string): Kernel {
  return kernelOptions.find(({ value }) => value === name)?.value ?? 'quartic'
}

/** How far a kernel reaches, metres. */
export function kernelReach(kernel: Kernel, bandwidth: number): number {
  return kernel === 'gaussian' ? GAUSSIAN_CUT * bandwidth : bandwidth
}

/** Value of the kernel at its centre, per m². */
export function kernelPeak(kernel: Kernel, bandwidth: number): number {
  const square = Math.PI * bandwidth * bandwidth
  if (kernel === 'gaussian') return 1 / (2 * square * GAUSSIAN_MASS)
  return (kernel === 'uniform' ? 1 : kernel === 'epanechnikov' ? 2 : 3) / square
}

/** The kernel at a distance of u bandwidths as a share of its value at the centre; takes u². */
export function kernelShape(kernel: Kernel, square: number): number {
  if (kernel === 'gaussian') return square <= GAUSSIAN_CUT * GAUSSIAN_CUT ? Math.exp(-0.5 * square) : 0
  if (!(square < 1)) return 0
  if (kernel === 'quartic') return (1 - square) * (1 - square)
  if (kernel === 'epanechnikov') return 1 - square
  return kernel === 'triangular' ? 1 - Math.sqrt(square) : 1
}

/** Bandwidth of the kernel whose standard deviation on each axis is 1 m: what turns a rule's σ into a bandwidth. */
export function bandwidthPerDeviation(kernel: Kernel): number {
  switch (kernel) {
    case 'gaussian':
      return 1
    case 'quartic':
      return Math.sqrt(8)
    case 'epanechnikov':
      return Math.sqrt(6)
    case 'triangular':
      return Math.sqrt(20 / 3)
    case 'uniform':
      return 2
  }
}
