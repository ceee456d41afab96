"""What share of made-up names stays legible after masking, group by group; nothing is written."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from naming import GROUPS, legible, made

from qz_analysis import mask_names


def main() -> None:
    """Print one line a group: legible names in %, of the seen sentences or of the held ones."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", type=int, default=600, help="sentences a group")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held", action="store_true", help="the sentences kept apart")
    parser.add_argument("--show", type=int, default=0, help="so many names left whole, in place")
    args = parser.parse_args()
    for group in GROUPS:
        sentences = made(group, args.names, args.seed, held=args.held)
        print(f"{group:10} {legible(sentences, mask_names):5.1f} % legible")
        for one in [one for one in sentences if legible([one], mask_names)][: args.show]:
            print("   ", one[0])


if __name__ == "__main__":
    main()
