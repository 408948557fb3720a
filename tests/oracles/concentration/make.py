"""Numbers of scipy and of slow, obvious Python for concentration, stability and accuracy. Prints expected.json."""
import itertools
import json
import math
import sys

import numpy as np
import scipy
from scipy.special import ive
from scipy.stats import rankdata, spearmanr

rng = np.random.default_rng(20260)


def gini_pairs(values):
    values = np.asarray(values, float)
    return float(np.abs(values[:, None] - values[None, :]).sum() / (2 * len(values) * values.sum()))


def lorenz_area(values):
    """Area under the curve of shares, fullest first, as practice 1.2 takes it."""
    v = np.sort(np.asarray(values, float))[::-1]
    curve = np.concatenate([[0], np.cumsum(v) / v.sum()])
    return float(np.trapz(curve, dx=1 / len(v)))


def rbo_ext_strict(s, t, p):
    """Webber, Moffat and Zobel (2010), equation 32, word by word; s the shorter list."""
    if len(s) > len(t):
        s, t = t, s
    small, large = len(s), len(t)
    x = [len(set(s[:d]) & set(t[:d])) for d in range(large + 1)]
    total = sum(x[d] / d * p**d for d in range(1, large + 1))
    total += sum(x[small] * (d - small) / (small * d) * p**d for d in range(small + 1, large + 1))
    return (1 - p) / p * total + ((x[large] - x[small]) / large + x[small] / small) * p**large


def orders(scores):
    """Every order of the items with a score above 0 that puts higher scores first."""
    groups = {}
    for item, score in enumerate(scores):
        if score > 0:
            groups.setdefault(score, []).append(item)
    parts = [list(itertools.permutations(groups[score])) for score in sorted(groups, reverse=True)]
    return [[item for part in choice for item in part] for choice in itertools.product(*parts)]


def rbo_mean(a, b, p):
    values = [rbo_ext_strict(s, t, p) for s in orders(a) for t in orders(b)]
    return float(np.mean(values))


def pai_rows(predicted, observed, area):
    """Figures at each number of units, no ties in predicted density."""
    predicted, observed, area = (np.asarray(v, float) for v in (predicted, observed, area))
    order = np.argsort(-predicted / area, kind="stable")
    best = np.argsort(-observed / area, kind="stable")
    rows = []
    for k in range(1, len(order) + 1):
        a = area[order[:k]].sum()
        n = observed[order[:k]].sum()
        left, most = a, 0.0
        for unit in best:
            part = min(1.0, left / area[unit])
            if part <= 0:
                break
            most += part * observed[unit]
            left -= part * area[unit]
        rows.append(
            {
                "area": float(a / area.sum()),
                "hits": float(n),
                "pai": float((n / observed.sum()) / (a / area.sum())),
                "pei": float(n / most) if most > 0 else None,
            }
        )
    return rows


counts = {
    "few": rng.poisson(0.3, 200).tolist(),
    "clustered": rng.negative_binomial(0.2, 0.05, 150).tolist(),
    "even": rng.poisson(40, 80).tolist(),
}
spearman = []
for size, mean in [(12, 1.0), (200, 0.4), (300, 6.0)]:
    a = rng.negative_binomial(0.5, 0.5 / (0.5 + mean), size)
    b = rng.poisson(0.6 * a + 0.2 * mean)
    a[0] += 1
    b[1] += 1
    spearman.append(
        {
            "a": a.tolist(),
            "b": b.tolist(),
            "rho": float(spearmanr(a, b).statistic if hasattr(spearmanr(a, b), "statistic") else spearmanr(a, b)[0]),
            "cosine": float(a @ b / math.sqrt(float(a @ a) * float(b @ b))),
        }
    )
rbo = []
for a, b in [
    ([5, 4, 3, 2, 1], [5, 4, 3, 2, 1]),
    ([5, 4, 3, 2, 1, 0, 0], [1, 2, 3, 4, 5, 6, 7]),
    ([9, 7, 7, 3, 1, 1, 1], [8, 8, 2, 2, 0, 1, 1]),
    ([3, 3, 3, 1, 0, 0], [0, 2, 2, 5, 5, 1]),
    ([4, 1, 1, 1, 0, 0], [0, 0, 0, 2, 2, 1]),
]:
    for p in (0.5, 0.9, 0.98):
        rbo.append({"a": a, "b": b, "p": p, "value": rbo_mean(a, b, p)})
predicted = rng.permutation(30) + rng.random(30)
area = rng.uniform(0.2, 3, 30)
observed = rng.poisson(predicted / 4)
json.dump(
    {
        "versions": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__},
        "poissonGini": [
            {"mean": m, "gini": float(ive(0, 2 * m) + ive(1, 2 * m))}
            for m in (0.001, 0.05, 0.3, 1.0, 4.5, 40.0, 1000.0, 50000.0)
        ],
        "gini": [
            {"name": name, "counts": v, "gini": gini_pairs(v), "lorenzArea": lorenz_area(v)}
            for name, v in counts.items()
        ],
        "spearman": spearman,
        "rbo": rbo,
        "accuracy": {
            "predicted": predicted.tolist(),
            "observed": observed.tolist(),
            "area": area.tolist(),
            "rows": pai_rows(predicted, observed, area),
        },
    },
    sys.stdout,
)
