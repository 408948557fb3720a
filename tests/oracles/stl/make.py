"""The robust cases of expected.json by statsmodels. Run: python make.py > statsmodels.json"""
import json, math
import numpy as np, statsmodels
from statsmodels.tsa.seasonal import STL

out = []
for number, c in enumerate(json.load(open("expected.json"))["cases"]):
    if not c["robust"]:
        continue
    x = np.array(c["values"]); n = len(x); p = c["period"]; t = c["usedTrendWindow"]
    s = c["window"] or 10 * n + 1
    low = p + 1 if p % 2 == 0 else p
    jump = lambda window: math.ceil(window / 10)
    fit = STL(x, period=p, seasonal=s, trend=t, low_pass=low, seasonal_deg=0, trend_deg=1, low_pass_deg=1, robust=True,
              seasonal_jump=jump(s), trend_jump=jump(t), low_pass_jump=jump(low)).fit(inner_iter=1, outer_iter=15)
    seasonal = fit.seasonal
    if c["window"] is None:
        seasonal = np.array([seasonal[i % p::p].mean() for i in range(n)])
    out.append({"case": number, "seasonal": list(seasonal), "trend": list(fit.trend)})
print(json.dumps({"by": "statsmodels " + statsmodels.__version__, "cases": out}))
