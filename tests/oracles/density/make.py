"""Writes scikit-learn.json: densities of rescues.csv by scikit-learn. Run by hand: python3 make.py"""
import csv, json, os
import numpy as np, sklearn
from sklearn.neighbors import KernelDensity

here = os.path.dirname(os.path.abspath(__file__))
rows = [r for r in csv.DictReader(open(os.path.join(here, 'rescues.csv'))) if r['easting']]
xy = np.unique(np.array([[float(r['easting']), float(r['northing'])] for r in rows]), axis=0)
pick = json.load(open(os.path.join(here, 'spatstat.json')))['pick']
cells = np.array([[524050 + 100 * (c % 155), 177950 + 100 * (c // 155)] for c in pick], float)
out = {'version': sklearn.__version__, 'places': len(xy)}
for ours, theirs in [('epanechnikov', 'epanechnikov'), ('triangular', 'linear'), ('uniform', 'tophat')]:
    # rtol and atol 0: exact sums.
    kde = KernelDensity(kernel=theirs, bandwidth=655, rtol=0, atol=0).fit(xy)
    out[ours] = (len(xy) * 1e6 * np.exp(kde.score_samples(cells))).tolist()
kde = KernelDensity(kernel='gaussian', bandwidth=400, rtol=0, atol=0).fit(xy)
out['gaussian'] = (len(xy) * 1e6 * np.exp(kde.score_samples(cells))).tolist()
json.dump(out, open(os.path.join(here, 'scikit-learn.json'), 'w'))
