"""Writes expected.json: squares, hexagons and hotspots of the London Fire Brigade's animal rescues as pandas and scipy
count them. Run by hand beside the open data: python3 make.py ../../../../shared/data/exact-time"""
import json, math, os, sys
import numpy as np, pandas as pd, scipy
from scipy.spatial import cKDTree

folder = sys.argv[1]
rows = pd.read_csv(os.path.join(folder, 'london_fire_brigade_animal_rescue_2009_on.csv.gz'), encoding='utf-8')
e = rows['Easting_rounded'].to_numpy(float) + 13  # off the 50 m lattice, so that no rescue lies on an edge
n = rows['Northing_rounded'].to_numpy(float) + 7
ok = np.isfinite(e) & np.isfinite(n)
e, n = e[ok], n[ok]

west, south, east, north = 500_000, 152_000, 564_000, 204_000

squares = pd.Series(list(zip(np.floor(e / 1000), np.floor(n / 1000)))).value_counts()

side = 500.0
width, step = math.sqrt(3) * side, 1.5 * side
odd = lambda r: (r & 1) * width / 2
centres, index = [], []
for r in range(int(south // step) - 1, int(north // step) + 2):
    for c in range(int(west // width) - 1, int(east // width) + 2):
        x, y = c * width + odd(r), r * step
        centres.append((x, y))
        index.append((r, c))
tree = cKDTree(centres)
at = tree.query(np.column_stack([e, n]))[1]
inside = np.array([west <= x < east and south <= y < north for x, y in centres])
count = np.bincount(at, minlength=len(centres)) * inside

# Hotspots: the best cells walked down; one that shares a side joins the hotspot started first with room, else starts one.
position = {rc: k for k, rc in enumerate(index)}
def neighbours(k):
    r, c = index[k]
    shift = [(-1, -1), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 0)] if r % 2 == 0 else [(-1, 0), (-1, 1), (0, -1), (0, 1), (1, 0), (1, 1)]
    return [position.get((r + dr, c + dc)) for dr, dc in shift]

wanted = math.ceil(0.05 * inside.sum())
threshold = np.sort(count[count > 0])[::-1][min(wanted, (count > 0).sum()) - 1]
top = [k for k in range(len(count)) if count[k] > 0 and count[k] >= threshold]
top.sort(key=lambda k: (-count[k], index[k]))
spots, of = [], {}
for k in top:
    near = sorted({of[j] for j in neighbours(k) if j in of and len(spots[of[j]]) < 7})
    if near:
        target = near[0]
    else:
        if len(spots) == 12:
            break
        spots.append([])
        target = len(spots) - 1
    spots[target].append(k)
    of[k] = target
found = sorted((-int(count[s].sum()), min(index[k] for k in s), len(s)) for s in spots)

json.dump({
    'versions': {'python': sys.version.split()[0], 'numpy': np.__version__, 'pandas': pd.__version__, 'scipy': scipy.__version__},
    'rows': int(ok.sum()),
    'squares': {'occupied': len(squares), 'largest': sorted(map(int, squares), reverse=True)[:40],
                'sumOfSquares': int((squares ** 2).sum())},
    'hexagons': {'inside': int(inside.sum()), 'occupied': int((count > 0).sum()), 'incidents': int(count.sum()),
                 'largest': sorted(map(int, count), reverse=True)[:40], 'sumOfSquares': int((count.astype(int) ** 2).sum())},
    'hotspots': [{'count': -c, 'cells': m} for c, _, m in found],
}, open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'expected.json'), 'w'), indent=1)
