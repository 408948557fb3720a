"""Scan statistics by brute force: every circle, every window, the logarithms taken for each. Small made-up data.

Run: python3 make.py > expected.json
"""
import json
import math
import platform


def numbers(seed, count):
    state, out = seed, []
    for _ in range(count):
        state = (state * 48271) % 2147483647
        out.append(state / 2147483647)
    return out


def xlog(a, b):
    return a * math.log(a / b) if a > 0 else 0.0


def poisson(c, e, total):
    return xlog(c, e) + xlog(total - c, total - e) if c > e else 0.0


def bernoulli(c, n, cases, records):
    if n == 0 or n == records or not c / n > (cases - c) / (records - n):
        return 0.0
    return (xlog(c, n) + xlog(n - c, n) + xlog(cases - c, records - n)
            + xlog(records - n - cases + c, records - n) - xlog(cases, records) - xlog(records - cases, records))


def scan(places, space, share, radius, windows, statistic):
    """places [(x, y)]; space: measure of each; statistic(inside, a, b) -> (value, observed, expected)."""
    limit = share * sum(space)
    best = []
    for g, (gx, gy) in enumerate(places):
        order = sorted(range(len(places)), key=lambda h: ((places[h][0] - gx) ** 2 + (places[h][1] - gy) ** 2, places[h]))
        top, inside, held = None, [], 0
        for h in order:
            d = math.hypot(places[h][0] - gx, places[h][1] - gy)
            held += space[h]
            if d > radius or held > limit:
                break
            inside = inside + [h]
            for a, b in windows:
                value, observed, expected = statistic(inside, a, b)
                if observed >= 2 and value > 0 and (top is None or value > top["statistic"] + 1e-12):
                    top = dict(x=gx, y=gy, radius=d, places=list(inside), first=a, last=b, observed=observed,
                               expected=expected, statistic=value)
        if top:
            best.append(top)
    best.sort(key=lambda c: (-round(c["statistic"], 10), c["x"], c["y"]))
    kept, taken = [], set()
    for c in best:
        if not taken & set(c["places"]):
            taken |= set(c["places"])
            kept.append({**c, "places": len(c["places"])})
    return kept[:5]


def case(seed, n, side, spacing, steps):
    u = numbers(seed, 4 * n)
    rows = []
    for k in range(n):
        a, b, t, w = u[4 * k:4 * k + 4]
        if w < 0.2:  # a cluster in space and time
            x, y, step = side // 2 + int(a * 2), side // 2 + int(b * 2), steps - 1 - int(t * 4)
        else:
            x, y, step = int(a * side), int(b * side), int(t * steps)
        rows.append((x * spacing, y * spacing, step, 1 if (w * 7919) % 1 < (0.75 if w < 0.2 else 0.4) else 0))
    return rows


def main():
    out = {"made with": f"Python {platform.python_version()}", "sets": []}
    for seed, n, side, steps, longest, radius, share in [(11, 120, 7, 24, 6, 250, 0.5), (12, 150, 9, 40, 10, 180, 0.3),
                                                        (13, 60, 5, 12, 6, 1000, 0.5)]:
        rows = case(seed, n, side, 100, steps)
        places = sorted({r[:2] for r in rows})
        at = {p: k for k, p in enumerate(places)}
        grid = lambda chosen: [(at[r[0], r[1]], r[2]) for r in chosen]
        everyone = grid(rows)
        cases = grid([r for r in rows if r[3]])
        controls = grid([r for r in rows if not r[3]])
        last = [(a, steps - 1) for a in range(steps - longest, steps)]
        anywhere = [(a, b) for a in range(steps) for b in range(a, min(steps, a + longest))]
        # Shorter windows first, so that of windows with equal statistic the one without empty ends is kept.
        anywhere.sort(key=lambda w: (w[1] - w[0], w[0]))
        last.sort(key=lambda w: -w[0])
        whole = [(0, 0)]
        count = lambda who, inside, a, b: sum(p in inside and a <= t <= b for p, t in who)
        space = lambda who: [sum(p == k for p, _ in who) for k in range(len(places))]
        answers = {}

        def permutation(inside, a, b):
            c = count(everyone, inside, a, b)
            e = count(everyone, inside, 0, steps) * sum(a <= t <= b for _, t in everyone) / len(everyone)
            return poisson(c, e, len(everyone)), c, e

        answers["spaceTimeProspective"] = scan(places, space(everyone), share, radius, last, permutation)
        answers["spaceTimeRetrospective"] = scan(places, space(everyone), share, radius, anywhere, permutation)

        # Population: made up per place, and the cases at places with some.
        population = [0 if k % 11 == 10 else 5 + (k * 37) % 50 for k in range(len(places))]
        known = [(p, t) for p, t in cases if population[p] > 0]
        total = sum(population)

        def by_population(weight):
            def statistic(inside, a, b):
                c = count(known, inside, a, b)
                e = len(known) * sum(population[k] for k in inside) / total * weight(a, b)
                return poisson(c, e, len(known)), c, e
            return statistic

        answers["poissonSpace"] = scan(places, population, share, radius, whole,
                                       lambda i, a, b: (lambda c, e: (poisson(c, e, len(known)), c, e))(
                                           count(known, i, 0, steps),
                                           len(known) * sum(population[k] for k in i) / total))
        answers["poissonEven"] = scan(places, population, share, radius, anywhere,
                                      by_population(lambda a, b: (b - a + 1) / steps))
        answers["poissonObserved"] = scan(places, population, share, radius, last,
                                          by_population(lambda a, b: sum(a <= t <= b for _, t in known) / len(known)))

        def labels(inside, a, b, until=None):
            c, n_in = count(cases, inside, a, b), count(everyone, inside, a, b)
            return bernoulli(c, n_in, len(cases), len(everyone)), c, n_in * len(cases) / len(everyone)

        answers["bernoulliSpace"] = scan(places, space(everyone), share, radius, whole,
                                         lambda i, a, b: labels(i, 0, steps))
        answers["bernoulliProspective"] = scan(places, space(everyone), share, radius, last, labels)
        answers["bernoulliRetrospective"] = scan(places, space(everyone), share, radius, anywhere, labels)
        out["sets"].append({"steps": steps, "longest": longest, "radius": radius, "share": share, "rows": rows,
                            "places": places, "population": population, "answers": answers})
    print(json.dumps(out, indent=None, separators=(",", ":")))


main()
