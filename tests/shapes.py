"""Sentences of made-up reports: each shape makes figures that agree, or on purpose do not, and the words round them.

In the words {a} stands for a figure and [x|y] for one of several words; words outside the blanks state no number.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

__all__ = ["SHAPES", "Figure", "Link", "Sentence"]

Random = random.Random


@dataclass(frozen=True)
class Figure:
    """A number as the page prints it; value, low and high in the base unit."""

    text: str
    value: float | None
    unit: str
    kind: str = "count"
    low: float | None = None
    high: float | None = None
    bound: str = "exact"
    status: str = "ok"
    start: int = 0
    end: int = 0

    @property
    def row(self) -> tuple[int, int, float | None, float | None, float | None, str]:
        """What an extractor must give back: place, value or ends, unit."""
        return self.start, self.end, self.value, self.low, self.high, self.unit


@dataclass(frozen=True)
class Link:
    """Arithmetic that a page prints: figures by number, the stated result first; the verdict is planted."""

    type: str
    figures: tuple[int, ...]
    verdict: str


#: words with blanks, the figures of the blanks, and the arithmetic between them: type, blanks with the result first, verdict
Sentence = tuple[str, dict[str, Figure], list[tuple[str, str, str]]]
Shape = Callable[[Random], Sentence]

# --- figures -------------------------------------------------------------------------------------------------------------

DIGITS = "零一二三四五六七八九"
#: share of the arithmetic that is wrong on purpose
WRONG = 0.06


def chinese(n: int) -> str:
    """A whole number below 10,000 in Chinese numerals."""
    words, rest = "", n
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        digit, rest = divmod(rest, size)
        if digit:
            words += ("" if name == "十" and n < 20 else DIGITS[digit]) + name
        elif words and rest and not words.endswith("零"):
            words += "零"
    return words + (DIGITS[rest] if rest else "")


def count(rng: Random, low: int, high: int, unit: str, loose: bool = False) -> Figure:
    """A count, plain, with commas, in 万, or in Chinese numerals; loose ones may carry a hedge, which the text keeps outside."""
    n = round(low * (high / low) ** rng.random())
    if loose and rng.random() < 0.25:
        return hedged(rng, n, unit)
    if n >= 10_000 and rng.random() < 0.6:
        return Figure(f"{n / 10_000:.1f}万{unit}", round(n / 10_000, 1) * 10_000, unit)
    if loose and 2 < n < 10_000 and n % 10 != 2 and rng.random() < 0.08:
        return Figure(chinese(n) + unit, n, unit)
    if n >= 1000 and rng.random() < 0.15:
        return Figure(f"{n:,}{unit}", n, unit)
    return Figure(f"{n}{unit}", n, unit)


def hedged(rng: Random, n: int, unit: str) -> Figure:
    """A round number with 余 or 多 inside; outer hedges are put on by `_hedge`."""
    n = max(20, round(n, 1 - len(str(n))) if n > 100 else n // 10 * 10)
    return Figure(f"{n}{rng.choice('余多')}{unit}", n, unit, bound="min")


def money(rng: Random, low: float = 1, high: float = 9000) -> Figure:
    """A sum in 元, 万元 or 亿元."""
    n = low * (high / low) ** rng.random()  # in 万元
    style = rng.random()
    if n > 10_000:
        return Figure(
            f"{n / 10_000:.2f}亿元", round(float(f"{n / 10_000:.2f}") * 1e8, 2), "元", "money"
        )
    if style < 0.12 and n < 50:
        return Figure(f"{round(n * 10_000)}元", round(n * 10_000), "元", "money")
    if style < 0.3:
        whole = max(10, round(n, -1))
        return Figure(
            f"{whole:.0f}{rng.choice('余多')}万元", whole * 1e4, "元", "money", bound="min"
        )
    if style < 0.6:
        return (
            Figure(f"{n:.0f}万元", round(n) * 1e4, "元", "money") if n >= 1 else money(rng, 1, high)
        )
    return Figure(f"{n:.1f}万元", round(float(f"{n:.1f}") * 1e4, 2), "元", "money")


def percent(value: float, digits: int, kind: str = "rate", sign: str = "%") -> Figure:
    """A share with as many decimals."""
    text = f"{value:.{digits}f}"
    return Figure(text + sign, float(text), "%" if sign == "%" else "百分点", kind)


def span(rng: Random, low: int, high: int, unit: str) -> Figure:
    """A range with both ends printed."""
    a = rng.randint(low, high)
    b = a + rng.randint(2, max(3, a // 2))
    mark = rng.choice(["-", "—", "至", "～"])
    return Figure(f"{a}{mark}{b}{unit}", None, unit, low=a, high=b, bound="range")


def _rounded(part: int, whole: int, digits: int) -> int:
    """Share of 10^-digits percent, half up, in whole numbers so that it is exact."""
    n: int = (200 * part * 10**digits + whole) // (2 * whole)
    return n


def rate(rng: Random, part: int, whole: int) -> tuple[Figure, str]:
    """The share of part in whole, rounded; sometimes wrong on purpose, by more than any rule of rounding allows."""
    digits = rng.choice((0, 1, 1, 1, 2, 2))
    n = _rounded(part, whole, digits)
    verdict = "ok"
    if rng.random() < WRONG:
        off = (
            rng.randint(2, 9)
            * rng.choice((-1, 1))
            * (1 if digits == 0 else 10 ** (digits - 1) * rng.choice((1, 5)))
        )
        n, verdict = n - abs(off) if n + off > 100 * 10**digits else n + off, "bad"
    return percent(n / 10**digits, digits), verdict


# --- sentences -----------------------------------------------------------------------------------------------------------
SHAPES: list[Shape] = []


def _shape(make: Shape) -> Shape:
    SHAPES.append(make)
    return make


_HEDGES = {
    "近": "approx",
    "约": "approx",
    "将近": "approx",
    "超过": "min",
    "逾": "min",
    "至少": "min",
    "不足": "max",
}


def _hedge(rng: Random, name: str, figure: Figure) -> tuple[str, Figure]:
    """A blank with or without a hedge before or behind it."""
    if figure.bound != "exact" or rng.random() > 0.3:
        return f"{{{name}}}", figure
    if rng.random() < 0.3:
        word, bound = rng.choice([("以上", "min"), ("左右", "approx")])
        return f"{{{name}}}{word}", replace(figure, bound=bound)
    word = rng.choice(list(_HEDGES))
    return f"{word}{{{name}}}", replace(figure, bound=_HEDGES[word])


def _pair(rng: Random, units: str = "件宗起") -> tuple[int, int, str]:
    whole = round(12 * 400 ** rng.random())
    return whole, rng.randint(whole // 2, whole - 1), rng.choice(units)


@_shape
def visits(rng: Random) -> Sentence:
    """Visits in batches and person-times."""
    batches = round(4 * 200 ** rng.random())
    heads = batches * rng.randint(2, 9) + rng.randint(0, 3)
    a, b = Figure(f"{batches}批次", batches, "批次"), Figure(f"{heads}人次", heads, "人次")
    return "[接待|共接待|累计接待][群众来访|来访群众|上访群众]{a}[|、|，]{b}", {"a": a, "b": b}, []


def _stated(rng: Random, words: str, units: str) -> Sentence:
    whole, part, unit = _pair(rng, units)
    r, verdict = rate(rng, part, whole)
    blanks = {
        "w": Figure(f"{whole}{unit}", whole, unit),
        "p": Figure(f"{part}{unit}", part, unit),
        "r": r,
    }
    return words, blanks, [("rate", "rpw", verdict)]


@_shape
def matters(rng: Random) -> Sentence:
    """Matters received and resolved, with the rate."""
    return _stated(
        rng,
        "[受理|登记受理|接收][群众诉求|信访事项|各类事项]{w}，[办结|已办结]{p}，办结率[为|达|达到|]{r}",
        "件宗",
    )


@_shape
def disputes(rng: Random) -> Sentence:
    """Disputes found and settled, with the rate."""
    return _stated(
        rng,
        "[排查|摸排|排查出][矛盾纠纷|邻里纠纷|各类矛盾]{w}，[化解|成功化解]{p}，化解率[为|达|]{r}",
        "件起宗",
    )


@_shape
def mediated(rng: Random) -> Sentence:
    """Disputes mediated, with the rate of success."""
    return _stated(
        rng,
        "[人民调解组织|各级调委会|镇村调委会]调解[民间纠纷|家庭纠纷]{w}，调解成功{p}，调解成功率[达|为]{r}",
        "件起",
    )


@_shape
def crimes(rng: Random) -> Sentence:
    """Crimes reported and solved."""
    return _stated(rng, "[公安机关|派出所]立刑事案件{w}，破案{p}，破案率[为|达]{r}", "起宗")


@_shape
def survey(rng: Random) -> Sentence:
    """A survey with its return."""
    return _stated(rng, "[发出|发放][民意问卷|测评问卷]{w}，收回{p}，回收率[为|]{r}", "份")


@_shape
def share_of(rng: Random) -> Sentence:
    """A share of a whole that is named."""
    return _stated(rng, "[梳理|排查]积案{w}，已化解{p}，占积案总数的{r}", "件宗")


def _change(rng: Random, unit: str) -> tuple[dict[str, Figure], bool, list[tuple[str, str, str]]]:
    base = round(60 * 60 ** rng.random())
    gap = rng.randint(max(1, base // 50), base // 2)
    up = rng.random() < 0.4
    now, digits = base + gap if up else base - gap, rng.choice((0, 1, 1, 2))
    n, verdict = _rounded(gap, base, digits), "ok"
    if rng.random() < WRONG:
        n, verdict = n + rng.randint(2, 9) * max(1, 10 ** (digits - 1)), "bad"
    f = {"n": Figure(f"{now}{unit}", now, unit), "b": Figure(f"{base}{unit}", base, unit), "c": percent(n / 10**digits, digits, "change")}  # fmt: skip
    return f, up, [("yoy", "cnb", verdict)]


@_shape
def year_on_year(rng: Random) -> Sentence:
    """A change with its base in brackets or behind 上年."""
    unit = rng.choice(["批次", "件", "人次"])
    f, up, links = _change(rng, unit)
    thing = {
        "批次": "[集体访|群众上访]",
        "件": "[信访总量|受理信访件]",
        "人次": "[赴市上访|到县上访]",
    }[unit]
    move = "[上升|增长]" if up else "[下降|降低]"
    return (
        thing
        + rng.choice(["{n}，同比（{b}）", "{n}，较上年的{b}", "{n}，比去年同期的{b}"])
        + move
        + "{c}",
        f,
        links,
    )


@_shape
def from_to(rng: Random) -> Sentence:
    """A change from one figure to another."""
    f, up, links = _change(rng, "件")
    word = "[上升|增加]" if up else "[下降|减少]"
    return f"[治安案件|越级上访]由上年的{{b}}{word}到{{n}}，[升幅为|上升]{{c}}" if up else f"[治安案件|越级上访]由上年的{{b}}{word}到{{n}}，下降{{c}}", f, links  # fmt: skip


@_shape
def lone_change(rng: Random) -> Sentence:
    """A change whose base is not stated."""
    c = percent(rng.uniform(0.5, 60), rng.choice((0, 1, 1, 2)), "change")
    return "[重复访|初信初访|网上投诉]同比[上升|下降|增长|降低|减少]{c}", {"c": c}, []


@_shape
def points(rng: Random) -> Sentence:
    """A rate that rose by points."""
    a, d = rng.randint(600, 900), rng.randint(5, 80)
    wrong = rng.random() < WRONG
    gap = d + rng.choice((3, 4, 7, 9)) if wrong else d
    f = {
        "a": percent(a / 10, 1),
        "b": percent((a + d) / 10, 1),
        "d": percent(gap / 10, 1, "change", "个百分点"),
    }
    return (
        "[群众满意率|按期答复率]由{a}[提高|上升]到{b}，[提高|上升]{d}",
        f,
        [("diff", "dba", "bad" if wrong else "ok")],
    )


def _parts(
    rng: Random, unit: str, number: int = 3, whole: bool = True
) -> tuple[dict[str, Figure], list[tuple[str, str, str]]]:
    parts = [round(20 * 15 ** rng.random()) for _ in range(number)]
    total, wrong = sum(parts), rng.random() < WRONG
    # 其中 alone does not promise all parts: there only too many of them are an error
    stated = (
        total + (rng.choice((-1, 1)) if whole else -1) * rng.randint(1, max(1, total // 25))
        if wrong
        else total
    )
    money_kind = "money" if unit == "万元" else "count"
    scale, base = (1e4, "元") if unit == "万元" else (1, unit)
    figures = {
        name: Figure(f"{n}{unit}", n * scale, base, money_kind)
        for name, n in zip("tabcd", [stated, *parts], strict=False)
    }
    names = "tabcd"[: number + 1]
    return figures, [("sum", names, "bad" if wrong else "ok")]


@_shape
def listed(rng: Random) -> Sentence:
    """A total with its parts behind 其中."""
    figures, links = _parts(rng, rng.choice("件宗"), whole=False)
    return (
        "[登记|接收][信访件|来信来访]{t}，其中来信{a}[、|，]来访{b}[、|，]网上投诉{c}",
        figures,
        links,
    )


@_shape
def bracketed(rng: Random) -> Sentence:
    """A total with its parts in brackets."""
    figures, links = _parts(rng, rng.choice("件起"))
    return (
        "[全年|先后]调处[涉农纠纷|山林土地纠纷]{t}（[征地类|土地类]{a}，[邻里类|婚姻类]{b}，其他{c}）",
        figures,
        links,
    )


@_shape
def funded(rng: Random) -> Sentence:
    """A sum of money with its sources."""
    figures, links = _parts(rng, "万元", whole=False)
    return (
        "[筹集|落实][建设资金|专项经费]{t}，其中[县级财政|上级补助]{a}、[部门帮扶|乡镇自筹]{b}、社会捐助{c}",
        figures,
        links,
    )


@_shape
def pending(rng: Random) -> Sentence:
    """A total, what is done and what is left."""
    figures, links = _parts(rng, "件", 2)
    return "[交办|转办]重点信访案件{t}，已办结{a}，尚有{b}正在办理", figures, links


@_shape
def product(rng: Random) -> Sentence:
    """So many households at so much each."""
    n, each = rng.randint(12, 380), 100 * rng.randint(2, 30)
    total, wrong = n * each, rng.random() < WRONG
    total = total + 100 * rng.randint(11, 40) if wrong else total
    f = {"n": Figure(f"{n}户", n, "户"), "e": Figure(f"{each}元", each, "元", "per"), "p": Figure(f"{total}元", total, "元", "money")}  # fmt: skip
    return (
        "为{n}困难家庭每户发放补助{e}，[共计|合计]{p}",
        f,
        [("product", "pne", "bad" if wrong else "ok")],
    )


@_shape
def shares(rng: Random) -> Sentence:
    """Shares that make a whole."""
    a, b = rng.randint(200, 500) / 10, rng.randint(150, 400) / 10
    f = {"a": percent(a, 1), "b": percent(b, 1), "c": percent(100 - round(a + b, 1), 1)}
    return "从渠道看，来信占{a}，来访占{b}，网上信访占{c}", f, [("sum", "abc", "ok")]


@_shape
def helped(rng: Random) -> Sentence:
    """Money paid out and who had it."""
    m, n = money(rng), count(rng, 20, 30_000, rng.choice("户人"), True)
    (a, m), (b, n) = _hedge(rng, "m", m), _hedge(rng, "n", n)
    return f"[发放|兑现][救助资金|困难补助|惠农补贴]{a}，[惠及|帮助]群众{b}", {"m": m, "n": n}, []


@_shape
def invested(rng: Random) -> Sentence:
    """Money put into works."""
    (a, m), n = (
        _hedge(rng, "m", money(rng, 20, 60_000)),
        count(rng, 3, 300, rng.choice("处所个座"), True),
    )
    return (
        f"[投入|投资]{a}，[新建|改造][文化活动室|便民服务点|村级活动场所]{{n}}",
        {"m": m, "n": n},
        [],
    )


@_shape
def staff(rng: Random) -> Sentence:
    """People and teams."""
    (a, n), k = (
        _hedge(rng, "n", count(rng, 12, 5000, rng.choice("名人"), True)),
        count(rng, 3, 90, "支", True),
    )
    return (
        f"[配备|选聘|招募][专职调解员|民情信息员|网格员]{a}，组建[巡防队伍|志愿服务队]{{k}}",
        {"n": n, "k": k},
        [],
    )


@_shape
def stations(rng: Random) -> Sentence:
    """Offices and what they cover."""
    n, (b, m) = count(rng, 3, 300, "个", True), _hedge(rng, "m", count(rng, 30, 90_000, "户", True))
    return (
        f"[设立|建成][群众工作站|矛盾调解室|代办点]{{n}}，[联系服务|覆盖]居民{b}",
        {"n": n, "m": m},
        [],
    )


@_shape
def outreach(rng: Random) -> Sentence:
    """Meetings held and papers handed out."""
    n, (b, m) = (
        count(rng, 3, 400, rng.choice(["场次", "场", "次"]), True),
        _hedge(rng, "m", count(rng, 100, 90_000, "份", True)),
    )
    return (
        f"[召开|举办][民情恳谈会|法治讲座|院坝会]{{n}}，发放[宣传资料|政策手册]{b}",
        {"n": n, "m": m},
        [],
    )


@_shape
def walked(rng: Random) -> Sentence:
    """Households called on, views collected."""
    (a, n), m = (
        _hedge(rng, "n", count(rng, 30, 40_000, "户", True)),
        count(rng, 10, 3000, rng.choice("条件"), True),
    )
    return (
        f"[组织干部|党员干部][走访|入户走访]群众{a}，[收集|征集]意见建议{{m}}",
        {"n": n, "m": m},
        [],
    )


@_shape
def teams(rng: Random) -> Sentence:
    """A range."""
    words, kind = rng.choice([("每支队伍", "per"), ("[各村联防队|县应急分队]", "count")])
    return (
        f"{words}由{{r}}组成",
        {"r": replace(span(rng, 4, 30, rng.choice("人名")), kind=kind)},
        [],
    )


@_shape
def satisfied(rng: Random) -> Sentence:
    """A level with a bound."""
    r = percent(rng.choice((80, 85, 90, 92, 95, 96.5, 98.2)), rng.choice((0, 1)))
    words, bound = rng.choice([("[达到|达|保持在]{r}以上", "min"), ("[为|达到]{r}", "exact"), ("接近{r}", "approx"), ("不低于{r}", "min")])  # fmt: skip
    return f"[群众安全感|回访满意率|群众满意度]{words}", {"r": replace(r, bound=bound)}, []


@_shape
def spelt(rng: Random) -> Sentence:
    """A share in words."""
    tenths, n = rng.randint(3, 9), rng.randint(11, 99)
    parts, over = rng.choice([(3, 2), (4, 3), (5, 4), (5, 3), (3, 1)])
    r, words = rng.choice([
        (Figure(f"百分之{chinese(n)}", n, "%", "rate"), "[办件满意率|调解履行率]达到{r}"),
        (Figure(f"{DIGITS[tenths]}成", tenths * 10, "%", "rate", bound="approx"), "近{r}来信反映[劳资|征地|邻里]问题"),
        (Figure(f"{DIGITS[parts]}分之{DIGITS[over]}", 100 * over / parts, "%", "rate"), "{r}的村[建立了调解室|设立了公开栏]"),
    ])  # fmt: skip
    return words, {"r": r}, []


@_shape
def works(rng: Random) -> Sentence:
    """Lengths and areas."""
    unit = rng.choice(["公里", "公里", "千米"])
    km = rng.randint(11, 900) / 10
    length = Figure(f"{km:.1f}{unit}", km, unit, "measure")
    area, name = rng.choice([("平方米", "广场"), ("亩", "林地")])
    n = rng.randint(120, 9800)
    return (
        f"[硬化|新修]村道{{l}}，[建成|改造]{name}{{a}}",
        {"l": length, "a": Figure(f"{n}{area}", n, area, "measure")},
        [],
    )


@_shape
def deadline(rng: Random) -> Sentence:
    """A time limit."""
    n = rng.randint(3, 45)
    return (
        "[平均办理时限|信访件平均办理时间][缩短为|为]{d}",
        {"d": Figure(f"{n}个工作日", n, "个工作日", "measure")},
        [],
    )


@_shape
def economy(rng: Random) -> Sentence:
    """A large sum with its growth."""
    m = money(rng, 10_500, 900_000)
    c = percent(rng.uniform(1, 30), 1, "change")
    return "[实现财政收入|完成地区生产总值]{m}，[同比增长|比上年增长]{c}", {"m": m, "c": c}, []


@_shape
def fold(rng: Random) -> Sentence:
    """So many times as much."""
    n = rng.randint(11, 58) / 10
    return "[网上办件量|热线接听量]是上年的{x}", {"x": Figure(f"{n:.1f}倍", n, "倍", "rate")}, []
