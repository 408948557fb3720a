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
print(json.dumps(out))
