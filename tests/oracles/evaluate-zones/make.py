"""Areas of zones and the zone of random places, by shapely. Run: /usr/bin/python3 make.py > expected.json"""
import json, math, random, sys
import shapely
from shapely.geometry import Polygon, Point
from shapely.ops import unary_union

rng = random.Random(20260101)


def blob(cx, cy, r, n, concave):
    pts = []
    for k in range(n):
        a = 2 * math.pi * k / n
        rr = r * (0.45 + 0.55 * rng.random()) if concave else r
        pts.append((round(cx + rr * math.cos(a), 2), round(cy + rr * math.sin(a), 2)))
    return pts


base = (450_000, 300_000)
treated = [blob(base[0] + 300 + 420 * (k % 4), base[1] + 300 + 450 * (k // 4), 150, 9 + k, True) for k in range(8)]
control = [blob(base[0] + 2600 + 500 * (k % 3), base[1] + 300 + 500 * (k // 3), 140, 6, False) for k in range(6)]
# A comparison place with a hole, close to a treated one.
outer = [(base[0] + 1850, base[1] + 200), (base[0] + 2250, base[1] + 200), (base[0] + 2250, base[1] + 650), (base[0] + 1850, base[1] + 650)]
hole = [(base[0] + 1950, base[1] + 300), (base[0] + 2150, base[1] + 300), (base[0] + 2150, base[1] + 500), (base[0] + 1950, base[1] + 500)]
shapes = {"treated": [[p] for p in treated], "control": [[p] for p in control] + [[outer, hole]]}
T = unary_union([Polygon(p) for p in treated])
C = unary_union([Polygon(p) for p in control] + [Polygon(outer, [hole])])
out = {"shapely": shapely.__version__, "shapes": shapes, "distances": {}}
for d in (50, 100, 200):
    q = 256
    DT = T.buffer(d, resolution=q).difference(T).difference(C)
    DC = C.buffer(d, resolution=q).difference(C).difference(T).difference(T.buffer(d, resolution=q))
    free = C.difference(T)
    places, zone = [], []
    for _ in range(1500):
        p = Point(base[0] + rng.uniform(-300, 4200), base[1] + rng.uniform(-300, 1800))
        x, y = round(p.x, 3), round(p.y, 3)
        p = Point(x, y)
        dt, dc = T.distance(p), C.distance(p)
        z = 0 if dt == 0 else 1 if dc == 0 else 2 if dt <= d else 3 if dc <= d else -1
        places.append([x, y])
        zone.append(z)
    out["distances"][str(d)] = {"area": [T.area, free.area, DT.area, DC.area], "places": places, "zone": zone}
json.dump(out, sys.stdout)
