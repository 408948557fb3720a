"""Two-sided E-test of two Poisson counts of equal exposure, by SciPy. Run: python make.py > expected.json"""
import json
import scipy
from scipy.stats import poisson_means_test

pairs = [(0, 1), (0, 3), (6, 2), (10, 5), (20, 22), (50, 80), (120, 90), (150, 100), (1500, 1400), (2200, 2300), (75, 75)]
print(json.dumps({
    "by": f"scipy.stats.poisson_means_test {scipy.__version__}",
    "cases": [{"a": a, "b": b, "p": float(poisson_means_test(a, 1, b, 1).pvalue)} for a, b in pairs],
}, indent=1))
