"""A wheel holds all that the bot needs besides its modules: words, texts, pages, migrations."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = ("bot", "handlers", "storage", "templates", "core")


def test_a_wheel_holds_every_file_of_the_floors(tmp_path):
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    ours = {str(path.relative_to(tmp_path)) for floor in FLOORS for path in (tmp_path / floor).rglob("*.*")}

    build = "from setuptools.build_meta import build_wheel; build_wheel('.')"
    subprocess.run([sys.executable, "-c", build], cwd=tmp_path, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    held = zipfile.ZipFile(wheel).namelist()
    assert ours - set(held) == set()
    assert any(name.endswith("/entry_points.txt") for name in held)
