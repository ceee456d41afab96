"""How well the ledger finds misprints: made-up reports of places over years, with planted slips.

Each place reports levels and their changes year by year. Some levels are revised by up to one and
a half per cent before the next report reckons its change from them, which is honest; some printed
figures get two digits swapped, lose a digit or are ten times too large or small. The texts are read
and linked by the package itself.

    .venv/bin/python benchmarks/ledger.py --places 500 --years 5
"""

import argparse
import itertools
import random
import time
from collections import Counter
from dataclasses import dataclass, field

import qz_analysis as qz
from qz_analysis.model import Document

# what a report says of an indicator: words, decimals, unit, usual size, and how it goes on
ITEMS = [
    ("一般公共预算收入完成", 2, "亿元", (3, 40)),
    ("社会消费品零售总额完成", 1, "亿元", (20, 200)),
    ("城镇居民人均可支配收入达到", 0, "元", (18000, 42000)),
    ("农村居民人均可支配收入达到", 0, "元", (7000, 22000)),
    ("全县粮食总产量达到", 1, "万吨", (10, 90)),
    ("接待群众来访", 0, "批次", (120, 3000)),
    ("城镇新增就业", 0, "人", (1200, 9000)),
    ("接待游客", 1, "万人次", (30, 900)),
    ("调解各类纠纷", 0, "件", (300, 6000)),
    ("民生支出完成", 2, "亿元", (8, 60)),
    ("年末金融机构各项贷款余额", 1, "亿元", (30, 400)),
]
INVESTED = "固定资产投资完成"
SLIPS = ("swapped", "lost", "tenfold")
SYLLABLES = "甲乙丙丁戊己庚辛壬癸山水云林石泉河川岭原"


@dataclass
class Planted:
    """The texts, and which figures of them are slips: document and offset, with the kind."""

    documents: list[Document] = field(default_factory=list)
    slips: dict[str, str] = field(default_factory=dict)
    revised: int = 0


class _Writer:
    """Writes one report and remembers where the slips stand."""

    def __init__(self, name: str, made: Planted, dice: random.Random, rate: float) -> None:
        self.name, self.made, self.dice, self.rate, self.text = name, made, dice, rate, ""

    def add(self, words: str) -> None:
        self.text += words

    def figure(self, printed: str, unit: str) -> None:
        if self.dice.random() < self.rate:
            kind = self.dice.choice(SLIPS)
            slipped = slip(printed, kind, self.dice)
            if slipped:
                self.made.slips[f"{self.name}:{len(self.text)}"] = kind
                printed = slipped
        self.text += printed + unit


def slip(printed: str, kind: str, dice: random.Random) -> str:
    """A printed number with a slip; empty where it cannot have one of that kind.

    >>> slip("12", "swapped", random.Random(1)), slip("250", "tenfold", random.Random(3))
    ('21', '2500')
    """
    digits = [i for i, c in enumerate(printed) if c.isdigit()]
    if kind == "swapped":
        pairs = [
            (i, j)
            for i, j in itertools.pairwise(digits)
            if printed[i] != printed[j] and not (i == 0 and printed[j] == "0")
        ]
        if not pairs:
            return ""
        i, j = dice.choice(pairs)
        chars = list(printed)
        chars[i], chars[j] = chars[j], chars[i]
        return "".join(chars)
    if kind == "lost":
        after = [printed[:i] + printed[i + 1 :] for i in digits]
        good = [one for one in after if one and one[0] in "123456789" and one[-1] != "."]
        return dice.choice(good) if good else ""
    whole, _, part = printed.partition(".")
    if dice.random() < 0.5:
        return f"{whole}{part[:1]}.{part[1:]}".rstrip(".").lstrip("0") if part else f"{whole}0"
    if len(whole) < 2:
        return ""
    return f"{whole[:-1]}.{whole[-1]}{part}" if part else whole[:-1]


def generate(
    places: int, years: int, *, rate: float, seed: int, revision: float = 0.015
) -> Planted:
    """Reports of places over years with slips at a rate, and honest revisions up to a share."""
    dice, made = random.Random(seed), Planted()
    names = [a + b for a in SYLLABLES for b in SYLLABLES]
    names += [a + b + c for a in SYLLABLES[:10] for b in SYLLABLES[:10] for c in SYLLABLES[10:]]
    for place in (f"{name}县" for name in names[:places]):
        levels = [dice.uniform(*size) for *_, size in ITEMS]
        invested: list[float] = []
        for year in range(2016, 2016 + years):
            name = f"{place}{year}"
            writer = _Writer(name, made, dice, rate)
            writer.add(f"{place}{year}年工作报告\n{year}年，全县各项工作取得新进展。")
            for n, (words, decimals, unit, _) in enumerate(ITEMS):
                base = levels[n]
                if dice.random() < 0.1:
                    base *= 1 + dice.uniform(-revision, revision)
                    made.revised += 1
                levels[n] = base * (1 + dice.uniform(-0.06, 0.14))
                now = f"{levels[n]:.{decimals}f}"
                change = 100 * (float(now) / base - 1)
                levels[n] = float(now)  # changes are reckoned from what was published
                writer.add(words)
                writer.figure(now, unit)
                writer.add(f"，同比{'下降' if change < 0 else '增长'}")
                writer.figure(f"{abs(change):.1f}", "%")
                writer.add("。")
            invested.append(round(dice.uniform(20, 90), 1))
            writer.add(INVESTED)
            writer.figure(f"{invested[-1]:.1f}", "亿元")
            writer.add("。")
            if year == 2015 + years:
                writer.add(f"{2016}年至{year}年，固定资产投资累计完成")
                writer.figure(f"{sum(invested):.1f}", "亿元")
                writer.add("。")
            made.documents.append(Document(name, writer.text))
    return made


def main() -> None:
    """Prints precision, recall, how often the right figure is among those named, and the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=500)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--revision", type=float, default=0.015)
    parser.add_argument("--revised", type=float, default=3.0, help="as in qz.ledger, in %%")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    made = generate(args.places, args.years, rate=args.rate, seed=args.seed, revision=args.revision)
    begun = time.process_time()
    claims = qz.extract(made.documents)
    read = time.process_time()
    table = qz.ledger(claims, revised=args.revised)
    done = time.process_time()
    known = set(claims["doc"] + ":" + claims["start"].astype(str))
    rows = table[["figures", "mend", "may_be"]].values.tolist()
    touched = {one for figures, *_ in rows for one in figures.split(";")} & made.slips.keys()
    flags = [
        (set(f.split(";")), set(m.replace(" | ", ";").split(";")), "revised" in why)
        for f, m, why in rows
        if m
    ]
    print(f"claims {len(claims):,}, checks {len(table):,}, slips {len(made.slips):,}")
    print(f"slips read as figures {len(known & made.slips.keys()):,}, touched {len(touched):,}")
    print(f"revisions {made.revised:,}, open checks {int(table['verdict'].eq('open').sum()):,}")
    firm = [flag for flag in flags if not flag[2]]
    for told, some in (("flags", flags), ("those beyond a revision", firm)):
        hit = {one for figures, *_ in some for one in figures} & touched
        right = sum(bool((figures | named) & made.slips.keys()) for figures, named, _ in some)
        inside = sum(bool(named & made.slips.keys()) for _, named, _ in some)
        print(
            f"{told} {len(some):,}: precision {right / len(some):.4f}, "
            f"recall {len(hit) / len(touched):.4f}, slip named by {inside / len(some):.4f}"
        )
    hit = {one for figures, *_ in flags for one in figures} & touched
    kinds = Counter(made.slips[one] for one in touched)
    told = ", ".join(
        f"{k} {sum(made.slips[o] == k for o in hit) / n:.3f}" for k, n in kinds.items()
    )
    print(f"recall by kind: {told}")
    print(f"seconds of processor time: reading {read - begun:.1f}, ledger {done - read:.1f}")


if __name__ == "__main__":
    main()
