"""Names of places in English: the standard's spelling, the words for kinds, and what no list can read."""

import pytest

from qz_analysis.vocabularies.romanised import english_place

NAMES = [
    # joined, with an apostrophe before a, e and o
    ("酒泉市", "Jiuquan City"),
    ("西安市", "Xi'an City"),
    ("瓮安县", "Weng'an County"),
    # one character keeps the word for its kind
    ("唐县", "Tang County"),
    ("泾县", "Jing County"),
    # readings that only places have
    ("六安市", "Lu'an City"),
    ("蚌埠市", "Bengbu City"),
    ("乐清市", "Yueqing City"),
    ("铅山县", "Yanshan County"),
    ("歙县", "She County"),
    ("单县", "Shan County"),
    ("台州市", "Taizhou City"),
    ("东阿县", "Dong'e County"),
    ("长汀县", "Changting County"),
    ("长子县", "Zhangzi County"),
    ("宝坻区", "Baodi District"),
    ("漯河市", "Luohe City"),
    ("吕梁市", "Lyuliang City"),
    # usual names
    ("内蒙古自治区", "Inner Mongolia"),
    ("西藏自治区", "Tibet"),
    ("陕西省", "Shaanxi"),
    ("重庆市", "Chongqing"),
    ("呼和浩特市", "Hohhot City"),
    ("乌鲁木齐市", "Urumqi City"),
    ("哈尔滨市", "Harbin City"),
    # peoples
    ("峨边彝族自治县", "Ebian Yi Autonomous County"),
    ("湘西土家族苗族自治州", "Xiangxi Tujia and Miao Autonomous Prefecture"),
    ("龙胜各族自治县", "Longsheng Multi-Ethnic Autonomous County"),
    ("管城回族区", "Guancheng Hui District"),
    ("恩施市三岔口彝族乡", "Sanchakou Yi Township, Enshi City"),
    # kinds of one word and of two
    ("清新区", "Qingxin District"),
    ("滨海新区", "Binhai New Area"),
    ("西城区", "Xicheng District"),
    ("土默特左旗", "Tumed Left Banner"),
    ("兴安盟", "Hinggan League"),
    ("凉山州", "Liangshan Prefecture"),
    ("朝阳街道", "Chaoyang Subdistrict"),
    ("渭南高新区", "Weinan High-tech Zone"),
    ("高新区", "High-tech Zone"),
    # one within another, and short names
    ("北京市朝阳区", "Chaoyang District, Beijing"),
    ("双牌县崔家村", "Cuijia Village, Shuangpai County"),
    ("杭州", "Hangzhou"),
    # a town that no list holds, with a character of several readings, keeps its name
    ("行流镇", "行流 Town"),
    # masked, and no places
    ("*县", "*县"),
    ("M县", "M县"),
    ("某某社区", "某某社区"),
    ("县公安局", "县公安局"),
    ("县区", "县区"),
]


@pytest.mark.parametrize(("name", "english"), NAMES)
def test_a_place_is_written_as_official_english_writes_it(name, english):
    """Hanyu Pinyin without tones behind which the word for its kind is translated."""
    assert english_place(name) == english
