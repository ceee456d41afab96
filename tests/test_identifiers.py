"""Identity numbers, phone numbers and names in Latin letters are known by their shape."""

import pytest
from naming import legible, made

from qz_analysis import mask_names
from qz_analysis.identifiers import identifiers
from qz_analysis.model import Document
from qz_analysis.runs.tables import gather


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证110101199003071234", ["110101199003071234"]),
        ("11010119900307123X", ["11010119900307123X"]),
        ("110101 19900307 123x", ["110101 19900307 123x"]),
        ("１１０１０１１９９００３０７１２３Ｘ", ["１１０１０１１９９００３０７１２３Ｘ"]),
        ("旧证110101900307123", ["110101900307123"]),
        ("手机13812345678", ["13812345678"]),
        ("138-1234-5678", ["138-1234-5678"]),
        ("138 1234 5678", ["138 1234 5678"]),
        ("138　12345678", ["138　12345678"]),
        ("+86 13812345678", ["+86 13812345678"]),
        ("电话13812345678人", ["13812345678"]),
        ("0311-85678901", ["0311-85678901"]),
        ("(0311)85678901", ["(0311)85678901"]),
        ("（010）62345678转123", ["（010）62345678转123"]),
        ("03118567890", ["03118567890"]),
        ("残疾证号11010119900307123443", ["11010119900307123443"]),
        ("11010119900307123X44B1", ["11010119900307123X44B1"]),
        ("卡号6222021234567890123", ["6222021234567890123"]),
        ("6222 0212 3456 7890 123", ["6222 0212 3456 7890 123"]),
        ("账号：4367421234567890", ["4367421234567890"]),
        ("电话138 12 34 56 78", ["138 12 34 56 78"]),
        ("138/1234/5678", ["138/1234/5678"]),
        ("+86(138)12345678", ["+86(138)12345678"]),
        ("手机一三八一二三四五六七八", ["一三八一二三四五六七八"]),
        ("幺三八 一二三四 五六七八", ["幺三八 一二三四 五六七八"]),
        ("①③⑧12345678", ["①③⑧12345678"]),
        ("电话：5812345", ["5812345"]),
        ("联系电话8567-8901。", ["8567-8901"]),
        ("tel13812345678", ["13812345678"]),
        ("wx13812345678，T13987654321", ["13812345678", "13987654321"]),
        ("NO.13812345678", ["13812345678"]),
        ("1.13812345678", ["13812345678"]),
        ("138-12-34-56-78", ["138-12-34-56-78"]),
        ("138 1234567 8", ["138 1234567 8"]),
        ("138，1234，5678", ["138，1234，5678"]),
        ("手机 1 3 8 1 2 3 4 5 6 7 8", ["1 3 8 1 2 3 4 5 6 7 8"]),
        ("手机壹叁捌壹贰叁肆伍陆柒捌", ["壹叁捌壹贰叁肆伍陆柒捌"]),
        ("400-123-4567", ["400-123-4567"]),
        ("(138)12345678", ["(138)12345678"]),
        ("138_1234_5678", ["138_1234_5678"]),
        ("传真7654321-801", ["7654321-801"]),
        ("1101 0119 9003 0712 34", ["1101 0119 9003 0712 34"]),
        ("110101199003071 234", ["110101199003071 234"]),
        ("户口簿号110101199003071234001", ["110101199003071234001"]),
        ("邮箱ab_c.d1988@some-post.example.cn。", ["ab_c.d1988@some-post.example.cn"]),
        ("护照E12345678", ["E12345678"]),
        ("军官证号：北字第1234567号", ["1234567"]),
        ("微信号abcdef_1988，微信xy_12345", ["abcdef_1988", "xy_12345"]),
        ("村民ZHANGSAN反映", ["SAN"]),
        ("LIGUIHUA女士", ["GUIHUA"]),
        ("村民Mark Stone反映", ["ark Stone"]),
        ("信访人Alim Karim来访", ["lim Karim"]),
        ("村民ALIM KARIM反映", ["LIM KARIM"]),
        ("Mark Stone先生", ["ark Stone"]),
        ("村民Mark反映", ["ark"]),
        ("138\n12345678", ["138\n12345678"]),
        ("1381234\n5678", ["1381234\n5678"]),
        ("电话13812\r\n  345678，来访", ["13812\r\n  345678"]),
        ("130627\n197501011234，", ["130627\n197501011234"]),
        ("冀F12345", ["F12345"]),
        ("粤B·D12345小轿车", ["B·D12345"]),
        ("京A1234警", ["A1234"]),
        ("账号：13001234567890", ["13001234567890"]),
        ("账户1300 1234 5678 901", ["1300 1234 5678 901"]),
        ("家住幸福小区3号楼2单元501室", ["3", "2", "501"]),
        ("3栋二单元五零一漏水", ["3", "二", "五零一"]),
        ("住址：建设路12号", ["12"]),
        ("李某，住甲镇乙村5组12号", ["12"]),
        ("电话：0311-\n85678901", ["0311-\n85678901"]),
        ("外商John Smith投资", ["ohn Smith"]),
        ("村民Zhang Wei反映", ["Wei"]),
        ("ZHANG Jianguo and LI GUIHUA", ["Jianguo", "GUIHUA"]),
        ("Zhāng Wěi's house", ["Wěi"]),
        ("Jianguo Zhang said", ["Jianguo"]),
        ("村民zhang wei说", ["wei"]),
        ("村民zhangwei，", ["wei"]),
        ("Ouyang Chunhai", ["Chunhai"]),
    ],
)
def test_what_tells_a_person(text, found):
    """Numbers are found with blanks and hyphens in them, names in either order and any case."""
    assert sorted({text[start:end] for start, end in identifiers(text)}) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "受理13812345678件",
        "金额13812345678元",
        "共13812345678余万元",
        "增长1.13812345678倍",
        "共1385元，2013年",
        "办理护照123456件",
        "通过微信APP和WeChat",
        "158 201 345 003 074 578 12 9",
        "12 13 14 15 16 17",
        "2011-2012",
        "2011-06-30T09:00:00Z",
        "43宗，36宗，83.7%",
        "件数\n138\n12345678\n36",
        "138件\n12345678元",
        "12\n1381234\n5678\n",
        "冀F12号文件，新H1N1流感，青A级景区",
        "个人账户12345678户，账户余额12345678.90元",
        "3号楼2单元，12号楼3单元改造完成",
        "家住幸福小区",
        "按规定，住建〔2011〕12号文件执行",
        "建设路12号便民中心",
        "外商General Motors Company投资",
        "拨打12345热线",
        "123456789012345678901234567890",
        "Wei County, Han Dynasty",
        "Hong Kong and Qiaoxi District, Hebei Province",
        "Tong Jiang County",
        "2008 2009 2010 2011",
        "158 20 35 41 66",
        "接听电话5812345人次",
        "热线电话2345678次",
        "咨询电话2011-2012年共3次",
        "支出6222021234567890元",
        "二〇一一年一二月，一九九三年至二〇〇五年",
        "①建立②完善③落实",
        "党员APP注册，据World Bank统计",
        "Song Book, He Can Go, Long Time",
    ],
)
def test_counts_dates_and_places_stay(text):
    """A number with a measure is a count, and a place is no person."""
    assert [*identifiers(text)] == []


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("group", ["identity", "phone"])
def test_no_number_of_a_person_is_legible(group, held):
    """Identity and phone numbers are masked wherever they stand."""
    assert legible(made(group, 400, 5, held=held), mask_names) == 0


def test_figures_of_claims_stay():
    """The figures that a table holds are those of the page, masked or not."""
    text = "甲县受理来信13812345678件，电话13800000000，办结36件。"
    figures = [claim.value for claim in gather(Document("a", text)).claims]
    masked = [claim.value for claim in gather(Document("a", mask_names(text))).claims]
    assert 13812345678 in figures
    assert 13812345678 in masked
