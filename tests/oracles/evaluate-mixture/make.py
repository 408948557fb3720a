"""Synthetic-control weights by scipy SLSQP, and by NNLS with a heavy row. Run: /usr/bin/python3 make.py > expected.json"""
import json, sys
import numpy as np, scipy
from scipy.optimize import minimize, nnls

rng = np.random.default_rng(20260401)
cases = []
for before, after, donors in ((36, 12, 8), (24, 12, 15), (48, 24, 25), (12, 6, 20)):
    steps = before + after
    common = np.cumsum(rng.normal(0, 0.05, (3, steps)), axis=1)
    load = rng.uniform(0, 1, (donors + 1, 3))
    rates = np.exp(load @ common) * rng.uniform(5, 60, (donors + 1, 1))
    counts = rng.poisson(rates).astype(float)
    index = counts / counts[:, :before].mean(axis=1, keepdims=True)

    def weights(y, x):
        n = len(x)
        loss = lambda w: ((y - w @ x) ** 2).sum()
        grad = lambda w: -2 * x @ (y - w @ x)
        r = minimize(loss, np.full(n, 1 / n), jac=grad, bounds=[(0, 1)] * n, constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda w: np.ones(n)}, method="SLSQP", options={"ftol": 1e-15, "maxiter": 2000})
        heavy = 1e5
        w2, _ = nnls(np.vstack([x.T, heavy * np.ones(n)]), np.concatenate([y, [heavy]]), maxiter=5000)
        return r.x, float(loss(r.x)), w2, float(loss(w2 / w2.sum()))

    w, loss, w2, loss2 = weights(index[0, :before], index[1:, :before])
    ratios = []
    for k in range(donors + 1):
        pool = [j for j in range(1, donors + 1) if j != k]
        _, _, v, _ = weights(index[k, :before], index[pool][:, :before])
        v = v / v.sum()
        gap = index[k] - v @ index[pool]
        ratios.append(np.sqrt((gap[before:] ** 2).mean()) / np.sqrt((gap[:before] ** 2).mean()))
    p = (1 + sum(r >= ratios[0] for r in ratios[1:])) / (donors + 1)
    cases.append({"before": before, "counts": counts.tolist(), "slsqp": w.tolist(), "loss": loss, "nnls": w2.tolist(), "nnlsLoss": loss2, "p": p, "ratio": ratios[0]})
json.dump({"scipy": scipy.__version__, "cases": cases}, sys.stdout)
