"""Writes `qz_analysis/vocabularies/romanised.tsv`: the syllable of each character that names of places are written with.

    pip install pypinyin
    python tools/romanise.py

The usual reading of each of the 6,763 characters of GB 2312 comes from pypinyin (MIT License); those that names of places
read otherwise are below, and names that are read or spelt in a way of their own stand in the sections `[names]` and
`[stems]` of `labels.toml`.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin

TARGET = Path(__file__).resolve().parent.parent / "qz_analysis" / "vocabularies" / "romanised.tsv"
#: what names of places read otherwise than other words do
PLACES = {
    "长": "chang", "都": "du", "藏": "zang", "乐": "le", "朝": "chao", "厦": "xia", "佛": "fo", "勒": "le",
    "喀": "ka", "枞": "zong", "番": "pan", "重": "chong", "会": "hui", "召": "zhao", "莞": "guan", "宿": "su",
    "任": "ren", "侗": "dong", "盖": "gai", "漯": "luo", "坻": "di", "茄": "qie", "卡": "ka", "什": "shi",
    "大": "da", "石": "shi", "和": "he", "南": "nan", "家": "jia", "阿": "a", "合": "he", "余": "yu",
    "车": "che", "于": "yu", "尚": "shang", "藉": "ji", "莘": "shen", "泌": "bi", "亳": "bo", "歙": "she", "黟": "yi",
    "郫": "pi", "涪": "fu", "綦": "qi", "筠": "jun", "邛": "qiong", "崃": "lai", "儋": "dan", "郯": "tan", "鄄": "juan",
    "朐": "qu", "渑": "mian", "柘": "zhe", "荥": "xing", "陟": "zhi", "垣": "yuan", "洪": "hong", "峙": "shi",
    "隰": "xi", "忻": "xin", "嵊": "sheng", "鄞": "yin", "衢": "qu", "缙": "jin", "莆": "pu", "瓯": "ou", "犍": "qian",
    "邗": "han", "盱": "xu", "眙": "yi", "睢": "sui", "沭": "shu", "溧": "li", "鄱": "po", "弋": "yi", "耒": "lei",
    "溆": "xu", "汨": "mi", "秭": "zi", "硚": "qiao", "蕲": "qi", "浠": "xi", "郧": "yun", "洮": "tao",
    "浒": "xu", "埇": "yong", "汉": "han", "氹": "dang", "蠡": "li", "陉": "xing", "蚌": "beng", "岱": "dai",
    "圩": "wei", "峪": "yu", "坳": "ao", "洼": "wa", "埔": "pu", "堡": "bao", "行": "xing", "柏": "bai", "尾": "wei",
    "六": "liu", "省": "sheng", "区": "qu", "县": "xian", "曾": "zeng", "仇": "qiu", "翟": "zhai", "葛": "ge",
    "沚": "zhi", "浉": "shi", "瀍": "chan", "猇": "xiao", "鄠": "hu", "滘": "jiao", "塱": "lang", "垟": "yang",
    "堠": "hou", "墘": "qian", "洺": "ming", "洑": "fu", "濛": "meng", "堽": "gang", "堌": "gu", "垱": "dang", "埫": "chong",
    "华": "hua", "折": "zhe", "降": "jiang", "薄": "bo", "塞": "sai", "扎": "zha", "红": "hong", "台": "tai",
}  # fmt: skip


def written() -> str:
    """The table: a syllable and its characters in each line."""
    told = defaultdict(list)
    pairs = ((first, second) for first in range(0xB0, 0xF8) for second in range(0xA1, 0xFF))
    usual = [bytes(pair).decode("gb2312", "ignore") for pair in pairs]
    for one in dict.fromkeys([*filter(None, usual), *PLACES]):
        syllable = PLACES.get(one) or lazy_pinyin(one, v_to_u=False)[0]
        # names of places write yu for ü behind l and n (Lyuliang), ue for üe
        told[syllable.replace("ve", "ue").replace("v", "yu")].append(one)
    lines = [f"{syllable}\t{''.join(told[syllable])}" for syllable in sorted(told)]
    head = [
        "# The syllable of Hanyu Pinyin, without tone, of each character in names of places; written by",
        "# tools/romanise.py out of pypinyin 0.55.0, Copyright (c) 2016 mozillazg, which is under the MIT",
        "# License: permission is granted, free of charge, to any person obtaining a copy to deal in it",
        "# without restriction, provided that this notice of copyright and permission is included. It is",
        '# provided "as is", without warranty of any kind.',
    ]
    return "\n".join([*head, *lines]) + "\n"


if __name__ == "__main__":
    TARGET.write_text(written(), "utf-8")
