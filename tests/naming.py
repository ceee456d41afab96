"""Made-up persons in made-up sentences, by what makes a name hard to find; and what stays legible.

Two sets of sentences and of characters: `SEEN`, by which the rules were made, and `HELD`, written
before the rules and not looked into while they were made.
"""

import random
import re
from collections.abc import Callable

#: sentences with the names that stand in them, by group
Made = list[tuple[str, list[str]]]

SEEN = """村民{}反映邻居占用道路
信访人{}于2011年3月来访
群众{}说，路修好了
居民{}和{}达成了协议
当事人{}、{}、{}当场签字
调解员{}多次上门劝解
{}一家搬进了新房
工作人员找到{}了解情况
经调解，{}退还了押金
{}先生咨询低保政策
帮助{}解决了取暖问题
据{}介绍，水渠已经修好
上访老户{}签订了息诉承诺书
请{}同志发言
欠{}的工钱已付清
{}反映楼道漏水
申请人{}，女，45岁""".splitlines()

HELD = """村民{}投诉养鸡场气味扰民
信访人{}三次到乡政府反映征地补偿
群众{}送来一面锦旗
居民{}家的下水道堵了
当事人{}与{}握手言和
调解员{}连夜赶到现场
{}老人逢人便夸干部好
社区干部来到{}家中走访
经核实，{}所反映的情况属实
{}女士拨打热线求助
为{}办理了临时救助
听{}讲，矛盾已有三年
信访积案当事人{}在协议上按了手印
邀请{}老师授课
{}对处理结果表示满意
村民代表{}、{}、{}列席会议
被申请人{}，男，汉族""".splitlines()

_COMMON = "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖蒋蔡"
_DOUBTFUL = ("高方周万何安常时于成金", "任关温白石文向明左齐水管车连平程康项柳毕")
_RARE = ("璩仝亓逄隗褟禤鄢麦邝佘卜仇揭冼粟", "蔺宓郗訾郏浦逯巫莘苑宿牧郜练幺哈牙敬占门")
_GIVEN = (
    "伟芳秀英敏静丽强磊军勇艳杰涛超霞刚桂玉红建国华志海春梅荣珍淑琴美爱燕玲萍慧瑞宝贵福庆祥德义",
    "娟鹏洁琳宏斌辉凯波锋颖莹倩岩旭晨浩宇欣怡雪松柏树林根生金喜旺兴财满堂守信怀忠继业有才长水翠凤",
)
_MINORITY = (
    "阿依古丽·买买提 扎西多吉 乌云其木格 艾尔肯·吐尔逊 热孜万古丽·依明 次仁央宗 格桑梅朵 巴图孟和 "
    "阿布都热合曼·玉素甫 吉克阿牛 娜仁托娅 努尔江·哈里克 旦增曲扎 苏和巴特尔 米热古丽·阿不来提",
    "帕丽旦·艾山 麦尔哈巴·库尔班 阿卜杜拉·热西提 玛依拉·赛买提 古丽米热·托合提 罗桑顿珠 白玛央金 "
    "仁增旺姆 才让卓玛 索南达杰 斯琴高娃 朝鲁蒙 阿拉腾其其格 呼和巴雅尔 萨仁图雅 木乃石布 曲木伍呷 "
    "叶尔波力·别克 加依娜·朱马汗 吾买尔·司马义",
)
_SYLLABLES = {
    "王": "Wang", "李": "Li", "张": "Zhang", "刘": "Liu", "陈": "Chen", "杨": "Yang", "黄": "Huang",
    "赵": "Zhao", "吴": "Wu", "周": "Zhou", "徐": "Xu", "孙": "Sun", "朱": "Zhu", "胡": "Hu",
    "郭": "Guo", "林": "Lin", "罗": "Luo", "郑": "Zheng", "梁": "Liang", "谢": "Xie", "宋": "Song",
    "韩": "Han", "冯": "Feng", "邓": "Deng", "曹": "Cao", "彭": "Peng", "肖": "Xiao", "蔡": "Cai",
}  # fmt: skip
_SPELLED = (
    "Wei Fang Xiuying Min Jing Li Qiang Lei Jun Yong Jie Tao Chao Jianguo Guihua Zhigang",
    "Juan Peng Jie Lin Hongbin Hui Kai Bo Feng Ying Xueqin Haiyan Songbai Shulin Shouxin",
)
_STUDIOS = (
    ["“{}调解室”调处纠纷36件", "推广“{}工作法”", "“{}工作室”入选市级品牌"],
    [
        "挂牌成立“{}调解工作室”",
        "以“{}工作室”为依托化解矛盾",
        '打造"{}调解室"等品牌',
        "“{}工作法”在全县推广",
    ],
)
_IDENTITY = (
    ["身份证号{}的村民", "（身份证：{}）", "公民身份号码{}，住五组"],
    ["证件号码为{}。", "村民（{}）来访", "身份证号码：{}，电话不详"],
)
_PHONES = (
    ["联系电话{}，请来电", "电话：{}", "请拨打{}咨询"],
    ["手机号{}", "（{}）", "可致电{}反映", "联系方式{}。"],
)
#: what may stand between the characters of a name
_GAPS = (["　", "·", " ", "*", "  "], ["　　", "•", "\u200b", "\u00a0", "*", "·", " ", "－"])


def _given(rng: random.Random, held: bool) -> str:
    return "".join(rng.choice(_GIVEN[held]) for _ in range(rng.choice([1, 2, 2])))


def _parted(rng: random.Random, held: bool) -> str:
    """A name with a blank or a mark between its characters."""
    name, gap = rng.choice(_COMMON) + _given(rng, held), rng.choice(_GAPS[held])
    return gap.join(name) if rng.random() < 0.5 else name[0] + gap + name[1:]


def _spelled(rng: random.Random, held: bool) -> str:
    """A name in Latin letters."""
    surname, given = rng.choice([*_SYLLABLES.values()]), rng.choice(_SPELLED[held].split())
    ways = [
        f"{surname} {given}",
        f"{surname.upper()} {given}",
        f"{surname.upper()} {given.upper()}",
    ]
    return rng.choice(ways)


def _identity(rng: random.Random, held: bool) -> str:
    born = f"19{rng.randint(40, 99)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    digits = f"{rng.randint(110000, 659999)}{born}{rng.randint(0, 999):03}"
    number = digits + rng.choice("0123456789XxX")
    return number if rng.random() < 0.7 else f"{number[:6]} {number[6:14]} {number[14:]}"


def _phone(rng: random.Random, held: bool) -> str:
    mobile = f"1{rng.choice('3456789')}{rng.randint(0, 999_999_999):09}"
    line = f"0{rng.choice(['10', '21', '311', '312', '755', '991'])}"
    local = f"{rng.randint(2_000_000, 89_999_999)}"
    sign = rng.choice("- ")
    ways = [mobile, sign.join((mobile[:3], mobile[3:7], mobile[7:])), f"+86 {mobile}"]
    return rng.choice([*ways, f"{line}-{local}", f"({line}){local}", line + local])


def _person(surnames: tuple[str, str]) -> Callable[[random.Random, bool], str]:
    return lambda rng, held: rng.choice(surnames[held]) + _given(rng, held)


def _studio(rng: random.Random, held: bool) -> str:
    surname = rng.choice(_COMMON)
    return surname + _given(rng, held) if rng.random() < 0.75 else "老" + surname


#: how a name of each group is made
GROUPS: dict[str, Callable[[random.Random, bool], str]] = {
    "common": _person((_COMMON, _COMMON)),
    "parted": _parted,
    "doubtful": _person(_DOUBTFUL),
    "latin": _spelled,
    "rare": _person(_RARE),
    "minority": lambda rng, held: rng.choice(_MINORITY[held].split()),
    "studio": _studio,
    "identity": _identity,
    "phone": _phone,
}
_FRAMES = {"studio": _STUDIOS, "identity": _IDENTITY, "phone": _PHONES}


def people(n: int, seed: int = 1) -> list[str]:
    """So many different names, a surname and two characters."""
    rng, found = random.Random(seed), dict.fromkeys([""])
    while len(found) <= n:
        given = rng.choice(_GIVEN[0]) + rng.choice(_GIVEN[1])
        found[rng.choice(_COMMON) + given] = None
    return [*found][1:]


def made(group: str, n: int, seed: int, *, held: bool) -> Made:
    """Sentences of one group with what stands in them."""
    rng, found = random.Random(f"{group} {seed} {held}"), []
    frames = _FRAMES.get(group, (SEEN, HELD))[held]
    for _ in range(n):
        frame = rng.choice(frames)
        names = [GROUPS[group](rng, held) for _ in range(frame.count("{}"))]
        found.append((frame.format(*names) + "。", names))
    return found


def legible(sentences: Made, mask: Callable[[str], str]) -> float:
    """Share of the names that are left whole, in %."""
    left = total = 0
    for text, names in sentences:
        shown, at = mask(text), 0
        for name in names:
            at = text.index(name, at)
            left += _shows(name, shown[at : at + len(name)])
            at, total = at + len(name), total + 1
    return 100 * left / total


def _shows(name: str, seen: str) -> bool:
    """Whether a reader knows the name still: no letter of it and no figure is gone."""
    return re.sub(r"[^\w]", "", seen) == re.sub(r"[^\w]", "", name)
