"""Invented panels for charts: of one chart's figures, and of places over the years."""

import numpy as np
import pandas as pd

PLACES = ["桥西区", "*县", "彝良县", "中牟县", "xxxx镇", ""]
PLACES += ["黔南布依族苗族自治州三都水族自治县综治信访维稳中心"]
SUBJECTS = ["群众来访", "联合调解室全年登记的各类邻里纠纷案件", "全县群众信访总量"]
SUBJECTS += ["领导干部大接访活动接待来访群众", ""]
FAMILIES = ["petition", "mediation", "matters", "crime", "satisfaction", "funds"]
LONG = "乡镇街道综治信访维稳中心工作人员专项补助与困难群众临时救助资金 "
#: columns of figures that count one thing in one time
ALIKE = {"subject": "来访", "period": "2011", "numerator": np.nan, "denominator": np.nan}
#: a row of a panel, as a chart draws it
ROW = {"doc": "a", "report": 0, "place": "桥西区", "period": "2011", "subject": "群众来访"}
ROW |= {"value": 2.0155}
ROW |= {"low": np.nan, "high": np.nan, "bound": "exact", "how": "stated", "audit": ""}
ROW |= {"numerator": 389.0, "denominator": 193.0}


def panel(kind, n, **changed):
    """A panel of `n` invented rows for one chart, always the same; `changed` overwrites columns."""
    rng, rows = np.random.default_rng(n), []
    for i in range(n):
        received = int(10 ** rng.uniform(1.4, 4.39))
        resolved = int(received * rng.uniform(0.4, 1))
        row = {"doc": f"{i % 5:03d}-county", "report": i, "place": PLACES[i % 7], "level": "county"}
        row |= {"period": f"20{i % 12:02d}", "family": FAMILIES[i % 6], "subject": SUBJECTS[i % 5]}
        row |= {"stage": "resolved", "measure": "rate", "kind": "rate", "unit": "%"}
        row |= {"direction": "", "status": "ok", "caveats": "", "text": "", "claims": "1"}
        row |= {"value": round(100 * resolved / received, 2), "low": np.nan, "high": np.nan}
        row |= {"numerator": resolved, "denominator": received, "ci_low": np.nan, "ci_high": np.nan}
        row |= {
            "bound": ["exact", "min", "approx", "max"][i % 4],
            "audit": ["ok", "bad", ""][i % 3],
        }
        row |= {"how": ["stated", "recomputed"][i % 2]}
        if kind == "visits":
            row |= {"measure": "persons_per_batch", "kind": "count", "unit": "", "value": 3.0 + i}
            row |= {"numerator": 3 * received}
        if kind in ("rates", "counties"):
            row |= {"ci_low": max(0, row["value"] - 5), "ci_high": min(100, row["value"] + 5)}
            row |= {"numerator": np.nan, "denominator": np.nan} if i % 3 == 1 else {}
        if kind == "changes":
            row |= {"kind": "change", "measure": "change", "stage": "received", "audit": ""}
            row |= {"direction": ["up", "down"][i % 2]}
        if kind == "funds":
            row |= {
                "kind": ["money", "per"][i % 4 == 3],
                "unit": "元",
                "measure": "yuan",
                "stage": "",
            }
            row |= {"subject": LONG * (i % 3), "value": float(received) ** 2, "audit": ""}
            row |= {"family": "funds"}
        rows.append(row | {"indicator": f"{row['family']}.{row['stage']}.{row['measure']}"})
    return pd.DataFrame(rows).assign(**changed)


def table(rows, indicator="mediation_success_rate", unit="%"):
    """A panel of rows of place, year and value, with whatever more a row says."""
    made = [{"place": p, "year": y, "value": v, **(m[0] if m else {})} for p, y, v, *m in rows]
    return pd.DataFrame(made).assign(indicator=indicator, unit=unit)


def provinces():
    """A panel of six provinces over five years."""
    names = ["河北省", "山西省", "内蒙古自治区", "吉林省", "黑龙江省", "上海市"]
    rows = [
        (n, 2016 + y, (513 + 100 * i + 14 * y) * 1e9) for i, n in enumerate(names) for y in range(5)
    ]
    return table(rows, "gdp", "元")
