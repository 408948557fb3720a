"""Writes places.csv and expected.json: what scikit-learn, numpy and scipy make of real incidents.

Run by hand: python3 make.py FOLDER_OF_LEICESTERSHIRE_STREET_FILES
"""
import csv, gzip, json, math, os, sys
import numpy as np, scipy, sklearn
from scipy.spatial import ConvexHull
from sklearn.cluster import DBSCAN

here = os.path.dirname(os.path.abspath(__file__))
folder = sys.argv[1]
places = []
for month in ('2022-06', '2022-07'):
    with gzip.open(os.path.join(folder, f'{month}-leicestershire-street.csv.gz'), 'rt', newline='') as file:
        for row in csv.DictReader(file):
            if row['Crime type'] == 'Violence and sexual offences' and row['Longitude']:
                # A flat map around the middle of the county, whole metres: enough to be a set of real places.
                x = (float(row['Longitude']) + 1.13) * 111320 * math.cos(math.radians(52.64)) + 450000
                y = (float(row['Latitude']) - 52.64) * 111320 + 300000
                places.append((round(x), round(y)))
with open(os.path.join(here, 'places.csv'), 'w') as file:
    file.write('x,y\n' + ''.join(f'{x},{y}\n' for x, y in places))

xy = np.array(places, float)
runs = []
for radius, minimum in ((150, 10), (100, 5), (300, 25), (40, 2)):
    found = DBSCAN(eps=radius, min_samples=minimum).fit(xy)
    core = np.zeros(len(xy), int)
    core[found.core_sample_indices_] = 1
    runs.append({'radius': radius, 'minimum': minimum, 'label': found.labels_.tolist(), 'core': ''.join(map(str, core))})


def ellipse(points):
    """Half axes and angle from the eigenvectors of the scatter matrix, CrimeStat's correction."""
    d = points - points.mean(0)
    values, vectors = np.linalg.eigh(d.T @ d)
    n = len(points)
    long = vectors[:, 1]
    return {
        'x': points[:, 0].mean(), 'y': points[:, 1].mean(),
        'semiMajor': math.sqrt(2 * values[1] / (n - 2)), 'semiMinor': math.sqrt(2 * values[0] / (n - 2)),
        'plainMajor': math.sqrt(values[1] / n), 'plainMinor': math.sqrt(values[0] / n),
        'angle': math.degrees(math.atan2(long[0], long[1])) % 180,
        'standardDistance': math.sqrt((d ** 2).sum() / (n - 2)),
        'hullArea': ConvexHull(points).volume,
    }


def least_distance(points):
    """The place from which all are nearest in sum, by a general minimiser."""
    from scipy.optimize import minimize
    return minimize(lambda c: np.hypot(points[:, 0] - c[0], points[:, 1] - c[1]).sum() / len(points), points.mean(0),
                    method='Nelder-Mead', options={'xatol': 1e-6, 'fatol': 1e-12, 'maxiter': 10000}).x.tolist()


largest = np.array(runs[0]['label']) == np.bincount([l for l in runs[0]['label'] if l >= 0]).argmax()
json.dump({
    'versions': {'python': sys.version.split()[0], 'numpy': np.__version__, 'scipy': scipy.__version__, 'scikit-learn': sklearn.__version__},
    'dbscan': runs,
    'all': ellipse(xy), 'largest': {**ellipse(xy[largest]), 'count': int(largest.sum())},
    'median': np.median(xy, 0).tolist(), 'leastDistance': least_distance(xy),
}, open(os.path.join(here, 'expected.json'), 'w'), separators=(',', ':'))
print(len(xy), len(set(places)), [max(r['label']) + 1 for r in runs])
