"""Made-up reports with copies among them, for the tests of the rule and of its division."""

import random


def draw(seed: int, count: int, stock: float) -> list[str]:
    """Reports of 0 to 60 clauses, many made from an earlier one by a few changes, the rest with a share of stock clauses."""
    lots, made = random.Random(seed), []
    clauses: list[list[str]] = []
    for number in range(count):
        size = lots.choice([0, 1, 1, 2, 3, 4, 5, 6, 9, 10, 11, 20, 40, 60])
        own = [
            f"常备的一句话第{lots.randrange(12)}号"
            if lots.random() < stock
            else f"第{number}份报告的第{i}句话"
            for i in range(size)
        ]
        if clauses and lots.random() < 0.6:
            own = list(lots.choice(clauses))
            for _ in range(lots.randrange(1 + len(own) // 4)):
                own[lots.randrange(len(own))] = f"改过的第{lots.randrange(10**6)}句话"
            own = own[: max(1, len(own) - lots.randrange(3))] + [
                "报告末尾所添一句"
            ] * lots.randrange(2)
        lots.shuffle(own)
        clauses.append(own)
        made.append("。".join([*own, "完"]))
    return made
