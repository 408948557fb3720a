"""Two-sided E-test of two Poisson counts, of equal and unequal exposure, by SciPy. Run: python make.py > expected.json

SciPy compares its statistic in floating point and so loses some counts that tie with those seen; `exact` is the same sum
with the comparison in fractions.
"""
import json
from fractions import Fraction
import numpy as np
import scipy
from scipy.stats import poisson, poisson_means_test


def exact(a, m, b, n):
    m, n = Fraction(m), Fraction(n)
    rate = (a + b) / float(m + n)
    top = lambda mean: int(mean + 12 * mean ** 0.5 + 40)
    px = poisson.pmf(np.arange(top(rate * float(m))), rate * float(m))
    py = poisson.pmf(np.arange(top(rate * float(n))), rate * float(n))
    seen, spread = (a / m - b / n) ** 2, a / m ** 2 + b / n ** 2
    return float(sum(px[x] * py[y] for x in range(len(px)) for y in range(len(py)) if px[x] * py[y] > 1e-16 and
                     (x + y > 0 or seen == 0) and (x / m - y / n) ** 2 * spread >= seen * (x / m ** 2 + y / n ** 2)))


pairs = [(0, 1), (0, 3), (6, 2), (10, 5), (20, 22), (50, 80), (120, 90), (150, 100), (1500, 1400), (2200, 2300), (75, 75)]
unequal = [(0, 3, 1, 2), (10, 2, 28, 31), (3, 9, 365, 366), (40, 90, 1, 3), (100, 60, 12.5, 4), (130, 70, 31, 20), (5, 5, 1, 10)]
print(json.dumps({
    "by": f"scipy.stats.poisson_means_test {scipy.__version__}",
    "cases": [{"a": a, "b": b, "p": float(poisson_means_test(a, 1, b, 1).pvalue)} for a, b in pairs],
    "unequal": [{"a": a, "b": b, "m": m, "n": n, "p": float(poisson_means_test(a, m, b, n).pvalue),
                 "exact": exact(a, m, b, n)} for a, b, m, n in unequal],
}, indent=1))
