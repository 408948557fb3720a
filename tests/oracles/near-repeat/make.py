"""Mantel statistic, its moments and permutation p, space-time K and D by full matrices; near-repeat labels by loops.
python3 make.py > python.json"""
import json, itertools, sys
import numpy as np, scipy
from scipy.spatial.distance import pdist, squareform
from scipy.stats import pearsonr

r = json.load(open('r.json'))
n = 120
x, y, day = (np.array(r[k][:n], float) for k in 'x y day'.split())
d = squareform(pdist(np.c_[x, y])); t = np.abs(day[:, None] - day[None, :])
upper = np.triu_indices(n, 1)
out = {'versions': {'python': sys.version.split()[0], 'numpy': np.__version__, 'scipy': scipy.__version__}, 'n': n}

def mantel(a, b, seed):
    z = (a * b)[upper].sum()
    rng = np.random.default_rng(seed)
    sims = np.array([(a * b[np.ix_(p, p)])[upper].sum() for p in (rng.permutation(n) for _ in range(20000))])
    return {'z': z, 'r': pearsonr(a[upper], b[upper])[0], 'mean': sims.mean(), 'sd': sims.std(ddof=1),
            'p': (1 + (sims >= z).sum()) / 20001}
recip_d = 1 / (100 + d); recip_t = 1 / (1 + t)
for m in (recip_d, recip_t): np.fill_diagonal(m, 0)
out['mantel'] = {'reciprocal': mantel(recip_d, recip_t, 1), 'none': mantel(d, t, 2)}
# The exact mean and variance over all permutations, by all 720 orders of the first six
s = slice(0, 6); u = np.triu_indices(6, 1); a, b = recip_d[s, s], recip_t[s, s]
every = np.array([(a * b[np.ix_(p, p)])[u].sum() for p in itertools.permutations(range(6))])
out['exact'] = {'z': (a * b)[u].sum(), 'mean': every.mean(), 'sd': every.std()}

# K(s,t) = A T / (n (n - 1)) #{ordered pairs, d <= s, t <= t}; K1(s), K2(t) alike; no edge correction
A, T = 2000.0 * 2000.0, 120.0
ss, ts = [50, 100, 200, 400], [7, 14, 28]
both = [[int(((d <= e) & (t <= f))[upper].sum()) * 2 for f in ts] for e in ss]
K = [[A * T * c / (n * (n - 1)) for c in row] for row in both]
K1 = [A * 2 * int((d[upper] <= e).sum()) / (n * (n - 1)) for e in ss]
K2 = [T * 2 * int((t[upper] <= f).sum()) / (n * (n - 1)) for f in ts]
out['k'] = {'area': A, 'duration': T, 'k': K, 'space': K1, 'time': K2,
            'd': [[K[i][j] - K1[i] * K2[j] for j in range(3)] for i in range(4)],
            'd0': [[K[i][j] / (K1[i] * K2[j]) - 1 for j in range(3)] for i in range(4)]}

# Labels and chains by full matrices: euclidean, [a, b), same place under 1 m, reach 200 m and 14 days
from scipy.sparse.csgraph import connected_components
x, y, day = (np.array(r[k], float) for k in 'x y day'.split())
m = len(x)
order = sorted(range(m), key=lambda i: (day[i], x[i], y[i], i))
rank = np.empty(m, int); rank[order] = range(m)
d = squareform(pdist(np.c_[x, y])); t = np.abs(day[:, None] - day[None, :])
reach = (d < 200) & (t < 14) & ~np.eye(m, dtype=bool)
labels, distances = [], []
for i in range(m):
    earlier = [j for j in range(m) if reach[i, j] and rank[j] < rank[i]]
    later = any(reach[i, j] and rank[j] > rank[i] for j in range(m))
    labels.append('Repeat' if any(d[i, j] < 1 for j in earlier) else 'Near repeat' if earlier else 'Originator' if later else 'Unrelated')
    distances.append(float(min(d[i, j] for j in earlier)) if earlier else None)
count, component = connected_components(reach, directed=False)
sizes = np.bincount(component)
out['labels'] = {'labels': labels, 'distances': distances, 'chainSizes': sorted((int(s) for s in sizes if s > 1), reverse=True)}

# Risk of 20 x 20 cells of 100 m on day 120, and the hits of four weeks before it
inside = (x < 2000) & (y < 2000)
px, py, pday = x[inside], y[inside], day[inside]
cx, cy = np.meshgrid(np.arange(50, 2000, 100.0), np.arange(50, 2000, 100.0))
far = np.hypot(px[:, None] - cx.ravel(), py[:, None] - cy.ravel())
def risk(as_of, combine):
    age = as_of - pday
    each = np.where((age[:, None] >= 1) & (age[:, None] <= 28) & (far <= 300), 0.5 ** (age[:, None] / 14) * 0.5 ** (far / 100), 0)
    return combine(each, axis=0)
own = (py // 100).astype(int) * 20 + (px // 100).astype(int)
def hits(score, got, top):
    edge = np.sort(score)[-top]
    above, tied = score > edge, score == edge
    return float(got[above].sum() + got[tied].sum() * (top - above.sum()) / tied.sum())
weeks = []
for start in (92, 99, 106, 113):
    got = np.bincount(own[(pday >= start) & (pday < start + 7)], minlength=400)
    busy = np.bincount(own[pday < start], minlength=400)
    weeks.append({'incidents': int(got.sum()), 'hits': hits(np.round(risk(start, np.sum), 12), got, 20), 'hitsBusy': hits(busy, got, 20), 'hitsBest': hits(got, got, 20)})
out['zones'] = {'sum': risk(120, np.sum).tolist(), 'maximum': risk(120, np.max).tolist(), 'weeks': weeks}

# Bands around 25 features: counts, area by shapely (256 segments a quarter), exact intervals by scipy
from shapely.geometry import Point, box
from shapely.ops import unary_union
import shapely
from scipy.stats import beta
fx, fy = (np.array(r['features'][k]) for k in 'xy')
square = box(0, 0, 2001, 2001)
edges = [50, 100, 200, 400]
union = [unary_union([Point(a, b).buffer(e, 256) for a, b in zip(fx, fy)]).intersection(square).area for e in edges] + [square.area]
areas = np.diff([0] + union)
near = np.hypot(x[:, None] - fx, y[:, None] - fy).min(axis=1)
band = np.searchsorted(edges, near, side='right')
own = np.arange(m) % 3 == 0
obs, oth = np.bincount(band[own], minlength=5), np.bincount(band[~own], minlength=5)
def interval(k, t): return [float(beta.ppf(.025, k, t - k + 1)) if k else 0.0, float(beta.ppf(.975, k + 1, t - k)) if k < t else 1.0]
shares = [interval(int(k), 100) for k in obs]
cond = [interval(int(k), int(k + o)) for k, o in zip(obs, oth)]
out['versions']['shapely'] = shapely.__version__
out['coLocation'] = {'observed': obs.tolist(), 'others': oth.tolist(), 'areas': areas.tolist(), 'shares': shares,
  'ratios': [[p / (1 - p) * 2 for p in c] for c in cond]}
print(json.dumps(out))
