"""The three places that name packages stay in step, and nothing names a registry."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted(besides=("bench", "ci")):
    """Requirements of the package with its extras, by canonical name; what benchmarks and CI alone use is no user's need."""
    extras = [
        lines for name, lines in PROJECT["optional-dependencies"].items() if name not in besides
    ]
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    found = map(Requirement, lines)
    return {
        canonicalize_name(r.name): r.specifier
        for r in found
        if canonicalize_name(r.name) != "qz-analysis"
    }


def test_conda_environment_has_the_same_packages_and_bounds():
    """environment.yml asks for what pyproject.toml asks for, in the same bounds."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    names = [e for e in listed if isinstance(e, str)] + [e for e in pip if not e.startswith("-e")]
    conda = {canonicalize_name(r.name): r.specifier for r in map(Requirement, names)}
    assert str(conda.pop("python")) == PROJECT["requires-python"]
    assert conda.pop("pip") == ""
    assert conda == wanted()


def test_constraints_pin_every_package_within_its_bounds():
    """constraints.txt pins each package that pyproject.toml names to a version that its bounds allow."""
    pins = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        requirement = Requirement(line)
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        pins.setdefault(canonicalize_name(requirement.name), []).append(pin.version)
    for name, bounds in wanted(besides=("bench",)).items():
        assert name in pins, f"{name} has no pin"
        assert all(bounds.contains(version, prereleases=True) for version in pins[name]), name


def test_constraints_name_no_host():
    """constraints.txt can be committed: it holds pins and markers only."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--find-links", text)
