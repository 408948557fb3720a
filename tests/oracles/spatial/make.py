"""Writes expected.json: what numpy, scipy and mpmath make of the same questions. Run by hand: python3 make.py"""
import csv, json, os, sys
import mpmath, numpy as np, scipy
from scipy.spatial import cKDTree
from scipy.stats import false_discovery_control, multivariate_normal

here = os.path.dirname(os.path.abspath(__file__))


def numbers(seed, n):
    """Park and Miller's generator, so that the test can make the same numbers."""
    out, s = [], seed
    for _ in range(n):
        s = s * 48271 % 2147483647
        out.append(s / 2147483647)
    return np.array(out)


def getis(xy, values, band, star):
    """Ord and Getis 1995, by full matrices."""
    n = len(values)
    d = np.sqrt(((xy[:, None, :] - xy[None, :, :]) ** 2).sum(-1))
    w = (d <= band).astype(float)
    if not star:
        np.fill_diagonal(w, 0)
    z = []
    for i in range(n):
        keep = np.ones(n, bool)
        keep[i] = star
        m = keep.sum()
        mean, var, W = values[keep].mean(), values[keep].var(), w[i].sum()
        z.append((w[i] @ values - W * mean) / np.sqrt(var * (m * W - W * W) / (m - 1)))
    return z


rows = list(csv.DictReader(open(os.path.join(here, '../spdep/getisord.csv'))))
xy = np.array([[float(r['x']), float(r['y'])] for r in rows])
val = np.array([float(r['val']) for r in rows])

p = np.concatenate([numbers(11, 60) ** 4, [0.01, 0.01, 0.2, 0.2, 1.0]])

place = np.stack([numbers(21, 60) * 3000 + 1000, numbers(22, 60) * 2000 + 500], 1)
weight = numbers(23, 60) * 5 + 0.1
cells = np.array([[x, y] for y in np.arange(50, 3000, 100) for x in np.arange(50, 5000, 100)])
d = np.sqrt(((cells[:, None, :] - place[None, :, :]) ** 2).sum(-1))
h = 400
quartic = (np.where(d < h, 3 / (np.pi * h * h) * (1 - (d / h) ** 2) ** 2, 0) * weight).sum(1) * 1e6
gauss = np.zeros(len(cells))
for q, w in zip(place, weight):
    k = multivariate_normal(q, 200**2 * np.eye(2)).pdf(cells) / (1 - np.exp(-8))
    gauss += np.where(((cells - q) ** 2).sum(1) <= 800**2, k, 0) * w
gauss *= 1e6
pick = list(range(7, len(cells), 41))


def rule(v):
    q = np.percentile(v, [25, 75])
    return 0.9 * min(v.std(ddof=1), (q[1] - q[0]) / 1.34) * len(v) ** -0.2


# Nearest centre of a lattice of hexagons of side 200 whose row 0, column 0 has its centre at 0, 0.
at = np.stack([numbers(31, 500) * 40000 - 20000, numbers(32, 500) * 40000 - 20000], 1)
centres, name = [], []
for r in range(-80, 81):
    for c in range(-80, 81):
        centres.append([(c + 0.5 * (r % 2)) * np.sqrt(3) * 200, r * 300.0])
        name.append([c, r])
nearest = cKDTree(np.array(centres)).query(at)[1]

mpmath.mp.dps = 40
json.dump(
    {
        'made_with': f'python {sys.version.split()[0]}, numpy {np.__version__}, scipy {scipy.__version__}, mpmath {mpmath.__version__}',
        'getisord': {str(b): {'gi': getis(xy, val, b, False), 'gistar': getis(xy, val, b, True)} for b in (30, 60)},
        'falseDiscovery': {
            'p': p.tolist(),
            'BH': false_discovery_control(p, method='bh').tolist(),
            'BY': false_discovery_control(p, method='by').tolist(),
        },
        'normal': [[z, mpmath.nstr(mpmath.erfc(mpmath.mpf(z) / mpmath.sqrt(2)) / 2, 20)] for z in
                   [-8, -3, -0.5, 0, 0.25, 0.6744, 0.675, 1, 1.96, 2.5, 4, 5.65, 5.66, 8, 12.5, 20, 30, 37]],
        'density': {'pick': pick, 'quartic400': quartic[pick].tolist(), 'gaussian200': gauss[pick].tolist(),
                    'rule': [rule(place[:, 0]), rule(place[:, 1])]},
        'hexagons': {'nearest': [name[k] for k in nearest]},
    },
    open(os.path.join(here, 'expected.json'), 'w'),
)
