"""Five fullest cells of 500 m, and how they fare in fifteen other positions of the grid; numpy alone. Prints JSON."""
import json
import sys

import numpy as np

rng = np.random.default_rng(11)
points = np.concatenate(
    [
        rng.integers(200, 3800, (220, 2)),
        rng.normal((1250, 1250), 60, (60, 2)).round().astype(int),
        rng.normal((2500, 2980), 90, (50, 2)).round().astype(int),
        rng.normal((3010, 760), 120, (40, 2)).round().astype(int),
    ]
)


def cells(dx, dy):
    return np.floor((points - (dx, dy)) / 500).astype(int)


def in_top(where, top):
    unique, which, counts = np.unique(where, axis=0, return_inverse=True, return_counts=True)
    threshold = np.sort(counts)[::-1][top - 1]
    return (counts >= threshold)[which.ravel()], unique, counts


_, unique, counts = in_top(cells(0, 0), 5)
order = sorted(range(len(counts)), key=lambda k: (-counts[k], unique[k][1], unique[k][0]))[:5]
rows = []
for k in order:
    own = (cells(0, 0) == unique[k]).all(axis=1)
    covered = [
        float(in_top(cells(125 * i, 125 * j), 5)[0][own].mean())
        for j in range(4)
        for i in range(4)
        if i or j
    ]
    rows.append(
        {
            "column": int(unique[k][0]),
            "row": int(unique[k][1]),
            "count": int(counts[k]),
            "share": float(np.mean([c >= 0.5 for c in covered])),
            "covered": float(np.mean(covered)),
        }
    )
json.dump({"versions": {"numpy": np.__version__}, "points": points.tolist(), "rows": rows}, sys.stdout)
