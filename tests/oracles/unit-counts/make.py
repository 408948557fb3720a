"""Nearest line of each point and containing polygon by shapely; prints expected.json. Coordinates are metres."""
import json
import sys

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

rng = np.random.default_rng(3)
lines = []
for _ in range(60):
    start = rng.uniform(200, 3800, 2)
    steps = rng.normal(0, 160, (int(rng.integers(1, 5)), 2))
    lines.append(np.vstack([start, start + np.cumsum(steps, axis=0)]).round(1).tolist())
corners = [(0, 0), (1500, 0), (4000, 0), (4000, 2500), (4000, 4000), (0, 4000), (0, 1800)]
middle = (1700, 1900)
areas = [[corners[k], corners[(k + 1) % len(corners)], middle] for k in range(len(corners))]
points = rng.uniform(0, 4000, (500, 2)).round(1).tolist()
shapes = [LineString(line) for line in lines]
polygons = [Polygon(area) for area in areas]
nearest, area_of = [], []
for p in points:
    distances = [shape.distance(Point(p)) for shape in shapes]
    k = int(np.argmin(distances))
    nearest.append(k if distances[k] <= 75 else -1)
    area_of.append(next((k for k, polygon in enumerate(polygons) if polygon.contains(Point(p))), -1))
json.dump(
    {
        "versions": {"shapely": shapely.__version__, "numpy": np.__version__},
        "lines": lines,
        "areas": areas,
        "points": points,
        "nearest": nearest,
        "areaOf": area_of,
        "length": [shape.length for shape in shapes],
        "areaKm2": [polygon.area / 1e6 for polygon in polygons],
        "centroid": [[polygon.centroid.x, polygon.centroid.y] for polygon in polygons],
        "middle": [list(shape.interpolate(0.5, normalized=True).coords[0]) for shape in shapes],
    },
    sys.stdout,
)
